// SPDX-License-Identifier: AGPL-3.0-or-later
// invite: a mail to everybody on the roll, or to those who have not come yet. Each once in a campaign, whatever stops it; no secret in it;
// each mail domain gets so many a minute. Nothing of it says by person who has voted, to whoever writes or runs it: few are never counted.
#include "cli/progress.hpp"
#include "domain/edition.hpp"
#include "domain/local_time.hpp"
#include "scrutinctl/audit.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/invite.hpp"
#include "scrutinctl/store_invite.hpp"
#include "web/outbox.hpp"
#include "web/render.hpp"
#include "web/site_view.hpp"
#include "web/store.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

constexpr unsigned k_invite_batch = 200;  // in one transaction: what a kill undoes
constexpr unsigned k_rate = 300;          // messages a minute to one mail domain
constexpr std::uint64_t k_few = 10;       // of those who have voted, or have not: fewer would tell who

util::Result<store::Campaign> campaign_of(const Arguments& arguments) {
    const auto reminder = arguments.get("--relance");
    const auto number = arguments.number("--numero", 1, 1, 9);
    if (!number) return number.error();
    if (!reminder) {
        if (arguments.has("--numero")) return bad_input("--numero va avec --relance : l’invitation ne part qu’une fois à chacun");
        return store::Campaign{"invitation", "invitation", "", {}};
    }
    if (*reminder != "not-activated" && *reminder != "non-voters") return bad_input("--relance : not-activated ou non-voters");
    return store::Campaign{*reminder + "-" + std::to_string(*number), *reminder, "", {}};
}

std::string template_of(const store::Campaign& campaign) {
    if (campaign.kind == "not-activated") return "relance-activation";
    return campaign.kind == "non-voters" ? "relance-vote" : "invitation";
}

// Of non-voters a few, or none, are not counted: somebody's vote would show in it.
std::string people(std::uint64_t count, bool is_secret) {
    return is_secret && count < k_few ? "moins de " + counted(k_few, "personne", "personnes")
                                      : counted(count, "personne", "personnes");
}

// Whose turn is when: a mail domain's messages leave one after the other, behind those of campaigns before.
class Turns {
public:
    Turns(std::map<std::string, util::Instant> last, util::Instant now, unsigned rate) : now_(now), rate_(rate) {
        for (const auto& [domain, at] : last) queued_[domain] = static_cast<std::uint64_t>((at - now).count()) * rate / 60 + 1;
    }
    util::Instant next(const std::string& address) {
        const std::uint64_t before = queued_[address.substr(address.find('@') + 1)]++;
        return now_ + std::chrono::seconds{before * 60 / rate_};
    }

private:
    std::map<std::string, std::uint64_t> queued_;
    util::Instant now_;
    unsigned rate_;
};

class CampaignRun {
public:
    CampaignRun(Office& office, const store::Campaign& campaign, const web::Election& election, unsigned rate)
        : office_(office),
          campaign_(campaign),
          now_(office.clock().now()),
          renderer_(office.settings().templates, election.edition, office.settings().strict_templates),
          site_(web::site_view_without_session("", &election, office.settings(),
                                               domain::Edition::load(office.settings().templates, election.edition), "")),
          period_(domain::period_for(nullptr, election.calendar.at(domain::CalendarEvent::vote_opens),
                                     election.calendar.at(domain::CalendarEvent::vote_closes))),
          closes_(domain::paris_full(election.calendar.at(domain::CalendarEvent::vote_closes))),
          turns_(store::last_departures(office.db(), now_), now_, rate) {}

    // How many were written to. What a kill leaves is whole batches. Without `expected` nothing of their number is shown.
    std::uint64_t all(std::optional<std::uint64_t> expected) {
        std::optional<Progress> progress;
        if (expected) progress.emplace("Courriels", *expected);
        std::uint64_t written = 0;
        domain::VoterId last;
        for (;;) {
            const auto next = store::next_to_invite(office_.db(), campaign_, last, k_invite_batch);
            if (next.empty()) return written;
            std::uint64_t batch = 0;
            const auto mails = mails_of(next);
            office_.db().transaction([&] {
                batch = 0;
                for (std::size_t i = 0; i < next.size(); ++i)
                    batch += store::invite(office_.db(), campaign_, next[i], mails[i], now_);
                return true;
            });
            written += batch;
            last = next.back().voter;
            if (progress) progress->advance(next.size());
        }
    }

private:
    std::vector<store::InvitationMail> mails_of(const std::vector<store::Invited>& people) {
        std::vector<store::InvitationMail> mails;
        for (const auto& person : people) {
            web::Text text = web::email_text(renderer_, site_,
                                             {person.email,
                                              template_of(campaign_),
                                              {{"civility", person.civility},
                                               {"last_name", person.last_name},
                                               {"has_civility", !person.civility.empty()},
                                               {"vote_period", period_},
                                               {"closes_at", closes_}},
                                              std::nullopt,
                                              campaign_.name + "|" + std::to_string(person.voter.value)});
            mails.push_back(
                {std::move(text.idempotency_key), std::move(text.subject), std::move(text.body), turns_.next(person.email)});
        }
        return mails;
    }

    Office& office_;
    store::Campaign campaign_;
    util::Instant now_;
    web::Renderer renderer_;
    util::Json site_;
    std::string period_, closes_;
    Turns turns_;
};

}  // namespace

std::string why_not_invited_now(const store::Campaign& campaign, const web::Election& election, util::Instant now) {
    using domain::CalendarEvent;
    const auto& calendar = election.calendar;
    if (now < calendar.at(CalendarEvent::portal_opens)) return "le portail n’est pas encore ouvert";
    if (now >= calendar.at(CalendarEvent::vote_closes)) return "le vote est clos";
    if (campaign.kind == "non-voters" && now < calendar.at(CalendarEvent::vote_opens)) return "le vote n’est pas encore ouvert";
    return {};
}

std::uint64_t run_campaign(Office& office, const store::Campaign& campaign, const web::Election& election) {
    return CampaignRun(office, campaign, election, k_rate).all(std::nullopt);
}

util::Status invite(Office& office, const Arguments& arguments) {
    const auto campaign = campaign_of(arguments);
    if (!campaign) return campaign.error();
    const auto rate = arguments.number("--rythme", k_rate, 1, 100'000);
    if (!rate) return rate.error();
    const web::Election election = web::store::read_election(office.db());
    if (const std::string why = why_not_invited_now(*campaign, election, office.clock().now()); !why.empty()) return refused(why);
    const bool is_secret = campaign->kind == "non-voters";
    if (is_secret) {
        // Of all of them, written to or not: what a kill left of a campaign may be few.
        const std::uint64_t left = store::count_to_invite(office.db(), {"", campaign->kind, "", {}});
        if (left < k_few || store::count_electors(office.db()) - left < k_few)
            return refused("trop peu de personnes ont voté, ou n’ont pas voté : une relance dirait lesquelles");
    }
    const std::uint64_t count = store::count_to_invite(office.db(), *campaign);
    const std::string words = campaign->name + " : " + people(count, is_secret) + " à qui écrire";
    if (arguments.has("--dry-run")) {
        say(words + ", " + std::to_string(*rate) + " par minute et par domaine au plus. Rien n’est écrit.");
        return util::Done{};
    }
    record_alone(office, "invite", words);  // first: a campaign that was stopped has its line too
    const std::uint64_t written =
        CampaignRun(office, *campaign, election, *rate).all(is_secret && count < k_few ? std::nullopt : std::optional(count));
    say("Fait : courriels qui attendent leur départ pour " + people(written, is_secret) +
        " ; une autre exécution n’écrit qu’à qui manque.");
    return util::Done{};
}

}  // namespace scrutinctl
