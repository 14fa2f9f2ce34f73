// SPDX-License-Identifier: AGPL-3.0-or-later
// Statements of the deposit of lists: a candidature's draft, its deposits. None of them asks whose it is: candidature.cpp does, before.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/connection.hpp"
#include "domain/candidature.hpp"

namespace bureau {

struct Candidature {
    unsigned id = 0;
    std::string scrutin_code, scrutin_title, union_name;  // title: empty where no scrutin has the code any more
    std::optional<util::Instant> opens_at, closes_at;
    bool is_fixed = false;  // the scrutin's lists are
};
std::optional<Candidature> find_candidature(db::Connection& db, unsigned id);
// Locks the candidature's row until the caller's transaction ends.
bool lock_candidature(db::Connection& db, unsigned id);

struct DraftFile {
    std::string kind, name, digest;  // kind: "profession" or "logo"
    std::size_t size = 0;
};
struct Draft {
    std::string list_name, names, unions;  // as typed
    std::optional<util::Instant> saved_at;
    std::vector<DraftFile> files;

    const DraftFile* file(std::string_view kind) const;
    // Names all that it holds: what a form was made of is compared with what there is.
    std::string digest() const;
};
Draft find_draft(db::Connection& db, unsigned id);  // an empty one where none was saved
// In the caller's transaction, which holds the candidature's lock.
void save_draft(db::Connection& db, unsigned id, const Draft& draft, util::Instant now);
void put_draft_file(db::Connection& db, unsigned id, std::string_view kind, const domain::DepositedFile& file);
void remove_draft_file(db::Connection& db, unsigned id, std::string_view kind);
domain::DepositedFile draft_file(db::Connection& db, unsigned id, std::string_view kind);

struct PastDeposit {
    std::string number, list_name, digest, decision, reason;  // decision: "accepted", "refused" or empty
    util::Instant at{};
};
std::vector<PastDeposit> past_deposits(db::Connection& db, unsigned id);  // the newest first

// In the caller's transaction, which holds the candidature's lock.
void add_deposit(db::Connection& db, unsigned id, std::string_view number, const domain::Deposit& deposit, std::string_view by,
                 util::Instant now);

std::vector<std::string> delegates_of(db::Connection& db, unsigned id);

}  // namespace bureau
