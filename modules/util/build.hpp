// SPDX-License-Identifier: AGPL-3.0-or-later
// Which of two builds this is (CMake option PORTAIL_DEMONSTRATION): build_demonstration.cpp or build_production.cpp is linked.
#pragma once

namespace util {

// True in the build for development and demonstrations, where a file may move the clock and an invented election may skip its hours.
// False in production's: nothing moves its clock, and no election is a demonstration, whatever its files or tables say.
bool is_demonstration_build();

}  // namespace util
