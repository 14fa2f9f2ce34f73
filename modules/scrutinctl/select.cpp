// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/select.hpp"

#include <algorithm>

#include "domain/local_time.hpp"

namespace scrutinctl {

using namespace cli;

util::Result<store::Election> the_election(Office& office) {
    auto election = store::find_election(office.db());
    if (!election) return util::failure(util::Fault::not_found, "aucune élection : scrutinctl import d’abord");
    return *election;
}

util::Status require_reason(Office& office, bool demonstration) {
    if (demonstration) return util::Done{};
    if (office.reason().empty())
        return bad_input("--motif TEXTE est attendu : le journal des actes garde pourquoi chacun est fait");
    if (office.actor() == "root")
        return bad_input(
            "qui agit ? Appelez cette commande par sudo, ou dites-le : scrutinctl --acteur NOM … ; le journal des actes le garde");
    return util::Done{};
}

util::Instant hour_of_acts(Office& office) { return office.clock().hour_by(store::database_now(office.db())); }

util::Result<std::vector<store::Scrutin>> chosen_scrutins(Office& office, const Arguments& arguments) {
    const std::vector<store::Scrutin> all = store::scrutins(office.db());
    if (all.empty()) return util::failure(util::Fault::not_found, "aucun scrutin : scrutinctl import d’abord");
    if (!arguments.has("--scrutin")) return all;
    std::vector<store::Scrutin> chosen;
    for (const std::string& code : arguments.all("--scrutin")) {
        const auto found =
            std::find_if(all.begin(), all.end(), [&](const store::Scrutin& scrutin) { return scrutin.code == code; });
        if (found == all.end()) return util::failure(util::Fault::not_found, "aucun scrutin de code « " + code + " »");
        chosen.push_back(*found);
    }
    return chosen;
}

util::Result<std::vector<store::Scrutin>> scrutins_to_count(Office& office, const Arguments& arguments) {
    auto scrutins = chosen_scrutins(office, arguments);
    if (!scrutins) return scrutins;
    for (const store::Scrutin& scrutin : *scrutins) {
        if (!scrutin.stop.is_annulled()) continue;
        const std::string words = "le scrutin " + scrutin.code + " est annulé depuis le " +
                                  domain::paris_full(scrutin.stop.since()) + " : il n’est jamais dépouillé";
        if (arguments.has("--scrutin")) return refused(words);
        say("À savoir : " + words + ".");
    }
    std::erase_if(*scrutins, [](const store::Scrutin& scrutin) { return scrutin.stop.is_annulled(); });
    return scrutins;
}

}  // namespace scrutinctl
