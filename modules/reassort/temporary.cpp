// SPDX-License-Identifier: AGPL-3.0-or-later
#include "reassort/temporary.hpp"

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "reassort/issue.hpp"
#include "reassort/store.hpp"
#include "reassort/store_temporary.hpp"
#include "util/bytes.hpp"

namespace reassort {
namespace {

constexpr std::chrono::hours k_day{24};

bool has_expired(const Temporary& one, util::Instant now) { return now >= one.sent_at + k_temporary_lives; }

// Why nothing is sent to this elector now, proofs apart.
std::optional<Asked> stops(const History& history, const std::vector<Temporary>& today) {
    if (history.frozen) return Asked::frozen;
    if (history.sent >= k_requests_allowed) return Asked::none_left;
    if (history.mismatches_today >= k_mismatches_allowed) return Asked::too_many_tries;
    if (today.size() >= k_temporaries_a_day) return Asked::too_many_codes;
    return std::nullopt;
}

// Precondition: inside the transaction that holds the elector's lock.
Asked send(db::Connection& db, const Keys& keys, domain::VoterId voter, const Destination& to, std::string_view idempotency_key,
           util::Instant now, const TemporaryPost& post) {
    if (!post.may_send(to)) return Asked::busy;
    const std::string code = make_temporary_code();
    Temporary temporary;
    temporary.sent_at = now;
    temporary.code_check = check_of(keys, voter, now, code);
    temporary.destination = seal_destination(keys, voter, to);
    temporary.message_id = post.announce(to, code);
    if (!insert_temporary(db, voter, temporary, idempotency_key))
        throw std::runtime_error("reassort: the key of a temporary code is another's");
    return Asked::sent;
}

Shown show_again(const Keys& keys, domain::VoterId voter, const Request& before, const Sealed& sealed,
                 std::string_view temporary_code, std::string_view form_key, util::Instant now) {
    if (before.outcome != Outcome::shown || now >= before.at + k_shown_again) return {Look::shown_before, {}, 0};
    auto code = shown_code(keys, voter, before.generation, form_key, temporary_code);
    // Another code has replaced it, or another temporary code was typed into the same page.
    if (!domain::open_envelope(sealed.envelope, code.view())) return {Look::shown_before, {}, 0};
    return {Look::shown, std::move(code), 0};
}

// The one that was typed among today's; every one is compared.
const Temporary* typed_one(const std::vector<Temporary>& today, const Keys& keys, domain::VoterId voter, std::string_view code) {
    const Temporary* found = nullptr;
    for (const Temporary& one : today)
        if (util::equal_constant_time(check_of(keys, voter, one.sent_at, code), one.code_check)) found = &one;
    return found;
}

// What stands against it; nothing when it serves. Counts a wrong try.
std::optional<Look> judge(db::Connection& db, const std::vector<Temporary>& today, const Temporary* typed, util::Instant now) {
    if (typed && typed->spent_at) return Look::shown_before;
    if (typed && has_expired(*typed, now)) return Look::expired;
    const auto newest = std::find_if(today.begin(), today.end(), [](const Temporary& one) { return !one.spent_at; });
    if (newest == today.end()) return Look::no_code;
    if (newest->tries >= k_wrong_tries_allowed) return Look::dead;
    if (typed) return std::nullopt;
    count_wrong_try(db, newest->id);
    return newest->tries + 1 >= k_wrong_tries_allowed ? Look::dead : Look::wrong;
}

}  // namespace

Asked ask_temporary(db::Connection& db, const Keys& keys, domain::VoterId voter, const Demand& demand, bool defi_holds,
                    std::string_view idempotency_key, util::Instant now, const TemporaryPost& post) {
    Asked asked = Asked::not_ready;
    const auto work = [&] {
        asked = Asked::not_ready;
        const auto sealed = lock_sealed(db, voter);
        if (!sealed) return;
        asked = Asked::sent;
        if (has_temporary_of_key(db, idempotency_key)) return;
        asked = Asked::mismatch;
        if (request_of_key(db, idempotency_key)) return;
        if (const auto stop = stops(history_of(db, voter, now), temporaries_of(db, voter, now - k_day))) {
            asked = *stop;
        } else if (!is_his(keys, demand, *sealed) || !defi_holds) {
            record(db, voter, {Outcome::mismatch, sealed->envelope.generation, "", now, {}}, idempotency_key);
        } else {
            asked = send(db, keys, voter, demand.to, idempotency_key, now, post);
        }
    };
    db.transaction([&] {
        work();
        return true;
    });
    return asked;
}

Asked resend_temporary(db::Connection& db, const Keys& keys, domain::VoterId voter, std::string_view idempotency_key,
                       util::Instant now, const TemporaryPost& post) {
    Asked asked = Asked::not_ready;
    const auto work = [&] {
        asked = Asked::not_ready;
        if (!lock_sealed(db, voter)) return;
        asked = Asked::sent;
        if (has_temporary_of_key(db, idempotency_key)) return;
        const auto today = temporaries_of(db, voter, now - k_day);
        if (const auto stop = stops(history_of(db, voter, now), today)) {
            asked = *stop;
            return;
        }
        const auto pending = pending_of(db, keys, voter, now);
        asked = !pending                                  ? Asked::nothing_to_resend
                : now < pending->sent_at + k_resend_after ? Asked::too_soon
                                                          : send(db, keys, voter, pending->to, idempotency_key, now, post);
    };
    db.transaction([&] {
        work();
        return true;
    });
    return asked;
}

std::optional<Pending> pending_of(db::Connection& db, const Keys& keys, domain::VoterId voter, util::Instant now) {
    const auto recent = temporaries_of(db, voter, now - k_resend_within);
    if (recent.empty() || recent.front().spent_at) return std::nullopt;
    const Temporary& newest = recent.front();
    const auto to = open_destination(keys, voter, newest.destination);
    if (!to) return std::nullopt;
    return Pending{*to, newest.sent_at, newest.message_id, !has_expired(newest, now) && newest.tries < k_wrong_tries_allowed};
}

Shown show_code(db::Connection& db, const Keys& keys, domain::VoterId voter, std::string_view temporary_code,
                std::string_view form_key, util::Instant now, const std::function<void(unsigned remaining)>& tell) {
    const std::string key = util::sha256_hex("reassort-code|" + std::to_string(voter.value) + "|" + std::string(form_key));
    Shown shown;
    const auto work = [&] {
        shown = {};
        const auto sealed = lock_sealed(db, voter);
        if (!sealed) return true;
        const History history = history_of(db, voter, now);
        const unsigned left = history.sent < k_requests_allowed ? k_requests_allowed - history.sent : 0;
        if (const auto before = request_of_key(db, key)) {
            shown = show_again(keys, voter, *before, *sealed, temporary_code, form_key, now);
            shown.remaining = left;
            return true;
        }
        const auto today = temporaries_of(db, voter, now - k_day);
        const Temporary* const typed = typed_one(today, keys, voter, temporary_code);
        if (history.frozen) {
            shown.look = Look::frozen;
        } else if (const auto against = judge(db, today, typed, now)) {
            shown.look = *against;
        } else if (left == 0) {
            shown.look = Look::none_left;
        } else {
            const unsigned generation = sealed->envelope.generation + 1;
            auto code = shown_code(keys, voter, generation, form_key, temporary_code);
            if (!seal_anew(db, keys, voter, *sealed, code.view())) return false;
            spend_temporaries(db, voter, now);
            tell(left - 1);
            if (!record(db, voter, {Outcome::shown, generation, "", now, {}}, key)) return false;
            shown = {Look::shown, std::move(code), left - 1};
        }
        return true;
    };
    if (!db.transaction(work)) throw std::runtime_error("reassort: the request's key or the envelope changed under the lock");
    return shown;
}

}  // namespace reassort
