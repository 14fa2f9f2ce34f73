// SPDX-License-Identifier: AGPL-3.0-or-later
// members …: who sits at the desk, for which bureau or académie, and the codes by which each enrols his second factor. The office never sees a
// factor: it hands out a code, once; afterwards two officers are needed. The journal names nobody: a member by his number.
#include "domain/desk.hpp"
#include "domain/identity.hpp"
#include "domain/local_time.hpp"
#include "domain/voting_code.hpp"
#include "paper/sheet.hpp"
#include "scrutinctl/audit.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/csv.hpp"
#include "scrutinctl/store_members.hpp"
#include "util/file.hpp"
#include "util/text.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

constexpr std::chrono::hours k_enrolment_lives{24 * 14};

// What a member's line says of his second factor.
std::string words_of_factor(const store::DeskMember& member, util::Instant now) {
    if (member.enrolled_at) return "second facteur enregistré " + domain::paris_full(*member.enrolled_at);
    if (!member.enrol_until) return "pas encore de code d’enregistrement";
    if (*member.enrol_until <= now) return "code d’enregistrement périmé";
    return "code d’enregistrement remis, valable jusqu’au " + domain::paris_full(*member.enrol_until);
}

std::string words_of_role(const store::DeskMember& member) {
    const auto role = domain::desk_role_of(member.role);
    return role ? std::string(domain::label_of(*role)) : member.role;
}

// « membre n° 3, n° 4 »: all the numbers of one person.
std::string numbers_of(Office& office, const std::string& address) {
    std::string numbers;
    for (const auto& member : store::desk_members(office.db()))
        if (member.email == address) numbers += (numbers.empty() ? "membre n° " : ", n° ") + std::to_string(member.id);
    return numbers;
}

struct NamedMember {
    store::DeskMember member;
    std::optional<store::Guest> guest;  // an expert whom no roll knows
};

// The rows of membres.csv that hold, each fault noted with its line.
std::vector<NamedMember> read_members(Office& office, const std::string& path, ImportFaults& faults) {
    std::vector<NamedMember> members;
    auto& db = office.db();
    CsvReader csv(path,
                  {{"courriel", 190, true},
                   {"bureau", 80, false},
                   {"academie", 16, false},
                   {"role", 20, true},
                   {"civilite", 8, false, false, true},
                   {"nom", 80, false, false, true},
                   {"prenom", 80, false, false, true}},
                  faults);
    while (csv.read()) {
        const auto before = faults.count();
        const auto address = domain::normalise_address(csv.field(0));
        const auto role = domain::desk_role_of(util::fold(csv.field(3)));
        const bool is_expert = role == domain::DeskRole::expert;
        bool is_new_guest = false;
        if (!address) csv.fault(0, "ce n’est pas une adresse");
        else if (!store::is_elector(db, *address) && !(is_expert && store::is_guest(db, *address))) {
            is_new_guest = is_expert && !store::is_known(db, *address);
            if (!is_new_guest && store::is_guest(db, *address))
                csv.fault(3, "cette personne n’est pas électeur : un rôle d’expert seulement");
            else if (!is_new_guest)
                csv.fault(0, is_expert ? "cette personne est radiée de la liste électorale"
                                       : "aucun électeur n’a cette adresse : un membre entre avec son espace électeur");
            else if (csv.field(5).empty() || csv.field(6).empty())
                csv.fault(csv.field(5).empty() ? 5 : 6,
                          "aucun électeur n’a cette adresse : d’un expert, son nom et son prénom sont attendus");
        }
        if (role == domain::DeskRole::delegue_liste) csv.fault(3, "un délégué de liste est nommé par « candidatures open »");
        else if (!role) csv.fault(3, "un de président, secrétaire, délégué, suppléant, expert, gestionnaire, assistance");
        if (csv.field(1).empty() == csv.field(2).empty()) csv.fault(1, "un bureau ou une académie, l’un des deux");
        else if (role && domain::is_of_bureau(*role) == csv.field(1).empty())
            csv.fault(3, csv.field(1).empty() ? "ce rôle est d’un bureau de vote" : "ce rôle est d’une académie");
        else if (!csv.field(1).empty() && !store::has_bureau(db, csv.field(1))) csv.fault(1, "aucun scrutin n’a ce bureau de vote");
        else if (!csv.field(2).empty() && !store::has_academie(db, csv.field(2))) csv.fault(2, "aucune académie n’a ce code");
        if (faults.count() > before) continue;
        NamedMember named{{0, *address, std::string(domain::name_of(*role)), csv.field(1).empty() ? csv.field(2) : csv.field(1),
                           std::nullopt, std::nullopt},
                          std::nullopt};
        if (is_new_guest) named.guest = store::Guest{*address, csv.field(4), csv.field(5), csv.field(6)};
        members.push_back(std::move(named));
    }
    return members;
}

// The code, on the screen or on a sheet that no file is replaced by.
util::Status hand_out(const Arguments& arguments, const std::string& address, const std::string& code, util::Instant until) {
    const std::string words = "valable une fois, jusqu’au " + domain::paris_full(until);
    const auto path = arguments.get("--feuille");
    if (!path) {
        say("Code d’enregistrement, " + words + ", à remettre en mains propres :");
        say("  " + code);
        return util::Done{};
    }
    paper::Sheet sheet("Code d’enregistrement");
    sheet.heading("Accès au bureau de vote");
    sheet.paragraph("Remis en mains propres à la personne dont l’adresse est " + address + ".");
    sheet.reference(code);
    sheet.paragraph(
        "Ce code est " + words +
        ". Connectez-vous au portail avec votre adresse et votre mot de passe, ouvrez la page « /bureau », donnez ce code, puis inscrivez la clé "
        "affichée dans une application de codes à usage unique. Personne d’autre que vous ne doit le lire : avec votre mot de passe, il ouvre "
        "le bureau à votre place.");
    if (!util::create_file(*path, sheet.bytes(), true)) return refused("le fichier " + *path + " vient d’être fait par un autre");
    say("Écrit : " + *path + ", " + words + ".");
    return util::Done{};
}

// Before a code is made: its sheet has to find room.
util::Status room_for_sheet(const Arguments& arguments) {
    const auto path = arguments.get("--feuille");
    if (path && util::is_taken(*path)) return refused("le fichier " + *path + " existe déjà : rien n’est changé");
    return util::Done{};
}

// In the caller's transaction: a code replaces whatever was there.
std::string new_code(Office& office, const std::string& address, util::Instant until) {
    const auto code = domain::make_voting_code();
    store::put_enrolment(office.db(), address, domain::enrolment_hash(address, domain::normalise_voting_code(code.view()).value()),
                         until);
    return std::string(code.view());
}

util::Result<std::string> member_named(Office& office, const Arguments& arguments) {
    auto address = domain::normalise_address(arguments.positional.at(0));
    if (!address || !store::is_member(office.db(), *address))
        return bad_input("personne de cette adresse n’est membre (« members » les liste)");
    return *std::move(address);
}

util::Result<unsigned> recovery_number(const Arguments& arguments) {
    const std::string& word = arguments.positional.at(0);
    const bool plain = !word.empty() && word.size() <= 9 && word.find_first_not_of("0123456789") == std::string::npos;
    if (!plain) return bad_input("le numéro d’une proposition est attendu (« members » les liste)");
    return static_cast<unsigned>(std::stoul(word));
}

util::Status decide_on_recovery(Office& office, const Arguments& arguments, bool approves) {
    const auto number = recovery_number(arguments);
    if (!number) return number.error();
    if (const util::Status room = room_for_sheet(arguments); !room) return room;
    const util::Instant now = office.clock().now(), until = now + k_enrolment_lives;
    std::string why, address, code;
    office.db().transaction([&] {
        why.clear();
        const auto recovery = store::lock_recovery(office.db(), *number);
        if (!recovery) why = "aucune proposition n’a ce numéro";
        else if (recovery->state != "proposed") why = "cette proposition est déjà décidée";
        else if (approves && recovery->proposed_by == office.actor())
            why = "vous avez proposé ce renouvellement (" + recovery->proposed_by + ") : un autre l’approuve";
        else if (approves && !store::is_member(office.db(), recovery->email)) why = "cette personne n’est plus membre";
        if (!why.empty()) return false;
        address = recovery->email;
        store::decide_recovery(office.db(), *number, approves ? "approved" : "refused", office.actor(), now);
        if (approves) code = new_code(office, address, until);
        record(office, "members",
               "second facteur : renouvellement n° " + std::to_string(*number) + (approves ? " approuvé" : " refusé") +
                   ", proposé par " + recovery->proposed_by);
        return true;
    });
    if (!why.empty()) return refused(why);
    if (approves) return hand_out(arguments, address, code, until);
    say("Fait : la proposition n° " + std::to_string(*number) + " est écartée.");
    return util::Done{};
}

}  // namespace

util::Status members(Office& office, const Arguments&) {
    const auto all = store::desk_members(office.db());
    for (const auto& member : all)
        say("n° " + std::to_string(member.id) + "  " + member.email + "  " + words_of_role(member) + "  " +
            util::printable(member.place, 80) + "  " + words_of_factor(member, office.clock().now()));
    say(counted(all.size(), "rôle", "rôles") + ".");
    for (const auto& recovery : store::proposed_recoveries(office.db()))
        say("À décider, n° " + std::to_string(recovery.id) + " : renouvellement du second facteur de " + recovery.email +
            ", proposé par " + recovery.proposed_by + " " + domain::paris_full(recovery.proposed_at));
    return util::Done{};
}

util::Status members_import(Office& office, const Arguments& arguments) {
    ImportFaults faults;
    const auto read = read_members(office, arguments.positional.at(0), faults);
    if (faults.count() > 0) {
        std::string text = counted(faults.count(), "erreur", "erreurs") + " : rien n’est importé.";
        for (const std::string& line : faults.lines()) text += "\n  " + line;
        return bad_input(std::move(text));
    }
    std::uint64_t added = 0;
    std::vector<std::string> guests;
    office.db().transaction([&] {
        added = 0;
        guests.clear();
        for (const auto& named : read) {
            // An expert of two bureaux has two rows, and one space.
            if (named.guest && !store::is_known(office.db(), named.guest->email)) {
                store::add_guest(office.db(), *named.guest, office.clock().now());
                guests.push_back(named.guest->email);
            }
            added += store::add_member(office.db(), named.member, office.clock().now()) ? 1 : 0;
        }
        if (added > 0)
            record(office, "members",
                   counted(added, "rôle ajouté", "rôles ajoutés") +
                       (guests.empty() ? "" : ", dont " + counted(guests.size(), "expert non électeur", "experts non électeurs")));
        return true;
    });
    say("Fait : " + counted(added, "rôle ajouté", "rôles ajoutés") + ", " +
        counted(read.size() - added, "y était déjà", "y étaient déjà") + ".");
    for (const std::string& guest : guests)
        say("  " + guest +
            " n’est pas électeur : depuis la page d’accueil, son adresse lui fait recevoir un lien, où il choisit son mot de passe.");
    return util::Done{};
}

util::Status members_remove(Office& office, const Arguments& arguments) {
    const auto address = member_named(office, arguments);
    if (!address) return address.error();
    std::uint64_t ended = 0;
    office.db().transaction([&] {
        const std::string numbers = numbers_of(office, *address);
        ended = store::remove_member(office.db(), *address, office.clock().now());
        record(office, "members", numbers + " : rôles terminés");
        return true;
    });
    say("Fait : " + counted(ended, "rôle terminé", "rôles terminés") + " ; la personne n’entre plus.");
    return util::Done{};
}

util::Status members_enrol(Office& office, const Arguments& arguments) {
    const auto address = member_named(office, arguments);
    if (!address) return address.error();
    if (const util::Status room = room_for_sheet(arguments); !room) return room;
    const util::Instant until = office.clock().now() + k_enrolment_lives;
    std::string code;
    const bool done = office.db().transaction([&] {
        // Also of who was removed and came back: one officer alone never replaces a factor.
        const auto factor = store::lock_factor(office.db(), *address);
        if (factor && factor->is_enrolled) return false;
        code = new_code(office, *address, until);
        record(office, "members", numbers_of(office, *address) + " : code d’enregistrement remis");
        return true;
    });
    if (!done) return refused("cette personne a déjà son second facteur : « members recover », puis l’accord d’un autre officier");
    return hand_out(arguments, *address, code, until);
}

util::Status members_recover(Office& office, const Arguments& arguments) {
    const auto address = member_named(office, arguments);
    if (!address) return address.error();
    unsigned number = 0;
    office.db().transaction([&] {
        number = store::propose_recovery(office.db(), *address, office.actor(), office.clock().now());
        record(office, "members",
               numbers_of(office, *address) + " : renouvellement du second facteur proposé, n° " + std::to_string(number));
        return true;
    });
    say("Proposé sous le n° " + std::to_string(number) + ". Un autre que " + office.actor() + " décide : « members approve " +
        std::to_string(number) + " » ou « members refuse " + std::to_string(number) + " ».");
    return util::Done{};
}

util::Status members_approve(Office& office, const Arguments& arguments) { return decide_on_recovery(office, arguments, true); }
util::Status members_refuse(Office& office, const Arguments& arguments) { return decide_on_recovery(office, arguments, false); }

}  // namespace scrutinctl
