// SPDX-License-Identifier: AGPL-3.0-or-later
#include "util/json.hpp"

#include <set>
#include <utility>
#include <vector>

namespace util {

namespace {

// Stops where the nesting is too deep, and at the second of two equal keys of an object: nlohmann keeps the last, and a reader who
// took the first would see another document. (Its own way to watch a parse, a callback, looks through the whole parent at the end of each value: quadratic.)
class KeyWatch : public nlohmann::json_sax<Json> {
public:
    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(Json::number_integer_t) override { return true; }
    bool number_unsigned(Json::number_unsigned_t) override { return true; }
    bool number_float(Json::number_float_t, const std::string&) override { return true; }
    bool string(std::string&) override { return true; }
    bool binary(Json::binary_t&) override { return true; }
    bool start_object(std::size_t) override {
        keys_.emplace_back();
        return enter();
    }
    bool key(std::string& key) override { return keys_.back().insert(std::move(key)).second; }
    bool end_object() override {
        keys_.pop_back();
        return leave();
    }
    bool start_array(std::size_t) override { return enter(); }
    bool end_array() override { return leave(); }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }

private:
    // A tree costs many times its text: no true document is so deep, and a hostile one could take all memory.
    bool enter() { return ++depth_ <= 100; }
    bool leave() {
        --depth_;
        return true;
    }

    std::vector<std::set<std::string>> keys_;
    std::size_t depth_ = 0;
};

}  // namespace

std::optional<Json> parse_json(std::string_view text) {
    // nlohmann takes a NUL for the end, whatever follows, and passes over a byte order mark.
    if (text.find('\0') != std::string_view::npos || text.starts_with("\xEF\xBB\xBF")) return std::nullopt;
    KeyWatch watch;
    if (!Json::sax_parse(text.begin(), text.end(), &watch)) return std::nullopt;
    Json value = Json::parse(text.begin(), text.end(), nullptr, /*allow_exceptions=*/false);
    if (value.is_discarded()) return std::nullopt;
    return value;
}

std::string json_quote(std::string_view text) {
    static constexpr char k_digits[] = "0123456789abcdef";
    std::string quoted = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        switch (c) {
            case '"': quoted += "\\\""; break;
            case '\\': quoted += "\\\\"; break;
            case '\b': quoted += "\\b"; break;
            case '\f': quoted += "\\f"; break;
            case '\n': quoted += "\\n"; break;
            case '\r': quoted += "\\r"; break;
            case '\t': quoted += "\\t"; break;
            default:
                if (byte < 0x20 || byte == 0x7f) {
                    quoted += "\\u00";
                    quoted += k_digits[byte >> 4];
                    quoted += k_digits[byte & 15];
                } else {
                    quoted += c;
                }
        }
    }
    return quoted + '"';
}

}  // namespace util
