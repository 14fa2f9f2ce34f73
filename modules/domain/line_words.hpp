// SPDX-License-Identifier: AGPL-3.0-or-later
// Words of a line of the roll that the election must know: an académie, a département, a profile. Written a little otherwise they are put into the one
// writing of the election, so that rules hold for whom they name. Knows no file and no table.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "domain/eligibility.hpp"

namespace domain {

// A département without its leading zeros, in capitals: spreadsheets make 79 of 079.
std::string departement_key(std::string_view departement);

// One writing for each folded word. A word that stands in two writings has that of the first.
class Writings {
public:
    void add(std::string_view text);
    // As it was added; the text itself where no writing is the same but for case, accents and spaces.
    std::string of(std::string_view text) const;
    bool knows(std::string_view text) const;
    // The one most like it, if one is much like it; empty: none is.
    std::string nearest(std::string_view text) const;

private:
    std::unordered_map<std::string, std::string> by_fold_;
    std::unordered_set<std::string> exact_;
};

struct AcademieName {
    std::string code, name;
};

class LineWords {
public:
    LineWords(const std::vector<AcademieName>& academies, const std::vector<ScrutinPlace>& scrutins,
              const std::vector<EligibilityRule>& rules);

    // The code of an académie given by code or by name; nothing if none is, or if two bear that name.
    std::optional<std::string> academie(std::string_view text) const;
    // As the scrutins write it, or as given.
    std::string departement(std::string_view text) const;
    const Writings& personnel() const { return personnel_; }
    const Writings& corps() const { return corps_; }
    const Writings& instances() const { return instances_; }

private:
    std::unordered_set<std::string> codes_;
    std::unordered_map<std::string, std::string> code_of_name_, departements_;  // by folded name, by key
    Writings personnel_, corps_, instances_;
};

}  // namespace domain
