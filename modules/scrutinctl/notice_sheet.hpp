// SPDX-License-Identifier: AGPL-3.0-or-later
// The notices of a place on paper: one sheet for each elector, and the list that who hands them over has signed. Knows no file and no database.
#pragma once

#include <string>
#include <vector>

#include "scrutinctl/notice_batch.hpp"

namespace scrutinctl {

// What all sheets of an election say.
struct NoticeWords {
    std::string election, base_url;
    std::string code, code_yours;              // « code de vote », « votre code de vote »: the edition's
    std::string vote, reassort_from, results;  // « du … au … (heure de Paris) »; days
    bool demonstration = false;
};

// A PDF of as many pages as there are electors. Throws std::runtime_error as paper::Sheet does.
std::string notice_sheets(const NoticeWords& words, const std::string& place, const std::vector<NoticeLine>& electors,
                          std::size_t first, std::size_t last);

// A line to sign for each; no code on it.
std::string hand_over_list(const NoticeWords& words, const std::string& place, const std::vector<NoticeLine>& electors);

}  // namespace scrutinctl
