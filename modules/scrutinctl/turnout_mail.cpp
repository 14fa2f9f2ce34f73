// SPDX-License-Identifier: AGPL-3.0-or-later
// turnout mail: the participation of their scrutins, once a day, to members of a bureau de vote who ask for it on their page. A mail is read by more
// people than the desk: it has whole scrutins alone, and none of fewer than domain::k_least_group electors.
#include <algorithm>
#include <map>

#include "domain/desk.hpp"
#include "domain/edition.hpp"
#include "domain/figures.hpp"
#include "domain/local_time.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/store_count.hpp"
#include "scrutinctl/store_desk.hpp"
#include "scrutinctl/store_scrutin.hpp"
#include "scrutinctl/store_turnout_mail.hpp"
#include "util/text.hpp"
#include "web/outbox.hpp"
#include "web/render.hpp"
#include "web/site_view.hpp"
#include "web/store.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

using domain::k_least_group;

// The lines of each bureau's scrutins whose vote is under way.
std::map<std::string, util::Json> lines_of_bureaux(Office& office) {
    std::map<std::string, util::Json> lines;
    for (const auto& scrutin : store::scrutins(office.db())) {
        if (scrutin.state != domain::ScrutinState::open || scrutin.stop.is_annulled()) continue;
        const auto counts = store::attendance(office.db(), scrutin.id);
        const bool is_small = counts.inscrits < k_least_group;
        util::Json line{{"title", scrutin.title}, {"is_small", is_small}};
        if (!is_small) {
            line["enrolled"] = util::french_number(static_cast<long long>(counts.inscrits));
            line["voted"] = util::french_number(static_cast<long long>(counts.emargements));
            line["share"] = domain::percent(counts.emargements, counts.inscrits);
        }
        lines.try_emplace(scrutin.bureau, util::Json::array()).first->second.push_back(std::move(line));
    }
    return lines;
}

// Each reader once, with the lines of all his bureaux.
struct TurnoutMail {
    store::TurnoutReader reader;
    std::vector<std::string> bureaux;
};
std::vector<TurnoutMail> mails_of_turnout(const std::vector<store::TurnoutReader>& readers) {
    std::vector<TurnoutMail> mails;
    for (const auto& one : readers) {
        const auto role = domain::desk_role_of(one.role);
        if (!role || !domain::may(*role, domain::DeskRight::counters)) continue;
        if (mails.empty() || mails.back().reader.email != one.email) mails.push_back({one, {}});
        auto& bureaux = mails.back().bureaux;
        if (std::find(bureaux.begin(), bureaux.end(), one.place) == bureaux.end()) bureaux.push_back(one.place);
    }
    return mails;
}

}  // namespace

util::Status turnout_mail(Office& office, const Arguments&) {
    const auto lines = lines_of_bureaux(office);
    if (lines.empty()) {
        say("Aucun vote n’est ouvert : rien n’est écrit.");
        return util::Done{};
    }
    const web::Settings& settings = office.settings();
    const web::Election election = web::store::read_election(office.db());
    const web::Renderer renderer(settings.templates, election.edition, settings.strict_templates);
    const auto site =
        web::site_view_without_session("", &election, settings, domain::Edition::load(settings.templates, election.edition), "");
    const util::Instant now = office.clock().now();
    const std::string at = domain::paris_full(now), day = domain::paris_date(now);
    std::size_t written = 0;
    office.db().transaction([&] {
        written = 0;
        for (const TurnoutMail& mail : mails_of_turnout(store::turnout_readers(office.db()))) {
            util::Json scrutins = util::Json::array();
            for (const std::string& bureau : mail.bureaux)
                if (const auto found = lines.find(bureau); found != lines.end())
                    for (const auto& line : found->second) scrutins.push_back(line);
            if (scrutins.empty()) continue;
            const web::Text text =
                web::email_text(renderer, site,
                                {mail.reader.email,
                                 "participation",
                                 {{"civility", mail.reader.civility},
                                  {"last_name", mail.reader.last_name},
                                  {"has_civility", !mail.reader.civility.empty()},
                                  {"at", at},
                                  {"scrutins", std::move(scrutins)}},
                                 std::nullopt,
                                 // The same all day, whenever and however often this runs: the outbox takes it once.
                                 "turnout|" + day});
            written += store::queue_mail(office.db(), text.idempotency_key, mail.reader.email, text.subject, text.body, now);
        }
        return true;
    });
    say("Participation : " + counted(written, "courriel écrit", "courriels écrits") + " ; chacun en reçoit un par jour au plus.");
    return util::Done{};
}

}  // namespace scrutinctl
