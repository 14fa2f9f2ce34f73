// SPDX-License-Identifier: AGPL-3.0-or-later
// Where a portal's public files are read: under an address, asked for by the machine's own `curl`, or in a folder that holds them under
// the same names. This program opens no connection itself. Knows no election; trusts nothing of what it gives back.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "util/result.hpp"

namespace auditor {

class Source {
public:
    // https://…, http://… or a folder. invalid: neither, or an address that is none.
    static util::Result<Source> of(std::string_view given);

    // The whole file `path` ("checkpoint", "tile/0/x001/234"), of `most` bytes at most. not_found: there is none; unavailable: the network,
    // the disk, a file that is larger, or no curl on this machine. The detail is a French sentence.
    util::Result<std::string> read(std::string_view path, std::size_t most) const;

    const std::string& place() const { return place_; }  // without a slash at its end

private:
    std::string place_;
    bool is_address_ = false;
};

}  // namespace auditor
