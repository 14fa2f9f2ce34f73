// SPDX-License-Identifier: AGPL-3.0-or-later
#include "bureau/totp.hpp"

#include <liboath/oath.h>

#include <array>
#include <cstdlib>
#include <stdexcept>

#include "util/bytes.hpp"
#include "util/ensure.hpp"
#include "util/percent.hpp"

namespace bureau {

namespace {

constexpr std::int64_t k_step_seconds = 30;

void start_oath() {
    static const int started = oath_init();
    if (started != OATH_OK) throw std::runtime_error(std::string("liboath: ") + oath_strerror(started));
}

}  // namespace

std::int64_t totp_step(util::Instant at) { return at.time_since_epoch().count() / k_step_seconds; }

std::string totp_code(std::string_view secret, std::int64_t step, unsigned digits) {
    start_oath();
    ENSURE(digits >= 6 && digits <= 8);
    std::array<char, 9> code{};
    const int done = oath_totp_generate(secret.data(), secret.size(), static_cast<time_t>(step * k_step_seconds),
                                        static_cast<unsigned>(k_step_seconds), 0, digits, code.data());
    if (done != OATH_OK) throw std::runtime_error(std::string("liboath: ") + oath_strerror(done));
    return {code.data(), digits};
}

std::optional<std::int64_t> step_of_totp(std::string_view secret, std::string_view typed, util::Instant now) {
    std::string digits;
    for (const char c : typed)
        if (c != ' ') digits += c;
    const std::int64_t present = totp_step(now);
    std::optional<std::int64_t> found;
    for (const std::int64_t step : {present - 1, present, present + 1})
        if (util::equal_constant_time(digits, totp_code(secret, step))) found = step;
    return found;
}

util::SecretText totp_base32(std::string_view secret) {
    start_oath();
    char* text = nullptr;
    std::size_t length = 0;
    const int done = oath_base32_encode(secret.data(), secret.size(), &text, &length);
    if (done != OATH_OK) throw std::runtime_error(std::string("liboath: ") + oath_strerror(done));
    std::string copy(text, length);
    sodium_memzero(text, length);
    std::free(text);
    return util::SecretText(std::move(copy));
}

util::SecretText totp_address(std::string_view issuer, std::string_view account, std::string_view secret) {
    const std::string by = util::percent_escaped(issuer);
    return util::SecretText("otpauth://totp/" + by + ":" + util::percent_escaped(account) + "?secret=" +
                            std::string(totp_base32(secret).view()) + "&issuer=" + by + "&algorithm=SHA1&digits=6&period=30");
}

}  // namespace bureau
