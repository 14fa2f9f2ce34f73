// SPDX-License-Identifier: AGPL-3.0-or-later
#include "util/ensure.hpp"

#include <cstdio>
#include <cstdlib>

namespace util {

void ensure_failed(const char* condition, const char* file, int line) {
    std::fprintf(stderr, "broken promise: %s at %s:%d\n", condition, file, line);
    std::abort();
}

}  // namespace util
