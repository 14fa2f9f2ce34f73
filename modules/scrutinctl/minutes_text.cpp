// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/minutes_text.hpp"

#include <algorithm>
#include <chrono>
#include <set>

#include "cli/sentence.hpp"
#include "domain/local_time.hpp"
#include "domain/seat_words.hpp"
#include "util/bytes.hpp"
#include "util/text.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

std::string figure(std::uint64_t value) { return util::french_number(static_cast<long long>(value)); }

std::string share(std::uint64_t part, std::uint64_t whole) {
    if (whole == 0) return "–";
    const std::uint64_t hundredths = (part * 10'000 + whole / 2) / whole;
    return std::to_string(hundredths / 100) + "," + (hundredths % 100 < 10 ? "0" : "") + std::to_string(hundredths % 100) + " %";
}

std::string hour_of(const store::AuditEntry& entry) {
    const auto at = util::from_sql(entry.at);
    return at ? domain::paris_full(*at) : entry.at + "Z";
}

// « decrypt » of the journal in a reader's words; an act that this table does not know keeps its own.
std::string words_of_act(const std::string& action) {
    static const std::map<std::string, std::string, std::less<>> words{
        {"import", "import de l’élection"},
        {"publish", "publication des listes"},
        {"calendar", "calendrier"},
        {"ceremony", "cérémonie des clés"},
        {"holder", "porteur d’une part, d’après la cérémonie"},
        {"codes", "codes de vote"},
        {"notices", "notices imprimées"},
        {"notices-undelivered", "plis non remis"},
        {"notices-destroyed", "plis détruits"},
        {"programs", "programmes"},
        {"seal", "scellement"},
        {"seal-election", "scellement de l’élection entière"},
        {"late-seal", "scellement tardif"},
        {"binding-key", "clé de liaison"},
        {"open", "ouverture"},
        {"suspend", "suspension"},
        {"resume", "reprise"},
        {"annul", "arrêt définitif : scrutin annulé"},
        {"broken-seal", "scellement rompu"},
        {"close", "clôture"},
        {"frozen", "urne, émargements et compteurs à la clôture"},
        {"encrypted-tally", "total chiffré"},
        {"dossier-export", "archives remises aux porteurs"},
        {"decrypt", "déchiffrement d’un porteur"},
        {"tally", "dépouillement"},
        {"tie", "égalité, tirage au sort attendu"},
        {"proclaim", "proclamation"},
        {"sessions", "fin de connexions"},
        {"bundle", "dossier du scrutin"},
        {"papers", "pièces publiées"},
    };
    const auto found = words.find(action);
    return found == words.end() ? action : found->second;
}

std::vector<const store::AuditEntry*> acts(const MinutesFacts& facts, std::string_view action) {
    std::vector<const store::AuditEntry*> found;
    for (const store::AuditEntry& entry : facts.entries)
        if (entry.action == action) found.push_back(&entry);
    return found;
}

// « Ouverture : jeudi 3 décembre 2026 à 10 h 00 (heure de Paris), par X. », for each such entry; a phrase where there is none.
void say_acts(PaperText& text, const MinutesFacts& facts, const std::vector<std::string_view>& actions, const std::string& none) {
    PaperText::Items items;
    for (const store::AuditEntry& entry : facts.entries)
        if (std::find(actions.begin(), actions.end(), entry.action) != actions.end())
            items.emplace_back("n° " + std::to_string(entry.id),
                               words_of_act(entry.action) + ", " + hour_of(entry) +
                                   (facts.is_public() ? "" : ", par " + entry.actor + " : " + util::printable(entry.detail, 2000)));
    if (items.empty()) text.paragraph(none);
    else text.list(std::move(items));
}

void say_sealing(PaperText& text, const MinutesFacts& facts) {
    const domain::Seal& seal = facts.sealed.seal;
    text.section("1. Scellement");
    say_acts(text, facts, {"seal", "late-seal", "binding-key"}, "Le journal n’a pas d’acte de scellement.");
    text.paragraph(
        "Avant le scellement, l’urne, la liste d’émargement et le compteur étaient vides : l’ouverture le contrôle et refuse sinon.");
    text.table("Ce qui est scellé", {{"Quoi", 3}, {"Valeur", 7}},
               {{"Inscrits", figure(seal.electors)},
                {"Listes", figure(seal.lists.size())},
                {"Sièges à pourvoir", figure(seal.seats)},
                {"Empreinte affichée aux électeurs", domain::short_fingerprint(util::sha256_hex(facts.sealed.setup.election))},
                {"Scellement (SHA-256 du texte)", facts.sealed.digest},
                {"Programmes et pages (SHA-256 de leur liste)", seal.programs},
                {"Clé des preuves de vote", seal.receipt_key},
                {"Clé du journal public", seal.log_key}});
}

void say_holders(PaperText& text, const MinutesFacts& facts) {
    const domain::Seal& seal = facts.sealed.seal;
    text.section("2. Porteurs de la clé de déchiffrement");
    text.paragraph("Bureau : " + seal.bureau + ". La clé est partagée entre " + counted(seal.holders, "porteur", "porteurs") +
                   ", dont " + std::to_string(seal.threshold) + " sont nécessaires au dépouillement.");
    if (!facts.is_public() && !facts.ceremony_fingerprint.empty())
        text.paragraph(
            "Les noms sont ceux de l’ouverture de la cérémonie, portés au journal des actes au scellement. Empreinte que tous les porteurs ont "
            "lue à voix haute pendant la cérémonie, et qui couvre ces noms : " +
            facts.ceremony_fingerprint + ".");
    else if (!facts.is_public() && !facts.holders.empty())
        text.paragraph("Les noms sont ceux que le bureau a donnés ; la cérémonie n’en a remis aucun au scellement.");
    std::vector<std::vector<std::string>> rows;
    for (unsigned number = 1; number <= seal.holders; ++number) {
        const auto name = facts.holders.find(number);
        std::string used;
        for (const store::AuditEntry* entry : acts(facts, "decrypt"))
            if (entry->detail.find(" porteur=" + std::to_string(number) + " ") != std::string::npos) used = hour_of(*entry);
        rows.push_back(
            {std::to_string(number), name == facts.holders.end() ? "" : name->second, used.empty() ? "non employée" : used});
        if (facts.is_public()) rows.back().erase(rows.back().begin() + 1);
    }
    if (facts.is_public()) {
        text.table("Quand chaque part a servi", {{"Porteur", 1}, {"Part employée", 5}}, std::move(rows));
        return;
    }
    text.table("Qui détient une part, et quand elle a servi", {{"Porteur", 1}, {"Nom et qualité", 5}, {"Part employée", 5}},
               std::move(rows), facts.holders.empty() ? 24 : 0);
}

std::string names_in(const domain::Proclamation& all, const std::vector<std::size_t>& lists) {
    std::string names;
    for (const std::size_t list : lists)
        names += (names.empty() ? "" : ", ") + std::to_string(list + 1) + " « " + all.lists[list].name + " »";
    return names;
}

void say_seats(PaperText& text, const MinutesFacts& facts) {
    const domain::Proclamation& all = *facts.result;
    if (const std::string quotient = domain::quotient_words(all); !quotient.empty())
        text.paragraph("Quotient, suffrages exprimés ÷ sièges : " + quotient + ".");
    std::vector<std::vector<std::string>> rows;
    for (const domain::SeatLine& line : domain::seat_lines(all, facts.sealed.seal))
        rows.push_back({std::to_string(rows.size() + 1), line.rule, line.calculation, line.takers, line.after});
    if (!rows.empty())
        text.table("Attribution des sièges, étape par étape : voix ÷ quotient, puis voix ÷ (sièges + 1)",
                   {{"Étape", 2}, {"Règle", 4}, {"Chaque liste a", 6}, {"Siège à", 5}, {"Sièges ensuite", 4}}, std::move(rows));
    const auto equals = domain::equals_at_draws(all, facts.sealed.seal);
    for (std::size_t i = 0; i < all.draws.size() && i < equals.size(); ++i) {
        std::vector<std::size_t> among;
        for (const std::size_t number : equals[i]) among.push_back(number - 1);
        text.paragraph("Tirage au sort par le bureau entre " + names_in(all, among) + " : le siège est à " +
                       names_in(all, {all.draws[i] - 1}) + ".");
    }
    std::uint64_t given = 0;
    for (const auto& list : all.lists) given += list.seats;
    if (given < all.seats)
        text.paragraph(counted(all.seats - given, "siège reste sans titulaire.", "sièges restent sans titulaire."));
    const domain::Shares shares = domain::elected_shares(all);
    if (shares.women + shares.men + shares.unsaid > 0)
        text.paragraph(
            "Parmi les titulaires : " + counted(shares.women, "femme", "femmes") + ", " + counted(shares.men, "homme", "hommes") +
            (shares.unsaid > 0 ? ", " + counted(shares.unsaid, "personne sans civilité", "personnes sans civilité") : "") + ".");
}

void say_results(PaperText& text, const MinutesFacts& facts) {
    text.section("5. Résultats");
    if (!facts.result) {
        text.paragraph("Pas encore proclamés.");
        return;
    }
    const domain::Proclamation& all = *facts.result;
    text.table("Participation et suffrages", {{"Compte", 3}, {"Nombre", 2, true}, {"Part", 4, true}},
               {{"Inscrits", figure(all.inscrits), ""},
                {"Votants", figure(all.votants), share(all.votants, all.inscrits) + " des inscrits"},
                {"Votes blancs", figure(all.blancs), share(all.blancs, all.votants) + " des votants"},
                {"Suffrages exprimés", figure(all.exprimes), share(all.exprimes, all.votants) + " des votants"}});
    std::vector<std::vector<std::string>> rows;
    for (std::size_t i = 0; i < all.lists.size(); ++i)
        rows.push_back({std::to_string(i + 1), all.lists[i].name, figure(all.lists[i].votes),
                        share(all.lists[i].votes, all.exprimes), figure(all.lists[i].seats)});
    text.table("Voix et sièges de chaque liste",
               {{"N°", 1, true}, {"Liste", 6}, {"Voix", 2, true}, {"Des exprimés", 2, true}, {"Sièges", 2, true}}, std::move(rows));
    std::vector<std::vector<std::string>> by_union;
    for (const domain::UnionResult& one : domain::results_by_union(all, facts.sealed.seal))
        by_union.push_back({one.name, std::to_string(one.list), domain::words_of(one.votes)});
    if (!by_union.empty())
        text.table(
            "Voix de chaque organisation ; celles d’une liste commune par sa clé de répartition, coupées après deux décimales",
            {{"Organisation", 6}, {"Liste", 1, true}, {"Voix", 2, true}}, std::move(by_union));
    say_seats(text, facts);
    for (const auto& list : all.lists) {
        if (list.titulaires.empty()) continue;
        const auto joined = [](const std::vector<std::string>& names) {
            std::string joined_names;
            for (const std::string& name : names) joined_names += (joined_names.empty() ? "" : ", ") + name;
            return joined_names;
        };
        text.paragraph("« " + list.name + " », titulaires : " + joined(list.titulaires) +
                       (list.suppleants.empty() ? "." : " ; suppléants : " + joined(list.suppleants) + "."));
    }
    text.paragraph("Proclamés " + domain::paris_full(all.proclaimed_at) + ". Texte de la proclamation, SHA-256 : " +
                   util::sha256_hex(domain::write_proclamation(all)) + ". Archive dépouillée, SHA-256 : " + all.archive + ".");
}

// Acts that decide a result, whose hours are everybody's to know. What is not named here is counted and not shown.
bool is_act_for_everybody(const std::string& action) {
    static const std::set<std::string, std::less<>> acts{"publish",    "seal",   "seal-election",   "late-seal",      "binding-key",
                                                         "programs",   "open",   "suspend",         "resume",         "annul",
                                                         "close",      "frozen", "encrypted-tally", "dossier-export", "decrypt",
                                                         "tally",      "tie",    "proclaim",        "bundle",         "papers",
                                                         "broken-seal"};
    return acts.contains(action);
}

void say_public_events(PaperText& text, const MinutesFacts& facts) {
    text.section("6. Évènements et interventions");
    std::vector<std::vector<std::string>> rows;
    for (const store::AuditEntry& entry : facts.entries)
        if (is_act_for_everybody(entry.action))
            rows.push_back({std::to_string(entry.id), hour_of(entry), words_of_act(entry.action)});
    const std::size_t others = facts.entries.size() - rows.size();
    text.table("Actes du journal qui décident de ce résultat, heure de Paris", {{"N°", 1, true}, {"Heure", 4}, {"Acte", 5}},
               std::move(rows));
    text.paragraph("Leur auteur et leur détail, et " + counted(others, "autre acte", "autres actes") +
                   " de ce scrutin ou de l’élection entière, sont au procès-verbal signé.");
    text.paragraph("Journal à l’établissement de ce document : " + counted(facts.journal_size, "entrée", "entrées") +
                   ", empreinte de la dernière " + facts.journal_hash + ".");
    text.section("7. L’original");
    text.paragraph(
        "Le bureau de vote signe le procès-verbal entier et le remet, avec le dossier du scrutin, aux organisations syndicales et, en cas de "
        "contestation, au juge. Ce dossier a l’empreinte " +
        facts.bundle + " ; l’archive publiée avec ce document en vient, octet pour octet.");
}

void say_events(PaperText& text, const MinutesFacts& facts) {
    text.section("6. Évènements et interventions");
    text.paragraph("Tous les actes du journal qui touchent ce scrutin ou l’élection entière, dans leur ordre, heure de Paris.");
    std::vector<std::vector<std::string>> rows;
    std::size_t roll = 0;
    for (const store::AuditEntry& entry : facts.entries) {
        if (entry.action == "roll") ++roll;
        else
            rows.push_back({std::to_string(entry.id), hour_of(entry), entry.actor, words_of_act(entry.action),
                            util::printable(entry.detail, 600)});
    }
    text.table("Journal des actes", {{"N°", 1, true}, {"Heure", 4}, {"Qui", 2}, {"Acte", 3}, {"Détail", 8}}, std::move(rows));
    if (roll > 0)
        text.paragraph("S’y ajoutent " + counted(roll, "entrée", "entrées") +
                       " de changements de la liste électorale, avant le scellement, sans nom.");
    text.paragraph("Journal à l’établissement de ce procès-verbal : " + counted(facts.journal_size, "entrée", "entrées") +
                   ", empreinte de la dernière " + facts.journal_hash + ".");
    text.paragraph("Observations du bureau : ");
    text.table("Observations", {{"", 1}}, {{""}, {""}, {""}}, 26);
}

void say_signatures(PaperText& text, const MinutesFacts& facts) {
    text.section("7. Conservation, et destruction des parts de la clé");
    if (facts.result)
        text.paragraph(
            "À conserver deux ans, jusqu’au " + domain::paris_date(kept_until(facts.result->proclaimed_at)) +
            ", ou jusqu’à la décision définitive si le scrutin est contesté : programmes et sources, clés publiques, candidatures, émargements, "
            "journaux, urne, procès-verbal et sauvegardes. À détruire ensuite.");
    text.paragraph(
        "À compléter lorsque les parts sont détruites (« scrutin-trustee destroy »), au terme de leur conservation. Elles ne servent plus "
        "qu’à un nouveau dépouillement ordonné par le juge.");
    std::vector<std::vector<std::string>> rows;
    for (unsigned number = 1; number <= facts.sealed.seal.holders; ++number) {
        const auto name = facts.holders.find(number);
        rows.push_back({std::to_string(number) + (name == facts.holders.end() ? "" : " " + name->second), "", "", ""});
    }
    text.table("Destruction", {{"Porteur", 4}, {"Détruite le", 2}, {"Devant", 3}, {"Signature", 3}}, std::move(rows), 26);
    text.section("8. Signatures");
    text.table("Le secrétaire établit le procès-verbal ; les autres membres le contresignent",
               {{"Qualité", 3}, {"Nom", 4}, {"Signature", 4}},
               {{"Président", "", ""}, {"Secrétaire", "", ""}, {"Délégué", "", ""}, {"Délégué", "", ""}, {"Délégué", "", ""}}, 30);
}

}  // namespace

bool is_entry_of(const store::AuditEntry& entry, const store::Scrutin& scrutin, const std::string& trustees,
                 const std::vector<store::Scrutin>& all) {
    const auto first_word = entry.detail.substr(0, entry.detail.find(' '));
    if (first_word == scrutin.code) return true;
    if (entry.action == "holder") return first_word == trustees;
    if (entry.action == "dossier-export") return entry.detail.starts_with(scrutin.bureau + ", " + scrutin.crypto_group + " ");
    return std::none_of(all.begin(), all.end(), [&](const store::Scrutin& other) { return first_word == other.code; });
}

PaperText minutes_text(const MinutesFacts& facts) {
    PaperText text((facts.is_public() ? "Procès-verbal, version publiée : " : "Procès-verbal : ") + facts.sealed.seal.title);
    if (facts.election.demonstration) text.on_each_page(facts.sealed.seal.election_title + " (démonstration)");
    text.paragraph(facts.sealed.seal.election_title + (facts.election.demonstration ? " (démonstration)" : "") + ". Scrutin " +
                   facts.scrutin.code + ", " + facts.sealed.seal.level + ".");
    say_sealing(text, facts);
    say_holders(text, facts);
    text.section("3. Vote");
    say_acts(text, facts, {"open", "suspend", "resume", "annul", "broken-seal", "close", "frozen"}, "Le vote n’est pas ouvert.");
    if (acts(facts, "suspend").empty()) text.paragraph("Le vote n’a pas été suspendu.");
    text.table("Comptes à l’établissement de ce procès-verbal", {{"Compte", 3}, {"Nombre", 2, true}},
               {{"Inscrits sur la liste", figure(facts.counts.inscrits)},
                {"Émargements", figure(facts.counts.emargements)},
                {"Bulletins dans l’urne", figure(facts.counts.ballots)}});
    text.paragraph(facts.counts.emargements == facts.counts.ballots
                       ? "Émargements et bulletins sont en même nombre."
                       : "ÉCART : émargements et bulletins ne sont pas en même nombre.");
    text.section("4. Dépouillement");
    say_acts(text, facts, {"encrypted-tally", "dossier-export", "decrypt", "tally", "tie"}, "Le scrutin n’est pas dépouillé.");
    say_results(text, facts);
    if (facts.is_public()) {
        say_public_events(text, facts);
        return text;
    }
    say_events(text, facts);
    say_signatures(text, facts);
    return text;
}

util::Instant kept_until(util::Instant at) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    std::chrono::year_month_day date(day);
    date += std::chrono::years(2);
    if (!date.ok()) date = date.year() / date.month() / std::chrono::last;  // 29 February
    return std::chrono::sys_days(date) + (at - day);
}

}  // namespace scrutinctl
