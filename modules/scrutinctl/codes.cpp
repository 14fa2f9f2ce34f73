// SPDX-License-Identifier: AGPL-3.0-or-later
// codes: the codes de vote, weeks before the sealing, so that notices can be printed and handed over; again, for those that a change of the roll
// left without; made anew for who must not use the one he got. Nothing here moves a scrutin.
#include <algorithm>
#include <thread>

#include "domain/identity.hpp"
#include "domain/local_time.hpp"
#include "scrutinctl/audit.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/seal_codes.hpp"
#include "scrutinctl/select.hpp"
#include "scrutinctl/store_codes.hpp"
#include "util/text.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

// Codes are made until the sealing begins; one that was cut off in the middle of its scrutins goes on by itself.
util::Result<std::vector<store::Scrutin>> scrutins_before_sealing(Office& office) {
    auto scrutins = chosen_scrutins(office, {});
    if (!scrutins) return scrutins;
    for (const store::Scrutin& scrutin : *scrutins)
        if (scrutin.state >= domain::ScrutinState::sealed)
            return refused(
                "le scrutin " + scrutin.code +
                " est scellé : les codes ne changent plus que par le réassort. Un scellement interrompu se reprend par « seal »");
    return scrutins;
}

util::Status make_missing(Office& office, const std::vector<store::Scrutin>& scrutins, const Arguments& arguments) {
    const auto threads = arguments.number("--threads", std::max(1U, std::thread::hardware_concurrency()), 1, 256);
    if (!threads) return threads.error();
    const NoticesFolder folder{arguments.get("--notices").value_or("notices")};
    if (arguments.has("--recommencer"))
        if (const util::Status given_up = give_up_codes(office, scrutins, folder); !given_up) return given_up;
    const auto batch = make_codes(office, scrutins, folder, *threads);
    if (!batch) return batch.error();
    if (!*batch) {
        say("Chaque électeur a son code de vote ; rien n’est changé.");
        return util::Done{};
    }
    finish_codes(office, folder, **batch);
    say("Lot " + std::to_string(**batch) + " : " +
        counted(store::count_codes(office.db(), **batch), "code de vote fait", "codes de vote faits") + ". Ils sont dans " +
        folder.notices(**batch).string() + " et nulle part ailleurs : faites imprimer ce fichier, puis détruisez-le.");
    return util::Done{};
}

std::string cause_in_words(std::string_view cause) {
    return cause == "struck" ? "radié" : cause == "rolls" ? "autres scrutins" : "refait";
}

// Whose codes are to be made anew, by --voter, --place or --lot; one of them.
util::Result<std::vector<domain::VoterId>> chosen_codes(Office& office, const Arguments& arguments) {
    std::vector<domain::VoterId> voters;
    const auto add = [&](const std::vector<domain::VoterId>& more) { voters.insert(voters.end(), more.begin(), more.end()); };
    for (const std::string& typed : arguments.all("--voter")) {
        const auto address = domain::normalise_address(typed);
        const auto found = address ? store::coded_of_address(office.db(), *address) : std::vector<domain::VoterId>();
        if (found.empty())
            return bad_input("--voter : aucun électeur de cette adresse n’a de code remis (« " + util::printable(typed, 80) +
                             " »)");
        add(found);
    }
    if (const auto place = arguments.get("--place")) {
        const auto found = store::coded_of_place(office.db(), std::string(util::trim(*place)));
        if (found.empty()) return bad_input("--place : aucun code n’a été fait pour ce lieu de remise");
        add(found);
    }
    if (arguments.has("--lot")) {
        const auto number = arguments.number("--lot", 0, 1, 60'000);
        if (!number) return number.error();
        const auto found = store::coded_of_batch(office.db(), static_cast<unsigned>(*number));
        if (found.empty()) return bad_input("--lot : aucun lot fini n’a ce numéro, ou il ne lui reste aucun code");
        add(found);
    }
    if (voters.empty()) return bad_input("de qui ? --voter ADRESSE, --place LIEU ou --lot N");
    std::sort(voters.begin(), voters.end(), [](auto one, auto other) { return one.value < other.value; });
    voters.erase(std::unique(voters.begin(), voters.end(), [](auto one, auto other) { return one.value == other.value; }),
                 voters.end());
    return voters;
}

}  // namespace

util::Status codes(Office& office, const Arguments& arguments) {
    const auto scrutins = scrutins_before_sealing(office);
    if (!scrutins) return scrutins.error();
    return make_missing(office, *scrutins, arguments);
}

util::Status codes_reissue(Office& office, const Arguments& arguments) {
    const auto scrutins = scrutins_before_sealing(office);
    if (!scrutins) return scrutins.error();
    if (store::unfinished_batch(office.db())) return refused("un lot de codes a été interrompu : relancez d’abord « codes »");
    const auto voters = chosen_codes(office, arguments);
    if (!voters) return voters.error();
    const auto now = office.clock().now();
    office.db().transaction([&] {
        std::size_t dead = 0;
        for (const domain::VoterId voter : *voters) dead += store::withdraw_code(office.db(), voter, "reissued", now);
        record(office, "codes", std::to_string(dead) + " codes à refaire : les anciens n’ouvrent plus rien");
        return true;
    });
    say(counted(voters->size(), "ancien code n’ouvre", "anciens codes n’ouvrent") +
        " plus rien ; « codes withdrawn » liste les plis à retirer.");
    return make_missing(office, *scrutins, arguments);
}

util::Status codes_withdrawn(Office& office, const Arguments&) {
    const auto notices = store::withdrawn_notices(office.db());
    for (const auto& one : notices)
        say(util::printable(one.place, 160) + " ; " + util::printable(one.last_name, 80) + " " +
            util::printable(one.first_name, 80) + " ; " + one.email + " ; lot " + std::to_string(one.batch) + " ; " +
            cause_in_words(one.cause) + " ; " + domain::paris_full(one.at));
    say(counted(notices.size(), "pli à retirer", "plis à retirer") + ".");
    return util::Done{};
}

}  // namespace scrutinctl
