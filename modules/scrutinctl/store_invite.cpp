// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/store_invite.hpp"

namespace scrutinctl::store {

namespace {

// NULL where nobody is spared: nothing leaves later than that.
std::optional<std::string> spared(const Campaign& campaign) {
    return campaign.spared_since ? std::optional(util::to_sql(*campaign.spared_since)) : std::nullopt;
}

}  // namespace

std::uint64_t count_to_invite(db::Connection& db, const Campaign& campaign) {
    const auto row = db.select_one(
        "SELECT COUNT(*) FROM voter v LEFT JOIN invitation i ON i.campaign = ? AND i.voter_id = v.id "
        "WHERE v.struck_off_at IS NULL AND i.voter_id IS NULL "
        "AND (? <> 'not-activated' OR NOT EXISTS (SELECT 1 FROM account a WHERE a.voter_id = v.id)) "
        "AND (? = '' OR v.academie_code = ?) "
        "AND NOT EXISTS (SELECT 1 FROM invitation j WHERE j.voter_id = v.id AND j.leaves_at > ?) "
        "AND (? <> 'non-voters' OR EXISTS (SELECT 1 FROM voter_scrutin r JOIN scrutin s ON s.id = r.scrutin_id AND s.state = 'open' AND s.suspended_at IS NULL "
        "LEFT JOIN emargement e ON e.scrutin_id = r.scrutin_id AND e.voter_id = r.voter_id "
        "WHERE r.voter_id = v.id AND e.voter_id IS NULL))",
        {campaign.name, campaign.kind, campaign.academie, campaign.academie, spared(campaign), campaign.kind});
    return static_cast<std::uint64_t>(row->number(0));
}

std::vector<Invited> next_to_invite(db::Connection& db, const Campaign& campaign, domain::VoterId after, unsigned limit) {
    std::vector<Invited> next;
    for (
        const auto& row : db.select(
            "SELECT v.id, v.email, v.civility, v.last_name FROM voter v LEFT JOIN invitation i ON i.campaign = ? AND i.voter_id = v.id "
            "WHERE v.id > ? AND v.struck_off_at IS NULL AND i.voter_id IS NULL "
            "AND (? <> 'not-activated' OR NOT EXISTS (SELECT 1 FROM account a WHERE a.voter_id = v.id)) "
            "AND (? = '' OR v.academie_code = ?) "
            "AND NOT EXISTS (SELECT 1 FROM invitation j WHERE j.voter_id = v.id AND j.leaves_at > ?) "
            "AND (? <> 'non-voters' OR EXISTS (SELECT 1 FROM voter_scrutin r JOIN scrutin s ON s.id = r.scrutin_id AND s.state = 'open' AND s.suspended_at IS NULL "
            "LEFT JOIN emargement e ON e.scrutin_id = r.scrutin_id AND e.voter_id = r.voter_id "
            "WHERE r.voter_id = v.id AND e.voter_id IS NULL)) ORDER BY v.id LIMIT ?",
            {campaign.name, after.value, campaign.kind, campaign.academie, campaign.academie, spared(campaign), campaign.kind,
             limit}))
        next.push_back({domain::VoterId{static_cast<std::uint32_t>(row.number(0))}, row.text(1), row.text(2), row.text(3)});
    return next;
}

std::uint64_t count_invited(db::Connection& db, std::string_view campaign) {
    return static_cast<std::uint64_t>(db.select_one("SELECT COUNT(*) FROM invitation WHERE campaign = ?", {campaign})->number(0));
}

std::uint64_t count_electors(db::Connection& db) {
    return static_cast<std::uint64_t>(db.select_one("SELECT COUNT(*) FROM voter WHERE struck_off_at IS NULL")->number(0));
}

std::map<std::string, util::Instant> last_departures(db::Connection& db, util::Instant now) {
    std::map<std::string, util::Instant> last;
    for (const auto& row : db.select("SELECT SUBSTRING_INDEX(v.email, '@', -1), MAX(i.leaves_at) FROM invitation i "
                                     "JOIN voter v ON v.id = i.voter_id WHERE i.leaves_at > ? GROUP BY 1",
                                     {util::to_sql(now)}))
        last[row.text(0)] = row.instant(1);
    return last;
}

bool invite(db::Connection& db, const Campaign& campaign, const Invited& invited, const InvitationMail& mail, util::Instant now) {
    if (!db.insert_unique("INSERT INTO invitation (campaign, voter_id, leaves_at) VALUES (?, ?, ?)",
                          {campaign.name, invited.voter.value, util::to_sql(mail.leaves_at)}))
        return false;
    return db.insert_unique(
        "INSERT INTO outbox (idempotency_key, channel, recipient, subject, body, created_at, next_attempt_at) "
        "VALUES (?, 'email', ?, ?, ?, ?, ?)",
        {mail.idempotency_key, invited.email, mail.subject, mail.body, util::to_sql(now), util::to_sql(mail.leaves_at)});
}

}  // namespace scrutinctl::store
