// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/office_turn.hpp"

#include <stdexcept>

#include "cli/sentence.hpp"
#include "domain/local_time.hpp"
#include "scrutinctl/store_turn.hpp"

namespace scrutinctl {

namespace {

constexpr unsigned k_patience_seconds = 5;

std::string act_in_words(const store::Turn& turn) {
    return "« " + turn.command + " », lancé par " + turn.actor + " " + domain::paris_full(turn.taken_at);
}

}  // namespace

util::Status take_turn(Office& office, std::string_view command) {
    db::Connection& db = office.db();
    const bool taken = store::lock_turn(db, k_patience_seconds);
    const auto before = store::last_turn(db);
    if (!taken)
        return cli::refused("un autre acte du bureau est en cours (" + (before ? act_in_words(*before) : "à l’instant") +
                            ") : un seul à la fois. Attendez sa fin et relancez celui-ci ; rien n’est changé");
    if (before && !before->ended) cli::say("À savoir : " + act_in_words(*before) + ", a été interrompu avant sa fin.");
    store::write_turn(db, command, office.actor(), office.clock().now());
    office.set_has_turn(true);
    return util::Done{};
}

TurnEnd::~TurnEnd() {
    if (!office_.has_turn()) return;
    office_.set_has_turn(false);
    try {
        store::end_turn(office_.db());
    } catch (const std::exception&) {  // the server gives the lock back when the connection ends
    }
}

void require_turn(Office& office) {
    if (!office.has_turn() || store::holds_turn(office.db())) return;
    throw std::runtime_error(
        "la connexion à la base de données a été perdue pendant l’acte, et avec elle son tour. Ce qui est déjà enregistré le reste : relancez la "
        "commande");
}

std::string act_under_way(Office& office) {
    if (store::is_turn_free(office.db())) return {};
    const auto turn = store::last_turn(office.db());
    return turn ? act_in_words(*turn) : "un acte du bureau";
}

}  // namespace scrutinctl
