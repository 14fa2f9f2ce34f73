// SPDX-License-Identifier: AGPL-3.0-or-later
// Every statement of the scrutins worker, each a named function that gives plain structs. It reads émargement by one
// elector only (his own row), and of `urne` the public log and what names it, never a ballot nor a credential.
// All functions throw db::Error when the server fails.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "db/connection.hpp"
#include "domain/ids.hpp"
#include "domain/scrutin.hpp"
#include "domain/sharing.hpp"
#include "util/clock.hpp"

namespace scrutins {

// A scrutin as anyone may know it. Drafts are never given.
struct Scrutin {
    domain::ScrutinId id;
    std::string code, title, instance, level;
    unsigned seats = 0;
    domain::ScrutinState state = domain::ScrutinState::published;
    unsigned position = 0;  // in the elector's own scrutins
    domain::Stop stop = {};
};

// A scrutin of one elector.
struct MyScrutin {
    Scrutin scrutin;
    std::string reason;
    std::optional<util::Instant> voted_at;

    std::pair<unsigned, domain::ScrutinId> place() const { return {scrutin.position, scrutin.id}; }
    std::string_view code_of() const { return scrutin.code; }
    MyScrutin without_roll() const { return {scrutin, {}, {}}; }
};
std::vector<MyScrutin> my_scrutins(db::Connection& db, domain::VoterId voter);

struct Candidate {
    unsigned position = 0;
    std::string civility, last_name, first_name, affectation;
};
struct CandidateList {
    std::uint32_t id = 0;
    unsigned position = 0;
    std::string name, union_name;
    bool has_profession = false;
    std::vector<Candidate> candidates;            // in list order
    std::vector<domain::UnionShare> unions = {};  // of a common list
    std::string logo = {};                        // digest of the one that pages show
    unsigned logo_width = 0, logo_height = 0;     // pixels
};
// Of a statement's columns from `first` on: id, position, name, union, whether it has a profession de foi; position, civility, last and first
// name, affectation.
CandidateList candidate_list_from(const db::Row& row, std::size_t first);
Candidate candidate_from(const db::Row& row, std::size_t first);
// In the order of the draw.
std::vector<CandidateList> candidate_lists(db::Connection& db, domain::ScrutinId scrutin);
// A PDF's bytes.
std::optional<std::string> profession_de_foi(db::Connection& db, domain::ScrutinId scrutin, unsigned position);

struct RollRow {
    std::string sort_key, last_name, first_name, affectation, corps;
};
// Rows of the roll with from <= sort_key < until, in the roll's order, without the first `skip`.
std::vector<RollRow> roll_rows(db::Connection& db, domain::ScrutinId scrutin, std::string_view from, unsigned skip,
                               std::string_view until, unsigned limit);
// Sort keys with from <= key < before, backwards: nearest to `before` first.
std::vector<std::string> roll_keys_before(db::Connection& db, domain::ScrutinId scrutin, std::string_view from,
                                          std::string_view before, unsigned limit);
// How many rows of the roll bear this very key.
unsigned homonyms(db::Connection& db, domain::ScrutinId scrutin, std::string_view key);
// Reads the whole roll's index: ask once per data version.
std::uint64_t roll_size(db::Connection& db, domain::ScrutinId scrutin);

struct Reclamation {
    std::string number, object, scrutin_title, body, state, answer;  // object and state: the columns' words
    util::Instant created_at{};
    std::optional<util::Instant> answered_at;
};
// Newest first.
std::vector<Reclamation> my_reclamations(db::Connection& db, domain::VoterId voter);
std::optional<Reclamation> my_reclamation(db::Connection& db, domain::VoterId voter, std::string_view number);

// What became of a réclamation after it was filed, in order.
struct ReclamationStep {
    util::Instant at;
    std::string state, answer;
};
std::vector<ReclamationStep> steps_of(db::Connection& db, std::string_view number);

struct NewReclamation {
    domain::VoterId voter;
    std::string object;
    std::optional<domain::ScrutinId> scrutin;
    std::string body;
    std::string idempotency_key;  // 64 hex
};
// Files it once and gives its number: the same key again gives the first number and writes nothing. `announce` runs in
// the same transaction, once, with the number.
std::string file_reclamation(db::Connection& db, const NewReclamation& filed, util::Instant now,
                             const std::function<void(const std::string& number)>& announce);

// All scrutins that are not drafts, in the order of display.
std::vector<Scrutin> all_scrutins(db::Connection& db);
std::optional<Scrutin> find_scrutin(db::Connection& db, std::string_view code);

// The proclaimed text of a scrutin, with the digest that stands beside it.
struct StoredProclamation {
    std::string digest, text;
};
std::optional<StoredProclamation> proclamation_of(db::Connection& db, domain::ScrutinId scrutin);

// A published file of a scrutin: the minutes, the archive.
struct Paper {
    std::string name, digest;  // digest: hex SHA-256
    std::uint64_t size = 0;    // bytes
    util::Instant at{};
};
std::vector<Paper> papers_of(db::Connection& db, domain::ScrutinId scrutin);  // by name

// What was sealed of a scrutin: its text with the digest, the Belenios election.
struct PublicSeal {
    Scrutin scrutin;
    std::string digest, text, election;
};
std::optional<PublicSeal> public_seal(db::Connection& db, std::string_view code);

// The list of programs as sealed (number 1), and as the bureau accepted it afterwards.
struct Programs {
    unsigned number = 0;
    std::string digest, text, reason;
    util::Instant at;
};
std::vector<Programs> sealed_programs(db::Connection& db);

// The public log of a sealed scrutin; size 0 and no signature before its first head.
struct PublicLog {
    Scrutin scrutin;
    std::string uuid, log_key;
    std::uint64_t size = 0;
    std::string root, signature;
};
std::optional<PublicLog> public_log(db::Connection& db, std::string_view code);
// The newest cosignature of each witness: its published key, how many ballots it saw, its line of a signed note.
struct Cosignature {
    std::string witness;
    std::uint64_t size = 0;
    std::string line;
};
std::vector<Cosignature> cosignatures(db::Connection& db, domain::ScrutinId scrutin);
// `text`: what it signed. An older one than that which is kept changes nothing.
void keep_cosignature(db::Connection& db, domain::ScrutinId scrutin, const Cosignature& cosignature, const std::string& text);
// Hex, of the signed head of this size; empty if there is none.
std::string root_of_head(db::Connection& db, domain::ScrutinId scrutin, std::uint64_t size);

// The sealed election record, byte for byte.
std::optional<std::string> election_record(db::Connection& db, std::string_view code);

// A ballot's place in the public log, from 0; nothing if it is not there (yet: sceau appends in small batches).
std::optional<std::uint64_t> leaf_index_of(db::Connection& db, domain::ScrutinId scrutin, std::string_view hash_hex);

}  // namespace scrutins
