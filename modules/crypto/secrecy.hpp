// SPDX-License-Identifier: AGPL-3.0-or-later
// Where secret values are born and where they become public, said to valgrind: in a build with PORTAIL_SECRECY_CHECK a secret
// counts as undefined memory, and memcheck reports every branch and every address that depends on one. Nothing otherwise.
#pragma once

#include <cstddef>

#ifdef PORTAIL_SECRECY_CHECK
#include <valgrind/memcheck.h>
#endif

namespace crypto {

inline void mark_secret([[maybe_unused]] const void* data, [[maybe_unused]] std::size_t size) {
#ifdef PORTAIL_SECRECY_CHECK
    (void)VALGRIND_MAKE_MEM_UNDEFINED(data, size);
#endif
}

// The value is about to be published, or says nothing about a secret.
inline void mark_public([[maybe_unused]] const void* data, [[maybe_unused]] std::size_t size) {
#ifdef PORTAIL_SECRECY_CHECK
    (void)VALGRIND_MAKE_MEM_DEFINED(data, size);
#endif
}

}  // namespace crypto
