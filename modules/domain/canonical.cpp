// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/canonical.hpp"

#include <charconv>
#include <cstdint>

#include "util/text.hpp"

namespace domain::canonical {

namespace {

void append_field(std::string& text, std::string_view field) {
    for (const char c : field) {
        switch (c) {
            case '\\': text += "\\\\"; break;
            case '\t': text += "\\t"; break;
            case '\n': text += "\\n"; break;
            default: text += c;
        }
    }
}

std::string read_field(std::string_view written) {
    std::string field;
    for (std::size_t i = 0; i < written.size(); ++i) {
        if (written[i] != '\\' || i + 1 == written.size()) {
            field += written[i];
            continue;
        }
        const char c = written[++i];
        field += c == 't' ? '\t' : c == 'n' ? '\n' : c;
    }
    return field;
}

}  // namespace

std::string line(std::string_view name, std::initializer_list<std::string_view> fields) {
    std::string text(name);
    for (const std::string_view field : fields) {
        text += '\t';
        append_field(text, field);
    }
    return text += '\n';
}

std::vector<Fields> read_lines(std::string_view text) {
    std::vector<Fields> lines;
    for (const std::string& one : util::split(text, '\n')) {
        if (one.empty()) continue;
        Fields fields;
        for (const std::string& written : util::split(one, '\t')) fields.push_back(read_field(written));
        lines.push_back(std::move(fields));
    }
    return lines;
}

std::string to_field(std::uint64_t value) { return std::to_string(value); }

std::uint64_t number_in(const std::string& field) {
    std::uint64_t value = 0;
    std::from_chars(field.data(), field.data() + field.size(), value);
    return value;
}

}  // namespace domain::canonical
