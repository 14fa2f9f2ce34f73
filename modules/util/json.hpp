// SPDX-License-Identifier: AGPL-3.0-or-later
// JSON in the two ways the house needs it: trees, and the compact writing of texts inside signed records. The tree is a class of
// ours with the names of nlohmann's, which reads and writes it in json.cpp alone: its header is the half of a file's compilation.
#pragma once

#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iosfwd>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace util {

class Json {
public:
    struct exception : std::runtime_error {  // a value of another type, an absent name or place
        using std::runtime_error::runtime_error;
    };
    enum class value_t { null, boolean, number_integer, number_unsigned, number_float, string, array, object };  // as `Value` below
    using number_unsigned_t = std::uint64_t;
    using Array = std::vector<Json>;
    using Object = std::map<std::string, Json, std::less<>>;
    class const_iterator;

    Json() noexcept;
    Json(const Json& other);
    Json(Json&& other) noexcept;
    Json& operator=(Json other) noexcept;  // by value: `other` may come from inside this one
    ~Json();

    Json(std::nullptr_t) noexcept;
    Json(const char* text);
    Json(std::string_view text);
    Json(std::string text) noexcept;
    template <class T>
    requires std::is_arithmetic_v<T> Json(T value) : Json(widened(value), Exact{}) {}
    template <class T>
    Json(const std::vector<T>& list) : Json(array()) {
        for (const T& one : list) push_back(Json(one));
    }
    // {{"name", value}, …}: an object where every element is a pair that begins with a text; else an array.
    Json(std::initializer_list<Json> list);
    static Json array(std::initializer_list<Json> list = {});
    static Json object();

    value_t type() const noexcept { return static_cast<value_t>(value_.index()); }
    bool is_null() const noexcept { return type() == value_t::null; }
    bool is_boolean() const noexcept { return type() == value_t::boolean; }
    bool is_number_unsigned() const noexcept { return type() == value_t::number_unsigned; }
    bool is_string() const noexcept { return type() == value_t::string; }
    bool is_array() const noexcept { return type() == value_t::array; }
    bool is_object() const noexcept { return type() == value_t::object; }

    // Throws `exception` for a value of another type, or a number that T does not hold.
    template <class T>
    T get() const;
    // `const std::string&` and `const number_unsigned_t&`, nothing converted.
    template <class T>
    T get_ref() const;
    operator std::string() const { return text(); }

    std::size_t size() const noexcept;  // null: 0; another scalar: 1
    bool empty() const noexcept { return size() == 0; }
    const_iterator begin() const;  // of an array, or of an object's values
    const_iterator end() const;
    const_iterator find(std::string_view key) const;
    const Object& items() const;
    bool contains(std::string_view key) const;
    const Json& at(std::string_view key) const;
    const Json& at(std::size_t place) const;
    Json& at(std::string_view key);
    Json& at(std::size_t place);
    const Json& operator[](std::string_view key) const { return at(key); }
    const Json& operator[](std::size_t place) const { return at(place); }
    Json& operator[](std::string_view key);  // made where it is absent
    Json& operator[](std::size_t place) { return at(place); }
    template <class T>
    T value(std::string_view key, T otherwise) const {
        return contains(key) ? at(key).template get<T>() : otherwise;
    }
    std::string value(std::string_view key, const char* otherwise) const { return value(key, std::string(otherwise)); }

    void push_back(Json value);
    void update(const Json& object);  // its names replace ours
    std::size_t erase(std::string_view key);

    // `indent` below 0: on one line. Text that is not UTF-8 throws, or shows U+FFFD where `replaces`.
    std::string dump(int indent = -1, bool replaces = false) const;

    friend bool operator==(const Json& a, const Json& b);  // numbers by their value
    friend std::ostream& operator<<(std::ostream& out, const Json& json);

private:
    using Value = std::variant<std::monostate, bool, std::int64_t, std::uint64_t, double, std::string, Array, Object>;
    struct Exact {};
    Json(bool value, Exact) noexcept;
    Json(std::int64_t value, Exact) noexcept;
    Json(std::uint64_t value, Exact) noexcept;
    Json(double value, Exact) noexcept;
    template <class T>
    static auto widened(T value) {
        if constexpr (std::same_as<T, bool>) return value;
        else if constexpr (std::floating_point<T>) return static_cast<double>(value);
        else if constexpr (std::signed_integral<T>) return static_cast<std::int64_t>(value);
        else return static_cast<std::uint64_t>(value);
    }
    bool boolean() const;
    std::int64_t signed_number() const;
    std::uint64_t unsigned_number() const;
    double real() const;
    const std::string& text() const;
    const std::uint64_t& natural() const;
    const Array& list() const;
    [[noreturn]] static void refuse(const char* why);
    void write(std::string& out, int indent, bool replaces, std::size_t depth) const;

    mutable Value value_;  // mutable: an initializer list's own elements are moved out of it
    friend class JsonBuilder;
};

class Json::const_iterator {
public:
    using value_type = Json;
    using difference_type = std::ptrdiff_t;
    using reference = const Json&;
    using pointer = const Json*;
    using iterator_category = std::forward_iterator_tag;

    const_iterator() = default;
    explicit const_iterator(const Json* item) : item_(item) {}
    explicit const_iterator(Object::const_iterator node) : node_(node) {}
    const Json& operator*() const { return item_ ? *item_ : node_->second; }
    const Json* operator->() const { return &**this; }
    const_iterator& operator++() {
        if (item_) ++item_;
        else ++node_;
        return *this;
    }
    const_iterator operator++(int) {
        const const_iterator before = *this;
        ++*this;
        return before;
    }
    friend bool operator==(const const_iterator&, const const_iterator&) = default;

private:
    const Json* item_ = nullptr;
    Object::const_iterator node_;
};

template <class T>
T Json::get() const {
    if constexpr (std::same_as<T, Json>) {
        return *this;
    } else if constexpr (std::same_as<T, bool>) {
        return boolean();
    } else if constexpr (std::same_as<T, std::string>) {
        return text();
    } else if constexpr (std::floating_point<T>) {
        return static_cast<T>(real());
    } else if constexpr (std::signed_integral<T>) {
        const std::int64_t number = signed_number();
        if (!std::in_range<T>(number)) refuse("a number is too large");
        return static_cast<T>(number);
    } else if constexpr (std::unsigned_integral<T>) {
        const std::uint64_t number = unsigned_number();
        if (!std::in_range<T>(number)) refuse("a number is too large");
        return static_cast<T>(number);
    } else {
        T result;  // std::vector
        for (const Json& one : list()) result.push_back(one.get<typename T::value_type>());
        return result;
    }
}

template <class T>
T Json::get_ref() const {
    if constexpr (std::same_as<T, const std::string&>) return text();
    else return natural();
}

// Nothing on any error, duplicate keys and nesting beyond 100 included; never throws.
std::optional<Json> parse_json(std::string_view text);

// A JSON string with its quotes: only `"`, `\` and control characters are escaped, UTF-8 stays raw,
// as Belenios writes what it hashes.
std::string json_quote(std::string_view text);

}  // namespace util
