// SPDX-License-Identifier: AGPL-3.0-or-later
#include "util/json.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

#include "util/text.hpp"

namespace util {

namespace {

// As nlohmann writes it, but for DEL: escaped in signed records, raw elsewhere.
void quote(std::string& out, std::string_view text, bool escapes_delete) {
    static constexpr char k_digits[] = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        switch (c) {
            case '"': out += "\\\""; break;
            case '\\': out += "\\\\"; break;
            case '\b': out += "\\b"; break;
            case '\f': out += "\\f"; break;
            case '\n': out += "\\n"; break;
            case '\r': out += "\\r"; break;
            case '\t': out += "\\t"; break;
            default:
                if (byte < 0x20 || (byte == 0x7f && escapes_delete)) {
                    out += "\\u00";
                    out += k_digits[byte >> 4];
                    out += k_digits[byte & 15];
                } else {
                    out += c;
                }
        }
    }
    out += '"';
}

void write_text(std::string& out, std::string_view text, bool replaces) {
    if (is_utf8(text)) {
        quote(out, text, false);
        return;
    }
    if (!replaces) throw Json::exception("a text is not UTF-8");
    out += nlohmann::json(std::string(text)).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void new_line(std::string& out, int indent, std::size_t depth) {
    if (indent >= 0) out += '\n' + std::string(depth * static_cast<std::size_t>(indent), ' ');
}

}  // namespace

Json::Json() noexcept = default;
Json::Json(const Json& other) = default;
Json::Json(Json&& other) noexcept = default;
Json& Json::operator=(Json other) noexcept {
    value_.swap(other.value_);
    return *this;
}
Json::~Json() = default;

Json::Json(std::nullptr_t) noexcept {}
Json::Json(const char* text) : value_(std::string(text)) {}
Json::Json(std::string_view text) : value_(std::string(text)) {}
Json::Json(std::string text) noexcept : value_(std::move(text)) {}
Json::Json(bool value, Exact) noexcept : value_(value) {}
Json::Json(std::int64_t value, Exact) noexcept : value_(value) {}
Json::Json(std::uint64_t value, Exact) noexcept : value_(value) {}
Json::Json(double value, Exact) noexcept : value_(value) {}

Json Json::array(std::initializer_list<Json> list) {
    Json json;
    Array& array = json.value_.emplace<Array>();
    array.reserve(list.size());
    for (const Json& one : list) array.emplace_back().value_ = std::move(one.value_);
    return json;
}
Json Json::object() {
    Json json;
    json.value_.emplace<Object>();
    return json;
}

Json::Json(std::initializer_list<Json> list) {
    const bool is_object = std::all_of(list.begin(), list.end(), [](const Json& one) {
        const Array* pair = std::get_if<Array>(&one.value_);
        return pair && pair->size() == 2 && pair->front().is_string();
    });
    if (!is_object) {
        Array& array = value_.emplace<Array>();
        array.reserve(list.size());
        for (const Json& one : list) array.emplace_back().value_ = std::move(one.value_);
        return;
    }
    Object& object = value_.emplace<Object>();
    for (const Json& one : list) {
        Array& pair = std::get<Array>(one.value_);
        object.emplace(std::move(std::get<std::string>(pair.front().value_)), std::move(pair.back()));
    }
}

void Json::refuse(const char* why) { throw exception(why); }

bool Json::boolean() const {
    if (const bool* value = std::get_if<bool>(&value_)) return *value;
    refuse("a boolean is expected");
}
std::int64_t Json::signed_number() const {
    if (const auto* value = std::get_if<std::int64_t>(&value_)) return *value;
    const std::uint64_t number = natural();
    if (!std::in_range<std::int64_t>(number)) refuse("a number is too large");
    return static_cast<std::int64_t>(number);
}
std::uint64_t Json::unsigned_number() const {
    const auto* value = std::get_if<std::int64_t>(&value_);
    if (!value) return natural();
    if (*value < 0) refuse("a number is negative");
    return static_cast<std::uint64_t>(*value);
}
double Json::real() const {
    if (const auto* value = std::get_if<double>(&value_)) return *value;
    if (const auto* value = std::get_if<std::int64_t>(&value_)) return static_cast<double>(*value);
    return static_cast<double>(natural());
}
const std::uint64_t& Json::natural() const {
    if (const auto* value = std::get_if<std::uint64_t>(&value_)) return *value;
    refuse("a whole number is expected");
}
const std::string& Json::text() const {
    if (const auto* value = std::get_if<std::string>(&value_)) return *value;
    refuse("a text is expected");
}
const Json::Array& Json::list() const {
    if (const auto* value = std::get_if<Array>(&value_)) return *value;
    refuse("an array is expected");
}
const Json::Object& Json::items() const {
    if (const auto* value = std::get_if<Object>(&value_)) return *value;
    refuse("an object is expected");
}

std::size_t Json::size() const noexcept {
    if (const auto* object = std::get_if<Object>(&value_)) return object->size();
    if (const auto* array = std::get_if<Array>(&value_)) return array->size();
    return is_null() ? 0 : 1;
}
Json::const_iterator Json::begin() const {
    if (const auto* object = std::get_if<Object>(&value_)) return const_iterator(object->begin());
    if (const auto* array = std::get_if<Array>(&value_)) return const_iterator(array->data());
    return const_iterator(this);
}
Json::const_iterator Json::end() const {
    if (const auto* object = std::get_if<Object>(&value_)) return const_iterator(object->end());
    if (const auto* array = std::get_if<Array>(&value_)) return const_iterator(array->data() + array->size());
    return const_iterator(is_null() ? this : this + 1);
}
Json::const_iterator Json::find(std::string_view key) const {
    const auto* object = std::get_if<Object>(&value_);
    return object ? const_iterator(object->find(key)) : end();
}
bool Json::contains(std::string_view key) const { return find(key) != end(); }

const Json& Json::at(std::string_view key) const {
    const auto found = items().find(key);
    if (found == items().end()) throw exception("no member " + std::string(key));
    return found->second;
}
const Json& Json::at(std::size_t place) const {
    if (place >= list().size()) refuse("an array is too short");
    return list()[place];
}
Json& Json::at(std::string_view key) { return const_cast<Json&>(std::as_const(*this).at(key)); }
Json& Json::at(std::size_t place) { return const_cast<Json&>(std::as_const(*this).at(place)); }
Json& Json::operator[](std::string_view key) {
    if (is_null()) value_.emplace<Object>();
    auto* object = std::get_if<Object>(&value_);
    if (!object) refuse("an object is expected");
    const auto found = object->find(key);
    return found != object->end() ? found->second : object->emplace(key, Json()).first->second;
}

void Json::push_back(Json value) {
    if (is_null()) value_.emplace<Array>();
    auto* array = std::get_if<Array>(&value_);
    if (!array) refuse("an array is expected");
    array->push_back(std::move(value));
}
void Json::update(const Json& object) {
    for (const auto& [name, value] : object.items()) (*this)[name] = value;
}
std::size_t Json::erase(std::string_view key) {
    auto* object = std::get_if<Object>(&value_);
    if (!object) refuse("an object is expected");
    const auto found = object->find(key);
    if (found == object->end()) return 0;
    object->erase(found);
    return 1;
}

void Json::write(std::string& out, int indent, bool replaces, std::size_t depth) const {
    const auto elements = [&](char open, char close, const auto& all, const auto& write_one) {
        out += open;
        bool first = true;
        for (const auto& one : all) {
            if (!std::exchange(first, false)) out += ',';
            new_line(out, indent, depth + 1);
            write_one(one);
        }
        if (!first) new_line(out, indent, depth);
        out += close;
    };
    switch (type()) {
        case value_t::null: out += "null"; break;
        case value_t::boolean: out += boolean() ? "true" : "false"; break;
        case value_t::number_integer: out += std::to_string(signed_number()); break;
        case value_t::number_unsigned: out += std::to_string(natural()); break;
        case value_t::number_float: out += nlohmann::json(real()).dump(); break;
        case value_t::string: write_text(out, text(), replaces); break;
        case value_t::array:
            elements('[', ']', list(), [&](const Json& one) { one.write(out, indent, replaces, depth + 1); });
            break;
        case value_t::object:
            elements('{', '}', items(), [&](const auto& member) {
                write_text(out, member.first, replaces);
                out += indent >= 0 ? ": " : ":";
                member.second.write(out, indent, replaces, depth + 1);
            });
            break;
    }
}
std::string Json::dump(int indent, bool replaces) const {
    std::string out;
    write(out, indent, replaces, 0);
    return out;
}

bool operator==(const Json& a, const Json& b) {
    if (a.value_ == b.value_) return true;
    const auto* left = std::get_if<std::int64_t>(&a.value_);
    const auto* right = std::get_if<std::int64_t>(&b.value_);
    if (left && b.is_number_unsigned()) return std::cmp_equal(*left, b.natural());
    if (right && a.is_number_unsigned()) return std::cmp_equal(a.natural(), *right);
    return false;
}
std::ostream& operator<<(std::ostream& out, const Json& json) { return out << json.dump(-1, true); }

// Builds the tree from nlohmann's events. Stops where the nesting is too deep, and at the second of two equal keys of an object:
// a reader who took the first and another who took the last would see two documents.
class JsonBuilder : public nlohmann::json_sax<nlohmann::json> {
public:
    bool null() override { return put(Json()); }
    bool boolean(bool value) override { return put(Json(value)); }
    bool number_integer(std::int64_t value) override { return put(Json(value)); }
    bool number_unsigned(std::uint64_t value) override { return put(Json(value)); }
    bool number_float(double value, const std::string&) override { return put(Json(value)); }
    bool string(std::string& value) override { return put(Json(std::move(value))); }
    bool binary(nlohmann::json::binary_t&) override { return false; }
    bool start_object(std::size_t) override { return put(Json::object(), true); }
    bool start_array(std::size_t) override { return put(Json::array(), true); }
    bool key(std::string& key) override {
        const auto [place, is_new] = std::get<Json::Object>(open_.back()->value_).emplace(std::move(key), Json());
        member_ = &place->second;
        return is_new;
    }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }

    Json root;

private:
    // A tree costs many times its text: no true document is so deep, and a hostile one could take all memory.
    static constexpr std::size_t k_deepest = 100;

    // `open_` stays valid: a parent does not grow while its child is open.
    bool put(Json value, bool opens = false) {
        Json* place = &root;
        if (!open_.empty()) {
            auto* array = std::get_if<Json::Array>(&open_.back()->value_);
            place = array ? &array->emplace_back() : member_;
        }
        *place = std::move(value);
        if (opens) open_.push_back(place);
        return open_.size() <= k_deepest;
    }
    bool close() {
        open_.pop_back();
        return true;
    }

    std::vector<Json*> open_;
    Json* member_ = nullptr;
};

std::optional<Json> parse_json(std::string_view text) {
    // nlohmann takes a NUL for the end, whatever follows, and passes over a byte order mark.
    if (text.find('\0') != std::string_view::npos || text.starts_with("\xEF\xBB\xBF")) return std::nullopt;
    JsonBuilder builder;
    if (!nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) return std::nullopt;
    return std::move(builder.root);
}

std::string json_quote(std::string_view text) {
    std::string quoted;
    quote(quoted, text, true);
    return quoted;
}

}  // namespace util
