// SPDX-License-Identifier: AGPL-3.0-or-later
// Which entries of the office's journal a member reads: those of the whole election and those of his bureaux' scrutins. Knows no database.
#pragma once

#include <map>
#include <set>
#include <string>

#include "bureau/store_acts.hpp"

namespace bureau {

class JournalFilter {
public:
    // `bureau_of_code`: of every scrutin; `place_of_member`: of everybody who ever sat at the desk; `mine`: the reader's bureaux.
    JournalFilter(std::map<std::string, std::string> bureau_of_code, std::map<unsigned, std::string> place_of_member,
                  std::set<std::string> mine)
        : bureau_of_code_(std::move(bureau_of_code)), place_of_member_(std::move(place_of_member)), mine_(std::move(mine)) {}

    // What names scrutins is shown if one of them is mine; what a member did, if he sits in my bureau; requests of académies never.
    bool shows(const JournalEntry& entry) const;

private:
    std::map<std::string, std::string> bureau_of_code_;
    std::map<unsigned, std::string> place_of_member_;
    std::set<std::string> mine_;
};

}  // namespace bureau
