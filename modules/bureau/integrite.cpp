// SPDX-License-Identifier: AGPL-3.0-or-later
// « Contrôler maintenant »: one button, and a page to print, sign and join to the minutes. The check itself is an entry of the journal, with the log as
// it was, so that the next one sees that it only grew.
#include "bureau/integrity.hpp"
#include "bureau/page_parts.hpp"
#include "bureau/pages.hpp"
#include "domain/local_time.hpp"
#include "web/throttle.hpp"

namespace bureau {

namespace {

constexpr unsigned k_checks_allowed = 20, k_checks_window = 3600;  // each reads a whole log

}  // namespace

// 200 with what was compared and found; 404 for a scrutin that is not of one of his bureaux; 429 past 20 in an hour.
Answer check_scrutin(const web::Request& request, web::Env& env, const Desk& desk, const std::string& journal_key) {
    const auto scrutin = watched_by(env, desk, domain::DeskRight::integrity, request.param("code"));
    if (!scrutin) return scrutin.error();
    if (!web::throttle_allows(env, "desk-integrity", std::to_string(env.session.voter->value), k_checks_allowed, k_checks_window))
        return util::failure(util::Fault::throttled, "desk integrity");
    const Membership& by = *desk.role_for(domain::DeskRight::integrity, scrutin->bureau);
    const Integrity found = check_integrity(env, *scrutin, journal_key);
    record_alone(env, by, "integrity", words_of_check(*scrutin, found));
    util::Json rows = util::Json::array();
    for (const auto& finding : found.findings)
        rows.push_back({{"what", finding.what}, {"holds", finding.why_not.empty()}, {"why_not", finding.why_not}});
    return web::Response::page("bureau/integrite",
                               {{"title", "Contrôle d’intégrité : " + scrutin->title},
                                {"back", back_link("/bureau/scrutins/" + scrutin->code, "Participation de ce scrutin")},
                                {"scrutin_title", scrutin->title},
                                {"code", scrutin->code},
                                {"bureau", scrutin->bureau},
                                {"state", label_of_state(scrutin->state)},
                                {"at", domain::paris_full(env.now)},
                                {"member", std::to_string(by.id)},
                                {"role", domain::label_of(by.role)},
                                {"holds", found.holds()},
                                {"rows", std::move(rows)},
                                {"emargements", number(found.emargements)},
                                {"ballots", number(found.ballots)},
                                {"has_log", !found.log_root.empty()},
                                {"log_size", number(found.log_size)},
                                {"log_root", found.log_root},
                                {"journal_entries", number(found.journal_entries)}});
}

}  // namespace bureau
