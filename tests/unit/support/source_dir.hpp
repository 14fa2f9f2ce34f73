// SPDX-License-Identifier: AGPL-3.0-or-later
// Where the tree of sources stands. One small object knows it: were it a definition on every command line, the compiler's cache
// would serve no second clone.
#pragma once

#include <string>

namespace test {

std::string source_dir();  // absolute, without a last slash

}  // namespace test
