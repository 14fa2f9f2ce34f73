// SPDX-License-Identifier: AGPL-3.0-or-later
// An election as its files say it, checked row by row and across files. README-import.md has the form. Electors are not
// kept: they pass one by one, so a roll of any size fits.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "domain/calendar.hpp"
#include "domain/eligibility.hpp"
#include "domain/roll_line.hpp"
#include "domain/sharing.hpp"
#include "scrutinctl/csv.hpp"

namespace scrutinctl {

// Where the files are, and what those that are not UTF-8 are written in (csv_source.hpp); empty: UTF-8 is asked of all.
struct ImportFiles {
    std::filesystem::path folder;
    std::string encoding;

    ImportFiles(std::filesystem::path all, std::string written_in = {}) : folder(std::move(all)), encoding(std::move(written_in)) {}
};

struct Academie {
    std::string code, name, webmail_url, recovery_url, assistance_phone, assistance_email, assistance_hours;
};

struct Candidate {
    std::string civility, last_name, first_name, affectation;
};

struct CandidateList {
    std::size_t scrutin = 0;  // index
    std::string name, union_name;
    std::filesystem::path profession_de_foi;  // empty: none
    std::vector<Candidate> candidates;
    std::vector<domain::UnionShare> unions = {};  // of a common list
};

struct ImportScrutin {
    std::string code, title, instance, level, perimeter, crypto_group, bureau;
    unsigned seats = 0;
    bool tie_by_candidates = false;
    std::vector<CandidateList> lists;  // in the order of the draw
};

struct Elector : domain::LineTexts {
    std::string numen, birth_date;
    std::vector<domain::Eligibility::Right> rights;
    std::uint64_t line = 0;  // of its file
};

// Who sees a list before everybody does.
struct Delegate {
    std::string email;
    std::size_t scrutin = 0, list = 0;  // indices
    std::uint64_t line = 0;             // of delegues.csv
};

struct ImportedElection {
    std::string title, edition, administration;
    bool demonstration = false, small_totals = false;
    std::optional<bool> asks_defi, shows_new_code;  // nothing: as the edition says
    domain::Calendar calendar;
    std::vector<Academie> academies;
    std::vector<ImportScrutin> scrutins;
    std::vector<domain::EligibilityRule> rules;
    std::vector<Delegate> delegates;
};

// Why this elector votes there, as he reads it.
std::string reason_of(const ImportedElection& election, std::size_t rule, const Elector& elector);

// Everything but the electors. Faults are noted; the answer is meaningful only when there is none.
ImportedElection read_election(const ImportFiles& files, ImportFaults& faults);

// One file of electors. Without `by_rules` regles.csv gives no right: whoever asks names the scrutins.
struct ElectorsFile {
    std::filesystem::path path;
    std::string encoding;
    bool by_rules = true;
};

// The electors in the file's order, each with his rights; a faulty row is noted and not passed on. Returns rows read.
std::uint64_t read_electors(const ImportFiles& files, const ImportedElection& election, ImportFaults& faults,
                            const std::function<void(const Elector&)>& each);
std::uint64_t read_electors(const ElectorsFile& file, const ImportedElection& election, ImportFaults& faults,
                            const std::function<void(const Elector&)>& each);

}  // namespace scrutinctl
