// SPDX-License-Identifier: AGPL-3.0-or-later
// A line of the roll before it is one: its texts as electeurs.csv and the desk's form have them, what each may hold, and where « qui vote où » sends such
// a person. NUMEN and date of birth are none of them: the office's tool alone reads those. Knows no file, no table and no page.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "domain/eligibility.hpp"
#include "domain/line_words.hpp"
#include "util/json.hpp"

namespace domain {

struct LineTexts {
    std::string email, civility, last_name, first_name, personnel, corps, affectation, academie_code, departement, notice_place;
};

struct LineColumn {
    std::string_view name;  // the column of electeurs.csv, and the field of a form
    std::string LineTexts::*text;
    std::string_view key, label;  // key: in roll_change.detail
    std::size_t longest;          // characters
    bool is_required, folds_breaks;
};
inline constexpr std::array<LineColumn, 10> k_line_columns{
    {{"courriel", &LineTexts::email, "email", "courriel", 190, true, false},
     {"civilite", &LineTexts::civility, "civility", "civilité", 8, false, false},
     {"nom", &LineTexts::last_name, "last_name", "nom", 80, true, false},
     {"prenom", &LineTexts::first_name, "first_name", "prénom", 80, true, false},
     {"personnel", &LineTexts::personnel, "personnel", "personnel", 80, true, false},
     {"corps", &LineTexts::corps, "corps", "corps", 80, true, false},
     {"affectation", &LineTexts::affectation, "affectation", "affectation", 160, true, true},
     {"academie", &LineTexts::academie_code, "academie", "académie", 80, true, false},
     {"departement", &LineTexts::departement, "departement", "département", 8, true, false},
     {"lieu_notice", &LineTexts::notice_place, "notice_place", "lieu de la notice", 160, true, true}}};

// The object that roll_change.detail keeps of a late elector, and back: what is no text there is empty.
util::Json detail_of(const LineTexts& line);
LineTexts line_in(const util::Json& detail);

inline constexpr std::size_t k_most_scrutins = 7;     // of one elector, in the law's practice; a larger number is a rule gone wrong
inline constexpr std::size_t k_longest_reason = 160;  // code points, with the elector's own words in it

// The rules of an election, over whole lines. Lines are in the writing of words().
class LineRules {
public:
    LineRules(std::vector<AcademieName> academies, std::vector<ScrutinPlace> scrutins, std::vector<EligibilityRule> rules);

    const LineWords& words() const { return words_; }
    const EligibilityRule& rule(std::size_t number) const { return eligibility_.rules()[number]; }
    // Profiles that a rule names, each once, in the rules' order.
    std::vector<std::string_view> profiles() const;

    struct Fault {
        enum class Kind { no_scrutin, no_rule, too_many, long_reason } kind;
        std::string_view column;  // of k_line_columns
        std::size_t rule;         // of no_scrutin and long_reason
    };
    struct Found {
        std::vector<Eligibility::Right> rights;  // scrutins are indices of those given
        std::vector<Fault> faults;
        std::string nearest;  // the known profile most like one that no rule names; empty: a rule names it, or none is like it
    };
    Found of(const LineTexts& line) const;
    // Why he votes there, as he reads it.
    std::string reason_of(std::size_t rule, const LineTexts& line) const;

    // Which column decides between the scrutins of an instance, and what it may hold.
    struct Perimeters {
        std::string_view column = "personnel";  // so where all are national
        std::vector<std::string_view> known;
    };
    Perimeters perimeters_of(std::string_view instance) const;

private:
    std::vector<AcademieName> academies_;
    std::vector<ScrutinPlace> scrutins_;
    LineWords words_;
    Eligibility eligibility_;
};

}  // namespace domain
