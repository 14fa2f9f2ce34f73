// SPDX-License-Identifier: AGPL-3.0-or-later
#include "util/build.hpp"

namespace util {

bool is_demonstration_build() { return true; }

}  // namespace util
