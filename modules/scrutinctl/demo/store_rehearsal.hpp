// SPDX-License-Identifier: AGPL-3.0-or-later
// SQL of rehearsals: an invented elector's vote, written as the vote worker writes it and with that worker's account.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "db/connection.hpp"
#include "domain/envelope.hpp"
#include "domain/ids.hpp"
#include "util/clock.hpp"

namespace scrutinctl::store {

struct Rehearser {
    domain::VoterId id;
    domain::Envelope envelope;
    std::vector<domain::ScrutinId> open_scrutins;  // open, and not voted yet
};
// The elector of an address; nothing if there is none or no envelope.
std::optional<Rehearser> find_rehearser(db::Connection& db, const std::string& email);

std::optional<std::string> find_credential(db::Connection& db, domain::ScrutinId scrutin, const std::string& binding);

// Émargement and ballot, as it waits, in one transaction; with `mailed`, a number drawn by lot, a mail that leaves in a day too, as long as
// a real one. False if the scrutin is not open or the elector has voted.
bool store_vote(db::Connection& vote_db, domain::ScrutinId scrutin, domain::VoterId voter, const std::string& ballot_tag,
                const std::string& credential_tag, const std::string& sealed, util::Instant at,
                std::optional<std::uint64_t> mailed);

}  // namespace scrutinctl::store
