// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/import_delegates.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "domain/identity.hpp"

namespace scrutinctl {
namespace {

constexpr const char* k_file = "delegues.csv";

}  // namespace

void read_delegates(const ImportFiles& files, ImportedElection& election, ImportFaults& faults) {
    if (!std::filesystem::exists(files.folder / k_file)) return;
    CsvReader csv(files.folder / k_file, {{"courriel", 190, true}, {"scrutin", 32, true}, {"liste", 160, true}}, faults,
                  files.encoding);
    std::set<std::tuple<std::string, std::size_t, std::size_t>> seen;
    while (csv.read()) {
        const auto address = domain::normalise_address(csv.field(0));
        if (!address) csv.fault(0, "ce n’est pas une adresse");
        const auto scrutin = std::find_if(election.scrutins.begin(), election.scrutins.end(),
                                          [&](const ImportScrutin& one) { return one.code == csv.field(1); });
        if (scrutin == election.scrutins.end()) {
            csv.fault(1, "scrutin absent de scrutins.csv");
            continue;
        }
        // By its name, as listes.csv has it: a position that slipped by one would show a union another's list.
        const auto list = std::find_if(scrutin->lists.begin(), scrutin->lists.end(),
                                       [&](const CandidateList& one) { return one.name == csv.field(2); });
        if (list == scrutin->lists.end()) {
            csv.fault(2, "ce scrutin n’a pas de liste de ce nom dans listes.csv");
            continue;
        }
        const auto scrutin_index = static_cast<std::size_t>(scrutin - election.scrutins.begin());
        const auto list_index = static_cast<std::size_t>(list - scrutin->lists.begin());
        if (!address) continue;
        if (!seen.emplace(*address, scrutin_index, list_index).second) {
            csv.fault(0, "déjà déclaré délégué de cette liste");
            continue;
        }
        election.delegates.push_back({*address, scrutin_index, list_index, csv.line()});
    }
}

void check_delegates(const ImportedElection& election, const std::unordered_set<std::string>& electors, ImportFaults& faults) {
    for (const Delegate& delegate : election.delegates)
        if (!electors.contains(delegate.email)) faults.add(k_file, delegate.line, "courriel", "absent d’electeurs.csv");
}

}  // namespace scrutinctl
