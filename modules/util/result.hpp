// SPDX-License-Identifier: AGPL-3.0-or-later
// Expected outcomes as values. Use Result for what a caller must handle (a closed scrutin, a bad field); use
// std::optional for a parse that either holds or does not; use an exception for what no handler can mend.
#pragma once

#include <string>
#include <utility>
#include <variant>

#include "util/ensure.hpp"

namespace util {

// The few ways in which an expected operation ends badly. web maps each to one status and one template.
enum class Fault {
    not_found,    // 404: no such thing, or not yours (the two must look alike)
    forbidden,    // 403: known, and refused
    invalid,      // 400: the input does not hold
    conflict,     // 409: already done, or changed meanwhile
    closed,       // 403 with a page: outside its calendar window
    throttled,    // 429: too many tries
    unavailable,  // 503: a part we need is away; trying again may help
    busy,         // 503: too many at once; nothing was counted, trying again in a few seconds helps
};

// `detail` is for the log and for command lines; an elector reads a sentence from a template, never this.
struct Failure {
    Fault fault;
    std::string detail;
};

// A value or a Failure. Member names follow std::expected (C++23), which replaces it one day.
template <typename T>
class [[nodiscard]] Result {
public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Failure failure) : state_(std::in_place_index<1>, std::move(failure)) {}

    bool has_value() const { return state_.index() == 0; }
    explicit operator bool() const { return has_value(); }

    // Precondition: has_value().
    T& value() & {
        ENSURE(has_value());
        return std::get<0>(state_);
    }
    const T& value() const& {
        ENSURE(has_value());
        return std::get<0>(state_);
    }
    T&& value() && {
        ENSURE(has_value());
        return std::get<0>(std::move(state_));
    }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    // Precondition: !has_value().
    const Failure& error() const {
        ENSURE(!has_value());
        return std::get<1>(state_);
    }

private:
    std::variant<T, Failure> state_;
};

// Success without a value: `return util::Done{};`
struct Done {};
using Status = Result<Done>;

inline Failure failure(Fault fault, std::string detail) { return Failure{fault, std::move(detail)}; }

}  // namespace util
