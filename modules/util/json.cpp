// SPDX-License-Identifier: AGPL-3.0-or-later
#include "util/json.hpp"

#include <set>

namespace util {

std::optional<Json> parse_json(std::string_view text) {
    // nlohmann keeps the last of two equal keys; a reader who took the first would see another document, so refuse.
    std::vector<std::set<std::string>> keys;
    bool repeated = false;
    const auto watch = [&](int, Json::parse_event_t event, Json& parsed) {
        if (event == Json::parse_event_t::object_start) keys.emplace_back();
        if (event == Json::parse_event_t::object_end) keys.pop_back();
        if (event == Json::parse_event_t::key && !keys.back().insert(parsed.get<std::string>()).second) repeated = true;
        return true;
    };
    Json value = Json::parse(text.begin(), text.end(), watch, /*allow_exceptions=*/false);
    if (value.is_discarded() || repeated) return std::nullopt;
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
                if (byte < 0x20) {
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
