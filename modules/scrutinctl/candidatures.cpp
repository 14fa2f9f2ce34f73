// SPDX-License-Identifier: AGPL-3.0-or-later
// candidatures open, rule, deposit, list, show, file: who may deposit a list for which scrutin and until when, and what was deposited. The office
// sees no draft. The journal names no person: a delegate is a member by his number, a list its candidature.
#include "scrutinctl/candidatures.hpp"

#include <algorithm>
#include <filesystem>

#include "cli/small_file.hpp"
#include "domain/identity.hpp"
#include "domain/local_time.hpp"
#include "domain/public_number.hpp"
#include "domain/uploaded_file.hpp"
#include "scrutinctl/audit.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/select.hpp"
#include "scrutinctl/store_desk.hpp"
#include "scrutinctl/store_members.hpp"
#include "util/file.hpp"
#include "util/json.hpp"
#include "util/text.hpp"
#include "web/outbox.hpp"
#include "web/render.hpp"
#include "web/site_view.hpp"
#include "web/store.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

constexpr std::size_t k_union_characters = 160;
constexpr std::uintmax_t k_most_file = 4UL * 1024 * 1024;  // read here; the rule says what is taken
constexpr unsigned k_whole_percent = 100, k_hundredths = 100;

// Of exactly one scrutin.
util::Result<store::Scrutin> one_scrutin(Office& office, const Arguments& arguments) {
    if (arguments.all("--scrutin").size() != 1) return bad_input("--scrutin CODE est attendu, une fois");
    auto chosen = chosen_scrutins(office, arguments);
    if (!chosen) return chosen.error();
    return chosen->front();
}

util::Result<std::optional<util::Instant>> instant_of(const Arguments& arguments, std::string_view option) {
    const auto text = arguments.get(option);
    if (!text) return std::optional<util::Instant>();
    auto at = domain::from_paris(*text);
    if (!at) return bad_input(std::string(option) + " : date attendue, « 2026-10-20 17:00 » (heure de Paris)");
    return at;
}

util::Result<std::string> union_of(const Arguments& arguments) {
    const std::string name(util::trim(arguments.get("--union").value_or("")));
    if (!util::is_printable_line(name, 4 * k_union_characters) || util::count_code_points(name) > k_union_characters)
        return bad_input("--union NOM est attendu, en une ligne de 160 caractères au plus");
    return name;
}

util::Result<std::vector<std::string>> delegates_named(Office& office, const Arguments& arguments) {
    std::vector<std::string> addresses;
    for (const std::string& typed : arguments.all("--delegate")) {
        const auto address = domain::normalise_address(typed);
        if (!address || !store::is_elector(office.db(), *address))
            return bad_input("--delegate : aucun électeur n’a l’adresse « " + util::printable(typed, 190) +
                             " » ; un délégué entre avec son espace électeur");
        addresses.push_back(*address);
    }
    return addresses;
}

// « 61,35 » in hundredths of a percent.
std::optional<unsigned> share_of(std::string_view text) {
    const std::size_t comma = text.find_first_of(",.");
    const std::string whole(text.substr(0, comma));
    std::string part(comma == std::string_view::npos ? "" : text.substr(comma + 1));
    const auto is_digits = [](const std::string& word) { return word.find_first_not_of("0123456789") == std::string::npos; };
    if (whole.empty() || whole.size() > 3 || !is_digits(whole) || part.size() > 2 || !is_digits(part)) return std::nullopt;
    if (comma != std::string_view::npos && part.empty()) return std::nullopt;
    part.resize(2, '0');
    const unsigned share = static_cast<unsigned>(std::stoul(whole)) * k_hundredths + static_cast<unsigned>(std::stoul(part));
    return share <= k_whole_percent * k_hundredths ? std::optional(share) : std::nullopt;
}

std::string words_of_share(unsigned share) {
    std::string part = std::to_string(share % k_hundredths);
    if (part.size() < 2) part = "0" + part;
    return std::to_string(share / k_hundredths) + "," + part + " %";
}

std::string words_of_rule(const domain::ListRule& rule) {
    return "de " + std::to_string(rule.least) + " à " + std::to_string(rule.most) + " noms" +
           (rule.is_even ? ", en nombre pair" : "") +
           (rule.women ? ", " + words_of_share(*rule.women) + " de femmes" : ", sans contrôle de la part des femmes") +
           ", profession de foi de " + counted(rule.pages, "page", "pages") + " au plus";
}

std::string words_of_state(const store::Deposited& deposit) {
    if (!deposit.is_newest) return "remplacé";
    if (deposit.decision == "accepted") return "accepté";
    return deposit.decision == "refused" ? "refusé" : "à contrôler";
}

// One file of the folder; none where it is not there.
util::Result<domain::DepositedFile> file_in(const std::filesystem::path& folder, const std::vector<std::string>& names) {
    for (const std::string& name : names) {
        if (!util::is_taken(folder / name)) continue;
        auto content = read_small_file((folder / name).string(), k_most_file);
        if (!content || content->empty()) return bad_input(name + " ne se lit pas, est vide, ou est trop lourd");
        return domain::DepositedFile{name, *std::move(content)};
    }
    return domain::DepositedFile{};
}

// Of a common list; none where the file is not there.
util::Result<std::vector<domain::UnionShare>> unions_in(const std::filesystem::path& folder) {
    const auto path = folder / "organisations.csv";
    if (!util::is_taken(path)) return std::vector<domain::UnionShare>();
    const auto text = read_small_file(path.string(), 4 * domain::k_unions_text);
    if (!text || !util::is_utf8(*text))
        return bad_input("organisations.csv ne se lit pas, est trop long, ou n’est pas du texte en UTF-8");
    auto read = domain::read_unions(*text);
    if (!read.faults.empty()) return bad_input("rien n’est déposé.\n  organisations.csv\n  " + joined(read.faults));
    return std::move(read.unions);
}

util::Result<domain::Deposit> deposit_in(const std::filesystem::path& folder, const store::Scrutin& scrutin,
                                         const std::string& union_name, const std::string& list_name) {
    const auto text = read_small_file((folder / "candidats.csv").string(), 4 * domain::k_names_text);
    if (!text) return bad_input((folder / "candidats.csv").string() + " ne se lit pas, ou il est trop long");
    if (!util::is_utf8(*text)) return bad_input("candidats.csv : du texte en UTF-8 est attendu");
    auto read = domain::read_candidate_names(*text);
    if (!read.faults.empty()) return bad_input("rien n’est déposé.\n  candidats.csv\n  " + joined(read.faults));
    const auto profession = file_in(folder, {"profession.pdf"});
    if (!profession) return profession.error();
    const auto logo = file_in(folder, {"logo.png", "logo.jpg"});
    if (!logo) return logo.error();
    auto unions = unions_in(folder);
    if (!unions) return unions.error();
    domain::Deposit deposit{scrutin.code, union_name, list_name, std::move(read.names), *profession, *logo, *std::move(unions)};
    if (const auto faults = domain::faults_of_deposit(deposit); !faults.empty())
        return bad_input("rien n’est déposé.\n  " + joined(faults));
    return deposit;
}

}  // namespace

std::string words_of(const store::Candidature& candidature) {
    return "candidature n° " + std::to_string(candidature.id) + ", " + candidature.scrutin_code + ", " +
           util::printable(candidature.union_name, 4 * k_union_characters);
}

domain::DepositWindow window_of(Office& office, const store::Candidature& candidature) {
    return domain::deposit_window(store::read_calendar(office.db()), candidature.opens_at, candidature.closes_at);
}

domain::ListRule rule_of(Office& office, const std::string& scrutin_code) {
    if (const auto rule = store::find_rule(office.db(), scrutin_code)) return *rule;
    domain::ListRule rule;
    rule.most = std::max(1U, 2 * store::seats_of(office.db(), scrutin_code));
    return rule;
}

util::Result<store::Candidature> candidature_of(Office& office, unsigned id) {
    for (store::Candidature& one : store::candidatures(office.db()))
        if (one.id == id) return std::move(one);
    return util::failure(util::Fault::not_found, "aucune candidature de ce numéro");
}

domain::Deposit read_deposit(Office& office, const store::Candidature& candidature, const store::Deposited& deposited) {
    auto& db = office.db();
    return {candidature.scrutin_code,
            candidature.union_name,
            deposited.list_name,
            store::names_of(db, deposited.number),
            store::file_of(db, deposited.number, "profession").value_or(domain::DepositedFile{}),
            store::file_of(db, deposited.number, "logo").value_or(domain::DepositedFile{}),
            store::unions_of(db, deposited.number)};
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += (text.empty() ? "" : "\n  ") + line;
    return text;
}

void mail_delegates(Office& office, const store::Candidature& candidature, const std::string& template_name, const util::Json& view,
                    const std::string& once) {
    const web::Settings& settings = office.settings();
    const web::Election election = web::store::read_election(office.db());
    const web::Renderer renderer(settings.templates, election.edition, settings.strict_templates);
    const auto site =
        web::site_view_without_session("", &election, settings, domain::Edition::load(settings.templates, election.edition), "");
    for (const std::string& address : store::delegates_of(office.db(), candidature.id)) {
        util::Json all = view;
        all.update({{"union", candidature.union_name}, {"scrutin", candidature.scrutin_code}});
        const web::Text text = web::email_text(renderer, site, {address, template_name, all, std::nullopt, once + "|" + address});
        store::queue_mail(office.db(), text.idempotency_key, address, text.subject, text.body, office.clock().now());
    }
}

util::Status candidatures_open(Office& office, const Arguments& arguments) {
    const auto scrutin = one_scrutin(office, arguments);
    if (!scrutin) return scrutin.error();
    if (scrutin->state != domain::ScrutinState::draft)
        return refused("le scrutin " + scrutin->code + " est « " + scrutin->state_word() + " » : ses listes sont fixées");
    const auto union_name = union_of(arguments);
    if (!union_name) return union_name.error();
    const auto opens = instant_of(arguments, "--from"), closes = instant_of(arguments, "--until");
    if (!opens) return opens.error();
    if (!closes) return closes.error();
    const auto delegates = delegates_named(office, arguments);
    if (!delegates) return delegates.error();
    std::string why;
    store::Candidature done;
    office.db().transaction([&] {
        why.clear();
        done = store::open_candidature(office.db(), scrutin->code, *union_name);
        if (*opens) done.opens_at = *opens;
        if (*closes) done.closes_at = *closes;
        const auto window = window_of(office, done);
        if (window.closes <= window.opens) why = "le dépôt doit se clore après s’être ouvert";
        else if (delegates->empty() && store::delegates_of(office.db(), done.id).empty())
            why = "--delegate ADRESSE est attendu : qui dépose la liste";
        if (!why.empty()) return false;
        store::set_window(office.db(), done.id, done.opens_at, done.closes_at);
        if (!delegates->empty()) {
            store::end_delegates(office.db(), done.id, office.clock().now());
            for (const std::string& address : *delegates)
                store::add_member(office.db(), {0, address, "delegue_liste", std::to_string(done.id), std::nullopt, std::nullopt},
                                  office.clock().now());
        }
        record(office, "candidatures",
               words_of(done) + " : dépôt du " + util::to_iso(window.opens) + " au " + util::to_iso(window.closes) + ", " +
                   counted(store::delegates_of(office.db(), done.id).size(), "délégué", "délégués"));
        return true;
    });
    if (!why.empty()) return bad_input(why);
    const auto window = window_of(office, done);
    say(words_of(done) + " : dépôt " + domain::period_for(nullptr, window.opens, window.closes) + ".");
    for (const std::string& address : store::delegates_of(office.db(), done.id))
        say("  délégué : " + address + " (« members enrol » lui donne son code d’enregistrement)");
    return util::Done{};
}

util::Status candidatures_rule(Office& office, const Arguments& arguments) {
    if (!arguments.has("--scrutin")) return bad_input("--scrutin CODE est attendu");
    const auto scrutins = chosen_scrutins(office, arguments);
    if (!scrutins) return scrutins.error();
    std::optional<unsigned> women;
    if (const auto text = arguments.get("--women")) {
        women = share_of(*text);
        if (!women) return bad_input("--women : un pourcentage, « 61,35 »");
    }
    for (const store::Scrutin& scrutin : *scrutins) {
        domain::ListRule rule = rule_of(office, scrutin.code);
        const auto least = arguments.number("--at-least", rule.least, 1, domain::k_most_names);
        const auto most = arguments.number("--at-most", rule.most, 1, domain::k_most_names);
        const auto pages = arguments.number("--pages", rule.pages, 1, 20);
        for (const auto* number : {&least, &most, &pages})
            if (!*number) return number->error();
        if (*least > *most) return bad_input(scrutin.code + " : --at-least dépasse --at-most");
        rule.least = *least, rule.most = *most, rule.pages = *pages;
        if (arguments.has("--even")) rule.is_even = true;
        if (women) rule.women = women;
        office.db().transaction([&] {
            store::put_rule(office.db(), scrutin.code, rule);
            record(office, "candidatures", scrutin.code + " : " + words_of_rule(rule));
            return true;
        });
        say(scrutin.code + " : " + words_of_rule(rule) + ".");
    }
    return util::Done{};
}

util::Status candidatures_deposit(Office& office, const Arguments& arguments) {
    const auto scrutin = one_scrutin(office, arguments);
    if (!scrutin) return scrutin.error();
    const auto union_name = union_of(arguments);
    if (!union_name) return union_name.error();
    const auto deposit = deposit_in(arguments.positional.at(0), *scrutin, *union_name,
                                    std::string(util::trim(arguments.get("--name").value_or(""))));
    if (!deposit) return deposit.error();
    const auto all = store::candidatures(office.db());
    const auto mine = std::find_if(all.begin(), all.end(), [&](const store::Candidature& one) {
        return one.scrutin_code == scrutin->code && one.union_name == *union_name;
    });
    if (mine == all.end()) return refused("cette candidature n’est pas ouverte : « candidatures open » d’abord");
    const std::string number = domain::make_public_number('C');
    const util::Instant at = hour_of_acts(office);
    std::string why;
    std::optional<store::Deposited> before;
    office.db().transaction([&] {
        why.clear();
        const auto candidature = store::lock_candidature(office.db(), mine->id);
        before = store::newest_deposit(office.db(), mine->id);
        if (!window_of(office, *candidature).is_open(at))
            why = "le dépôt n’est pas ouvert : « candidatures open --until » le rouvre";
        if (!why.empty() || (before && before->digest == domain::deposit_digest(*deposit))) return false;
        store::add_deposit(office.db(), mine->id, number, *deposit, office.actor(), at);
        record(office, "candidatures",
               words_of(*candidature) + " : dépôt " + number + ", empreinte " + domain::deposit_digest(*deposit));
        mail_delegates(office, *candidature, "candidature-deposee",
                       {{"number", number},
                        {"at", domain::paris_full(at)},
                        {"list", deposit->list_name},
                        {"digest", domain::deposit_digest(*deposit)}},
                       number);
        return true;
    });
    if (!why.empty()) return refused(why);
    if (before && before->digest == domain::deposit_digest(*deposit)) {
        say("C’est ce qui est déjà déposé sous le n° " + before->number + " ; rien n’est changé.");
        return util::Done{};
    }
    say("Déposée sous le n° " + number + ", " + counted(deposit->names.size(), "nom", "noms") + ", empreinte " +
        domain::deposit_digest(*deposit) + (before ? " ; remplace le n° " + before->number + ", qui se garde." : "."));
    return util::Done{};
}

util::Status candidatures_list(Office& office, const Arguments& arguments) {
    const auto scrutins = chosen_scrutins(office, arguments);
    if (!scrutins) return scrutins.error();
    const auto deposits = store::deposits(office.db());
    util::Json json = util::Json::array();
    for (const store::Candidature& one : store::candidatures(office.db())) {
        const bool is_chosen =
            std::any_of(scrutins->begin(), scrutins->end(), [&](const auto& s) { return s.code == one.scrutin_code; });
        if (arguments.has("--scrutin") && !is_chosen) continue;
        const auto window = window_of(office, one);
        util::Json all = util::Json::array();
        std::string lines;
        for (const store::Deposited& deposit : deposits) {
            if (deposit.candidature != one.id) continue;
            all.push_back({{"number", deposit.number},
                           {"at", util::to_iso(deposit.at)},
                           {"list", deposit.list_name},
                           {"digest", deposit.digest},
                           {"state", words_of_state(deposit)}});
            lines += "\n    " + deposit.number + "  " + domain::paris_full(deposit.at) + "  " + words_of_state(deposit) + "  « " +
                     util::printable(deposit.list_name, 640) + " »";
        }
        json.push_back({{"candidature", one.id},
                        {"scrutin", one.scrutin_code},
                        {"union", one.union_name},
                        {"opens", util::to_iso(window.opens)},
                        {"closes", util::to_iso(window.closes)},
                        {"position", one.position ? util::Json(*one.position) : util::Json()},
                        {"deposits", std::move(all)}});
        if (!arguments.has("--json"))
            say(words_of(one) + (one.position ? ", rang " + std::to_string(*one.position) : "") + " : dépôt " +
                domain::period_for(nullptr, window.opens, window.closes) + (is_chosen ? "" : " (aucun scrutin n’a ce code)") +
                (lines.empty() ? "\n    aucun dépôt" : lines));
    }
    if (arguments.has("--json")) say(json.dump());
    return util::Done{};
}

util::Status candidatures_show(Office& office, const Arguments& arguments) {
    const auto deposited = store::find_deposit(office.db(), arguments.positional.at(0));
    if (!deposited) return bad_input("aucun dépôt n’a ce numéro (« candidatures list » les donne)");
    const auto candidature = candidature_of(office, deposited->candidature);
    if (!candidature) return candidature.error();
    const domain::Deposit deposit = read_deposit(office, *candidature, *deposited);
    say(deposited->number + " : " + words_of(*candidature) + ", version " + std::to_string(deposited->version) + ", " +
        words_of_state(*deposited));
    say("Liste : " + util::printable(deposit.list_name, 640));
    say("Déposée : " + domain::paris_full(deposited->at) + ", par " + deposited->by);
    say("Empreinte : " + deposited->digest +
        (domain::deposit_digest(deposit) == deposited->digest ? "" : " — CE QUI EST EN BASE N’A PLUS CETTE EMPREINTE"));
    if (!deposit.unions.empty())
        say("Liste commune, partage des voix : " + util::printable(domain::words_of_unions(deposit.unions), 8000));
    unsigned rank = 0;
    for (const domain::CandidateName& name : deposit.names)
        say("  " + std::to_string(++rank) + ". " + name.civility + " " +
            util::printable(name.first_name + " " + name.last_name, 640) + ", " + util::printable(name.affectation, 640));
    for (const auto& [label, file] : {std::pair{"Profession de foi : ", &deposit.profession}, {"Logo : ", &deposit.logo}})
        say(label + (file->content.empty() ? "aucun fichier"
                                           : util::printable(file->name, 120) + ", " + domain::size_text(file->content.size())));
    if (!deposited->reason.empty()) say("Motif : " + util::printable(deposited->reason, 4000));
    if (!deposited->despite.empty()) say("Acceptée par " + deposited->decided_by + " malgré :\n  " + deposited->despite);
    return util::Done{};
}

util::Status candidatures_file(Office& office, const Arguments& arguments) {
    const std::string& kind = arguments.positional.at(1);
    if (kind != "profession" && kind != "logo") return bad_input("« profession » ou « logo » est attendu");
    const auto file = store::file_of(office.db(), arguments.positional.at(0), kind);
    if (!file) return bad_input("ce dépôt n’a pas ce fichier (« candidatures show » les donne)");
    if (!util::create_file(arguments.positional.at(2), file->content, true))
        return bad_input("ce nom est déjà pris : rien n’est écrit");
    say("Écrit : " + counted(file->content.size(), "octet", "octets") +
        ". Le fichier vient du délégué : ouvrez-le sur un poste qui peut le supporter.");
    return util::Done{};
}

}  // namespace scrutinctl
