// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/form_reader.hpp"

#include <cgicc/Cgicc.h>
#include <cgicc/CgiInput.h>

#include <algorithm>

#include "util/text.hpp"

namespace web {

namespace {

constexpr std::size_t k_max_fields = 200;

// Gives cgicc the one text to read and nothing of the process's environment. Everything goes through the query string:
// the body was read, measured and found to be of this very form before.
class TextInput : public cgicc::CgiInput {
public:
    explicit TextInput(std::string_view text) : text_(text) {}
    std::size_t read(char*, std::size_t) override { return 0; }
    std::string getenv(const char* name) override {
        const std::string_view wanted(name);
        if (wanted == "REQUEST_METHOD") return "GET";
        if (wanted == "QUERY_STRING") return std::string(text_);
        return {};
    }

private:
    std::string_view text_;
};

bool is_of_line(char c) { return static_cast<unsigned char>(c) >= 0x20 && c != 0x7F; }
bool is_of_text(char c) { return is_of_line(c) || c == '\n' || c == '\r' || c == '\t'; }
bool is_of_ascii(char c) { return c >= 0x20 && c < 0x7F; }

bool keeps_rule(const Field& field, std::string_view value) {
    if (value.size() > field.max && util::count_code_points(value) > field.max) return false;
    const auto all = [&](auto rule) { return std::all_of(value.begin(), value.end(), rule); };
    switch (field.rule) {
        case Field::Rule::line: return all([](char c) { return is_of_line(c); });
        case Field::Rule::text: return all([](char c) { return is_of_text(c); });
        case Field::Rule::ascii: return all([](char c) { return is_of_ascii(c); });
    }
    return false;
}

int hex(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

util::Result<Request::Pairs> read_form(std::string_view encoded) {
    Request::Pairs pairs;
    if (encoded.empty()) return pairs;
    if (static_cast<std::size_t>(std::count(encoded.begin(), encoded.end(), '&')) >= k_max_fields)
        return util::failure(util::Fault::invalid, "too many fields");
    TextInput input(encoded);
    const cgicc::Cgicc form(&input);
    for (const cgicc::FormEntry& entry : form.getElements()) {
        std::string name = entry.getName(), value = entry.getValue();
        for (const std::string* text : {&name, &value})
            if (text->find('\0') != std::string::npos || !util::is_utf8(*text))
                return util::failure(util::Fault::invalid, "a field is not UTF-8 text");
        if (!pairs.emplace(std::move(name), std::move(value)).second)
            return util::failure(util::Fault::invalid, "a field comes twice");
    }
    return pairs;
}

util::Status check_fields(const Request::Pairs& pairs, const std::vector<Field>& fields,
                          const std::vector<std::string_view>& extra) {
    for (const auto& [name, value] : pairs) {
        if (std::find(extra.begin(), extra.end(), name) != extra.end()) continue;
        const auto field =
            std::find_if(fields.begin(), fields.end(), [&wanted = name](const Field& f) { return f.name == wanted; });
        if (field == fields.end()) return util::failure(util::Fault::invalid, "unknown field");
        if (!keeps_rule(*field, value)) return util::failure(util::Fault::invalid, "field " + name + " breaks its rule");
    }
    for (const Field& field : fields)
        if (field.need == Field::Need::required && !pairs.contains(field.name))
            return util::failure(util::Fault::invalid, "field " + field.name + " is missing");
    return util::Done{};
}

Request::Pairs read_cookies(std::string_view header) {
    Request::Pairs pairs;
    for (const std::string& part : util::split(header, ';')) {
        const std::string_view pair = util::trim(part);
        const std::size_t equals = pair.find('=');
        if (equals == std::string_view::npos) continue;
        pairs.emplace(std::string(pair.substr(0, equals)), std::string(pair.substr(equals + 1)));
    }
    return pairs;
}

util::Result<std::string> decode_path(std::string_view uri) {
    const std::string_view encoded = uri.substr(0, uri.find('?'));
    std::string path;
    for (std::size_t i = 0; i < encoded.size(); ++i) {
        if (encoded[i] != '%') {
            path += encoded[i];
            continue;
        }
        const int high = i + 2 < encoded.size() ? hex(encoded[i + 1]) : -1;
        const int low = i + 2 < encoded.size() ? hex(encoded[i + 2]) : -1;
        if (high < 0 || low < 0) return util::failure(util::Fault::invalid, "bad escape in the path");
        path += static_cast<char>(high * 16 + low);
        i += 2;
    }
    if (!path.starts_with('/') || path.find('\0') != std::string::npos || !util::is_utf8(path))
        return util::failure(util::Fault::invalid, "not a path");
    return path;
}

std::string path_meant(std::string_view path) {
    const auto is_plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '-' || c == '_' ||
               c == '.';
    };
    std::string_view meant = path;
    for (bool again = true; again;) {
        again = false;
        for (const std::string_view end :
             {".", ",", ";", ":", "!", "?", ">", ")", "]", "\"", "'", " ", "\u00bb", "\u201d", "\u2019", "\u00a0", "\u202f"})
            if (meant.ends_with(end)) {
                meant.remove_suffix(end.size());
                again = true;
            }
    }
    if (meant.size() == path.size() || meant.empty() || meant.find("//") != std::string_view::npos) return {};
    return std::all_of(meant.begin(), meant.end(), is_plain) ? std::string(meant) : std::string();
}

}  // namespace web
