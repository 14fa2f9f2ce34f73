// SPDX-License-Identifier: AGPL-3.0-or-later
// The one transaction of a réassort.
#include "reassort/issue.hpp"

#include <stdexcept>

#include "domain/escrow.hpp"
#include "domain/identity.hpp"
#include "domain/voting_code.hpp"
#include "reassort/store.hpp"
#include "util/bytes.hpp"

namespace reassort {
namespace {

unsigned remaining_after(unsigned sent) { return sent < k_requests_allowed ? k_requests_allowed - sent : 0; }

Issued verdict_of(const Request& request, const History& history) {
    switch (request.outcome) {
        case Outcome::sent: return {Verdict::sent, remaining_after(history.sent)};
        case Outcome::mismatch: return {Verdict::mismatch, remaining_after(history.sent)};
        case Outcome::frozen: return {Verdict::frozen, 0};
        case Outcome::shown: break;  // of the other way, whose keys are its own
    }
    return {};
}

}  // namespace

bool is_his(const Keys& keys, const Demand& demand, const Sealed& sealed) {
    const auto check = domain::identity_check(keys.numen_pepper.view(), demand.numen, demand.birth_date);
    return util::equal_constant_time(check, sealed.identity_check);
}

bool seal_anew(db::Connection& db, const Keys& keys, domain::VoterId voter, const Sealed& sealed, std::string_view voting_code) {
    const auto credential = domain::open_escrow(keys.escrow_public_key, keys.escrow_secret_key.view(), sealed.escrow);
    if (!credential) throw std::runtime_error("reassort: an escrow does not open with this worker's key");
    return replace_envelope(db, voter,
                            domain::seal_envelope(voting_code, credential->view(), sealed.envelope.voter_ref,
                                                  sealed.envelope.generation + 1));
}

Issued issue_code(db::Connection& db, const Keys& keys, domain::VoterId voter, const Demand& demand, bool defi_holds,
                  std::string_view idempotency_key, util::Instant now, const Post& post) {
    Issued issued;
    const bool stored = db.transaction([&] {
        issued = {};
        const auto sealed = lock_sealed(db, voter);
        if (!sealed) return true;
        const History history = history_of(db, voter, now);
        if (const auto before = request_of_key(db, idempotency_key)) {
            issued = verdict_of(*before, history);
            return true;
        }
        issued.remaining = remaining_after(history.sent);
        if (history.frozen) {
            issued.verdict = Verdict::frozen;
            return true;
        }
        if (history.sent >= k_requests_allowed) {
            issued.verdict = Verdict::none_left;
            return true;
        }
        if (history.mismatches_today >= k_mismatches_allowed) {
            issued.verdict = Verdict::too_many_tries;
            return true;
        }
        const unsigned generation = sealed->envelope.generation;
        if (!is_his(keys, demand, *sealed) || !defi_holds) {
            issued.verdict = Verdict::mismatch;
            return record(db, voter, {Outcome::mismatch, generation, "", now, {}}, idempotency_key);
        }
        if (!post.may_send()) {
            issued.verdict = Verdict::busy;
            return true;
        }
        const auto code = domain::make_voting_code();
        issued = {Verdict::sent, remaining_after(history.sent + 1)};
        if (!seal_anew(db, keys, voter, *sealed, code.view())) return false;
        const auto message = post.announce(code.view(), issued.remaining);
        return record(db, voter, {Outcome::sent, generation + 1, phone_end(demand.to.address), now, message}, idempotency_key);
    });
    // The lock makes both impossible for one elector; a key of another elector's form would be ours twice.
    if (!stored) throw std::runtime_error("reassort: the request's key or the envelope changed under the lock");
    return issued;
}

void freeze(db::Connection& db, domain::VoterId voter, util::Instant now) {
    // Twice is once, but after the office has reopened it is another time.
    const unsigned reopened = history_of(db, voter, now).reopened;
    const std::string key =
        util::sha256_hex("reassort-freeze|" + std::to_string(voter.value) + (reopened == 0 ? "" : "|" + std::to_string(reopened)));
    const auto last = last_given(db, voter);
    record(db, voter, {Outcome::frozen, last ? last->generation : 0, "", now, {}}, key);
}

}  // namespace reassort
