// SPDX-License-Identifier: AGPL-3.0-or-later
// Words of one file that another file must know: an académie, a département, a profile. Written a little otherwise they are put into the one
// writing of the election, so that rules hold for whom they name.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "scrutinctl/import_model.hpp"

namespace scrutinctl {

// A département without its leading zeros, in capitals: spreadsheets make 79 of 079.
std::string departement_key(std::string_view departement);

// 12 of « 12 », « 1 234 » (any space) and « 12,0 »; 0 for what is no whole number above zero.
unsigned number_of(std::string_view text);

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

class ImportWords {
public:
    ImportWords() = default;
    // Of academies.csv, and of scrutins.csv and regles.csv as far as they are read.
    explicit ImportWords(const ImportedElection& election);

    // The code of an académie given by code or by name; nothing if none is, or if two bear that name.
    std::optional<std::string> academie(std::string_view text) const;
    // As scrutins.csv writes it, or as given.
    std::string departement(std::string_view text) const;
    const Writings& personnel() const { return personnel_; }
    const Writings& corps() const { return corps_; }
    const Writings& instances() const { return instances_; }

private:
    std::unordered_set<std::string> codes_;
    std::unordered_map<std::string, std::string> code_of_name_, departements_;  // by folded name, by key
    Writings personnel_, corps_, instances_;
};

}  // namespace scrutinctl
