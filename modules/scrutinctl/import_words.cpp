// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/import_words.hpp"

#include <charconv>

namespace scrutinctl {

unsigned number_of(std::string_view text) {
    std::string digits;
    for (const std::string_view space : {"\u00a0", "\u202f", " "})
        for (auto at = text.find(space); at != std::string_view::npos && at > 0; at = text.find(space)) {
            digits = std::string(text.substr(0, at)).append(text.substr(at + space.size()));
            return number_of(digits);
        }
    if (const auto point = text.find_first_of(",."); point != std::string_view::npos && point + 1 < text.size() &&
                                                     text.find_first_not_of('0', point + 1) == std::string_view::npos)
        text = text.substr(0, point);
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? value : 0;
}

std::vector<domain::AcademieName> academies_of(const ImportedElection& election) {
    std::vector<domain::AcademieName> academies;
    for (const Academie& academie : election.academies) academies.push_back({academie.code, academie.name});
    return academies;
}

std::vector<domain::ScrutinPlace> places_of(const ImportedElection& election) {
    std::vector<domain::ScrutinPlace> places;
    for (const ImportScrutin& scrutin : election.scrutins)
        places.push_back({scrutin.instance, domain::scrutin_level_of(scrutin.level), scrutin.perimeter});
    return places;
}

domain::LineWords words_of(const ImportedElection& election) {
    return {academies_of(election), places_of(election), election.rules};
}

}  // namespace scrutinctl
