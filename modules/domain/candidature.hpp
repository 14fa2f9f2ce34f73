// SPDX-License-Identifier: AGPL-3.0-or-later
// A list of candidates as it is deposited: its names read from lines that somebody pasted, what a list must be to be taken, and the digest that its
// receipt bears. Knows no page and no table; reasons are French.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/calendar.hpp"
#include "domain/sharing.hpp"

namespace domain {

inline constexpr std::size_t k_profession_bytes = 2 * 1024 * 1024, k_logo_bytes = 200 * 1024;
inline constexpr std::size_t k_most_names = 200, k_names_text = 16'000;  // of one list; code points of its pasted lines

struct CandidateName {
    std::string civility;  // « Mme » or « M. »
    std::string last_name, first_name, affectation;
    bool operator==(const CandidateName&) const = default;
};

struct NamesRead {
    std::vector<CandidateName> names;  // in the order of the lines
    std::vector<std::string> faults;   // « Ligne 3 : … »; names are whole only without any
};
// A line per candidate: civility; last name; first name; affectation. Cells between semicolons or tabs, as a spreadsheet's columns are pasted; quotes
// as CSV has them; a first line of titles and empty lines are passed over. `text`: UTF-8.
NamesRead read_candidate_names(std::string_view text);
// The other way: lines that read_candidate_names reads as these names.
std::string candidate_lines(const std::vector<CandidateName>& names);

struct DepositedFile {
    std::string name, content;  // content empty: none
};

// All that is deposited.
struct Deposit {
    std::string scrutin_code, union_name, list_name;
    std::vector<CandidateName> names;
    DepositedFile profession, logo;
    std::vector<UnionShare> unions = {};  // of a common list
};
// Hex SHA-256 of its text: "candidature 1", scrutin, union, list name, a line per candidate as candidate_lines writes it, and « profession » and
// « logo » with the hex SHA-256 of each file or "-"; of a common list, then « organisation », and its part, a line per union. The same content gives
// the same digest.
std::string deposit_digest(const Deposit& deposit);
// What cannot be deposited at all: no name of list, no candidate, a file of another kind or too heavy. Empty: it can.
std::vector<std::string> faults_of_deposit(const Deposit& deposit);

struct ListRule {
    unsigned least = 1, most = 1;        // names
    bool is_even = false;                // an even number of them
    std::optional<unsigned> women = {};  // share among those represented, hundredths of a percent (0 to 10,000)
    unsigned pages = 2;                  // of the profession de foi, at most
};
// Whether the names are as many, and women and men as many among them, as the rule asks. A share that gives no whole number is met by either whole
// number beside it.
std::vector<std::string> faults_of_numbers(const std::vector<CandidateName>& names, const ListRule& rule);

// When a list may be deposited: [opens, closes).
struct DepositWindow {
    util::Instant opens{}, closes{};
    bool is_open(util::Instant now) const { return opens <= now && now < closes; }
};
// How long after the end of its deposit a draft is kept; what was deposited is kept with the election's archive (CGFP, R211-580).
inline constexpr std::chrono::hours k_drafts_kept{30 * 24};
// The office's own hours where it gave some, else from the portal's opening until lists are shown.
DepositWindow deposit_window(const Calendar& calendar, std::optional<util::Instant> opens, std::optional<util::Instant> closes);

}  // namespace domain
