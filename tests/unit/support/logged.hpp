// SPDX-License-Identifier: AGPL-3.0-or-later
// test::logged: what this process wrote to its log while something was done.
#pragma once

#include <unistd.h>

#include <cstdio>
#include <stdexcept>
#include <string>

namespace test {

template <typename Act>
std::string logged(Act act) {
    std::FILE* const lines = std::tmpfile();
    const int before = ::dup(STDERR_FILENO);
    if (lines == nullptr || before < 0) throw std::runtime_error("no file for the log");
    ::dup2(::fileno(lines), STDERR_FILENO);
    act();
    ::dup2(before, STDERR_FILENO);
    ::close(before);
    std::string text;
    std::rewind(lines);
    for (int c = 0; (c = std::fgetc(lines)) != EOF;) text += static_cast<char>(c);
    std::fclose(lines);
    return text;
}

}  // namespace test
