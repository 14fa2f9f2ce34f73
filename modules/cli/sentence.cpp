// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cli/sentence.hpp"

#include <iostream>

#include "util/text.hpp"

namespace cli {

std::string counted(std::uint64_t count, std::string_view singular, std::string_view plural) {
    return util::french_number(static_cast<long long>(count)) + " " + std::string(count < 2 ? singular : plural);
}

void say(std::string_view line) { std::cout << line << std::endl; }

util::Failure refused(std::string sentence) { return util::failure(util::Fault::forbidden, std::move(sentence)); }
util::Failure bad_input(std::string sentence) { return util::failure(util::Fault::invalid, std::move(sentence)); }

}  // namespace cli
