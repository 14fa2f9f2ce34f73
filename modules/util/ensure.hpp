// SPDX-License-Identifier: AGPL-3.0-or-later
// ENSURE states what a programmer promised. It is always compiled in and ends the process; never use it on input.
#pragma once

namespace util {
[[noreturn]] void ensure_failed(const char* condition, const char* file, int line);
}

#define ENSURE(condition) ((condition) ? static_cast<void>(0) : ::util::ensure_failed(#condition, __FILE__, __LINE__))
