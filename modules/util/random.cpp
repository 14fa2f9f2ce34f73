// SPDX-License-Identifier: AGPL-3.0-or-later
#include "util/random.hpp"

#include <sodium.h>

#include "util/bytes.hpp"
#include "util/ensure.hpp"

namespace util {

namespace {
void ready() {
    static const bool initialised = [] { return sodium_init() >= 0; }();
    ENSURE(initialised);
}
}  // namespace

std::string random_bytes(std::size_t count) {
    ready();
    std::string bytes(count, '\0');
    randombytes_buf(bytes.data(), bytes.size());
    return bytes;
}

std::uint32_t random_below(std::uint32_t bound) {
    ready();
    ENSURE(bound > 0);
    return randombytes_uniform(bound);
}

std::string random_token(std::size_t bytes) { return to_base64url(random_bytes(bytes)); }

}  // namespace util
