// SPDX-License-Identifier: AGPL-3.0-or-later
#include "source_dir.hpp"

namespace test {

std::string source_dir() { return PORTAIL_SOURCE_DIR; }

}  // namespace test
