// SPDX-License-Identifier: AGPL-3.0-or-later
// « Qui vote où »: rules over what is known of an elector name the instances he elects; the scrutin is the one
// of that instance whose perimeter holds him. Each right keeps the rule that gave it, for the elector to read. Knows no file and no table.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace domain {

// A condition left empty holds for everybody.
struct EligibilityRule {
    std::string personnel, corps, academie_code, departement;
    std::string instance;  // « CAPD PE »
    std::string reason;    // as the elector reads it; {personnel}, {corps}, {academie} and {departement} stand for his own
};

struct ElectorProfile {
    std::string_view personnel, corps, academie_code, departement;
};

// The rule's reason with the elector's own words; `academie`: its name.
std::string reason_of(const EligibilityRule& rule, const ElectorProfile& elector, std::string_view academie);

enum class ScrutinLevel { national, academique, departemental };
// Of scrutin.level: « national », « académique »; what is neither is départemental.
ScrutinLevel scrutin_level_of(std::string_view word);

struct ScrutinPlace {
    std::string instance;
    ScrutinLevel level = ScrutinLevel::national;
    std::string perimeter;  // empty, an académie's code or a département, as `level` says
};

class Eligibility {
public:
    Eligibility(std::vector<EligibilityRule> rules, const std::vector<ScrutinPlace>& scrutins);

    struct Right {
        std::size_t scrutin;  // index into the scrutins given
        std::size_t rule;     // index of the first rule that gave it
    };
    struct Rights {
        std::vector<Right> rights;                 // in the order of the rules
        std::vector<std::size_t> without_scrutin;  // rules that hold but whose instance has no scrutin here
    };
    Rights rights_of(const ElectorProfile& elector) const;

    const std::vector<EligibilityRule>& rules() const { return rules_; }

private:
    std::vector<EligibilityRule> rules_;
    std::unordered_map<std::string, std::size_t> scrutins_;  // by instance, level and perimeter
};

}  // namespace domain
