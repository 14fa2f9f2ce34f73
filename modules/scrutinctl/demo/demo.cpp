// SPDX-License-Identifier: AGPL-3.0-or-later
// demo: writes an import folder of an invented election. The same seed and number give the same people; dates follow the day.
#include <algorithm>
#include <filesystem>
#include <map>
#include <unordered_map>

#include "domain/calendar.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/csv.hpp"
#include "scrutinctl/demo/data.hpp"
#include "scrutinctl/demo/pdf.hpp"
#include "util/bytes.hpp"
#include "util/build.hpp"
#include "util/file.hpp"
#include "util/text.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

namespace fs = std::filesystem;
namespace demo_data = demonstration;
using demo_data::Dice;

std::string row(std::initializer_list<std::string_view> fields) {
    std::string line;
    for (const std::string_view field : fields) line += (line.empty() ? "" : ";") + csv_field(field);
    return line + "\n";
}

struct DemoScrutin {
    std::string code, title, bureau, perimeter;
    const demo_data::Instance* instance;
    std::string_view group;
};

std::string name_of_academie(std::string_view code) {
    for (const auto& academie : demo_data::academies()) {
        if (academie.code == code) return std::string(academie.name);
    }
    return std::string(code);
}

std::vector<DemoScrutin> make_scrutins(std::string_view edition) {
    std::vector<DemoScrutin> scrutins;
    for (const auto& instance : demo_data::instances(edition)) {
        if (instance.level == "national") {
            scrutins.push_back({std::string(instance.slug), std::string(instance.title), "Bureau de vote électronique national", "",
                                &instance, "Ed25519"});
            continue;
        }
        std::string last;
        for (const auto& place : demo_data::places()) {
            const bool academic = instance.level == "académique";
            const std::string perimeter(academic ? place.academie : place.departement);
            if (perimeter == last) continue;
            last = perimeter;
            const std::string academie = name_of_academie(place.academie);
            const std::string where = academic ? "académie de " + academie : std::string(place.departement_name);
            // One scrutin in the group that Debian's belenios-tool can judge.
            const bool auditable = instance.slug == "ccp-aesh" && perimeter == "poitiers";
            scrutins.push_back({std::string(instance.slug) + "-" + perimeter, std::string(instance.title) + " – " + where,
                                "Bureau de vote électronique de l’académie de " + academie, perimeter, &instance,
                                auditable ? "BELENIOS-2048" : "Ed25519"});
        }
    }
    return scrutins;
}

std::string ascii_of(std::string_view name) {
    std::string out;
    for (const char c : util::fold(name)) out += (c >= 'a' && c <= 'z') ? c : '-';
    return out;
}

struct DemoElector {
    demo_data::Person person;
    std::string email, numen, birth, affectation;
    const demo_data::Profile* profile;
    std::string_view corps;
    const demo_data::Place* place;
};

// The elector whose data are printed for whoever tries the portal: he votes in both groups.
DemoElector first_elector() {
    const auto& profile = demo_data::profiles()[0];
    return {{"Mme", "Camille", "Beaurivage"},
            "camille.beaurivage@ac-poitiers.example",
            "19E8642097AXZ",
            "14/03/1986",
            "École élémentaire Le Moulin Bleu, Saint-Avel",
            &profile,
            profile.corps[0],
            demo_data::places().data()};
}

class ElectorMaker {
public:
    explicit ElectorMaker(Dice& dice) : dice_(dice) {}

    DemoElector make() {
        DemoElector elector;
        ++serial_;
        elector.person = demo_data::make_person(dice_);
        elector.place = &dice_.pick(demo_data::places());
        std::size_t draw = dice_.below(1000);
        for (const auto& profile : demo_data::profiles()) {
            elector.profile = &profile;
            if (draw < profile.share) break;
            draw -= profile.share;
        }
        elector.corps = dice_.pick(elector.profile->corps);
        elector.affectation = demo_data::make_school(dice_, *elector.place);
        const std::string local = ascii_of(elector.person.first_name) + "." + ascii_of(elector.person.last_name);
        const std::string host = "@ac-" + std::string(elector.place->academie) + ".example";
        const unsigned same = ++homonyms_[local + host];
        elector.email = local + (same > 1 ? std::to_string(same) : "") + host;
        elector.numen = two(dice_.below(90) + 10) + "E" + seven(serial_) + letter() + letter() + letter();
        elector.birth = two(1 + dice_.below(28)) + "/" + two(1 + dice_.below(12)) + "/" + std::to_string(1959 + dice_.below(44));
        return elector;
    }

private:
    static std::string two(std::size_t value) { return (value < 10 ? "0" : "") + std::to_string(value); }
    static std::string seven(std::size_t value) {
        const std::string digits = std::to_string(value);
        return std::string(7 - std::min<std::size_t>(digits.size(), 7), '0') + digits;
    }
    char letter() { return static_cast<char>('A' + dice_.below(26)); }

    Dice& dice_;
    std::size_t serial_ = 0;
    std::unordered_map<std::string, unsigned> homonyms_;
};

std::string electors_csv(Dice& dice, unsigned count) {
    std::string csv = "courriel;civilite;nom;prenom;numen;naissance;personnel;corps;affectation;academie;departement;lieu_notice\n";
    ElectorMaker maker(dice);
    for (unsigned i = 0; i < count; ++i) {
        const DemoElector e = i == 0 ? first_elector() : maker.make();
        csv += row({e.email, e.person.civility, e.person.last_name, e.person.first_name, e.numen, e.birth, e.profile->personnel,
                    e.corps, e.affectation, e.place->academie, e.place->departement, "Secrétariat : " + e.affectation});
    }
    return csv;
}

void write_scrutins(const fs::path& folder, Dice& dice, const std::vector<DemoScrutin>& scrutins) {
    std::string scrutin_rows = "code;titre;instance;niveau;perimetre;sieges;departage_candidats;groupe;bureau\n";
    std::string list_rows = "scrutin;position;nom;syndicat;profession_de_foi\n";
    std::string candidate_rows = "scrutin;liste;position;civilite;nom;prenom;affectation\n";
    std::string delegate_rows = "courriel;scrutin;liste\n";
    fs::create_directories(folder / "professions-de-foi");
    for (const DemoScrutin& scrutin : scrutins) {
        const auto& instance = *scrutin.instance;
        scrutin_rows +=
            row({scrutin.code, scrutin.title, instance.name, instance.level, scrutin.perimeter, std::to_string(instance.seats),
                 instance.tie_by_candidates ? "oui" : "non", scrutin.group, scrutin.bureau});
        // The unions present, in the order of the draw.
        std::vector<const demo_data::Union*> unions;
        for (const auto& name : demo_data::unions()) unions.push_back(&name);
        for (std::size_t i = unions.size(); i > 1; --i) std::swap(unions[i - 1], unions[dice.below(i)]);
        unions.resize(instance.seats >= 10 ? 6 : instance.seats >= 4 ? 4 : 3);
        unsigned position = 0;
        for (const auto* name : unions) {
            ++position;
            if (&scrutin == &scrutins.front() && position == 1)
                delegate_rows += row({first_elector().email, scrutin.code, name->name});
            const std::string pdf = scrutin.code + "-" + util::to_lower_ascii(name->acronym) + ".pdf";
            list_rows += row({scrutin.code, std::to_string(position), name->name,
                              std::string(name->name) + " (" + std::string(name->acronym) + ")", pdf});
            util::replace_file(
                folder / "professions-de-foi" / pdf,
                demo_data::make_pdf(
                    "Profession de foi – " + std::string(name->name),
                    {scrutin.title, std::string(name->motto),
                     "Les 3 engagements de notre liste : des effectifs mieux répartis, une formation sur le temps de "
                     "travail, et une réponse écrite à chaque question que vous nous poserez.",
                     "Ce document est inventé pour la démonstration ; ni ce syndicat ni ces candidats n’existent."}));
            for (unsigned i = 1; i <= 2 * instance.seats; ++i) {
                const demo_data::Person person = demo_data::make_person(dice);
                const demo_data::Place* place = &dice.pick(demo_data::places());
                for (const auto& other : demo_data::places()) {
                    if (other.departement == scrutin.perimeter ||
                        (other.academie == scrutin.perimeter && place->academie != scrutin.perimeter))
                        place = &other;
                }
                candidate_rows += row({scrutin.code, std::to_string(position), std::to_string(i), person.civility, person.last_name,
                                       person.first_name, demo_data::make_school(dice, *place)});
            }
        }
    }
    util::replace_file(folder / "scrutins.csv", scrutin_rows);
    util::replace_file(folder / "listes.csv", list_rows);
    util::replace_file(folder / "candidats.csv", candidate_rows);
    util::replace_file(folder / "delegues.csv", delegate_rows);
}

// « au CSA MEN », « à la CAPD PE ».
std::string at_instance(std::string_view name) {
    return (name.starts_with("CT") || name.starts_with("CSA") ? "au " : "à la ") + std::string(name);
}

std::string rules_csv(std::string_view edition) {
    std::string csv = "personnel;corps;academie;departement;instance;motif\n";
    const auto instances = demo_data::instances(edition);
    for (std::size_t i = 0; i < instances.size(); ++i) {
        for (const auto& profile : demo_data::profiles()) {
            if (profile.marks[i] != 'X') continue;
            csv += row(
                {profile.personnel, "", "", "", instances[i].name,
                 "Vous êtes {corps} en fonction à {academie} : vous élisez vos représentants " + at_instance(instances[i].name)});
        }
    }
    return csv;
}

std::string academies_csv() {
    std::string csv = "code;nom;webmail;recuperation;telephone;courriel;horaires\n";
    unsigned line = 0;
    for (const auto& academie : demo_data::academies()) {
        const std::string digits = std::to_string(++line);
        // 01 99 00 xx xx is kept for fiction by the numbering plan.
        csv +=
            row({academie.code, academie.name, "https://" + std::string(academie.webmail),
                 "https://mot-de-passe.ac-" + std::string(academie.code) + ".example",
                 "01 99 00 10 " + std::string(2 - digits.size(), '0') + digits,
                 "assistance@ac-" + std::string(academie.code) + ".example", "Du lundi au vendredi, 8 h 30 à 18 h (heure locale)"});
    }
    return csv;
}

std::string calendar_toml(util::Instant now, std::string_view edition) {
    using std::chrono::days;
    // A day at an hour of Paris, `offset` days from today; 3 a.m. shifts of summer time never hit these hours.
    const auto at = [&](int offset, const char* hour) {
        const std::string day = util::to_sql(now + days(offset)).substr(0, 10);
        return "\"" + day + " " + hour + "\"";
    };
    return "# Calendrier de la démonstration. Heures de Paris.\n[election]\n"
           // The portals of 2018 and 2022 wrote their title without an accent.
           "title = \"" +
           std::string(edition == "2026" ? "É" : "E") + "lections professionnelles " + std::string(edition) + "\"\nedition = \"" +
           std::string(edition) +
           "\"\n"
           "administration = \"Ministère de démonstration\"\ndemonstration = " +
           std::string(util::is_demonstration_build() ? "true" : "false") +
           "\nsmall_totals = true\n\n[calendar]\nportal_opens = " + at(-42, "09:00") + "\nlists_shown = " + at(-17, "09:00") +
           "\nreclamations_close = " + at(3, "23:59:59") + "\nreassort_opens = " + at(-17, "09:00") +
           "\nvote_opens = " + at(-1, "10:00") + "\nvote_closes = " + at(7, "17:00") + "\nresults_shown = " + at(8, "12:00") + "\n";
}

}  // namespace

util::Status demo(Office& office, const Arguments& arguments) {
    const fs::path folder = arguments.positional[0];
    const auto electors = arguments.number("--electors", 1000, 1, 2'000'000);
    const auto seed = arguments.number("--seed", 2026, 0, 4'000'000'000U);
    if (!electors) return electors.error();
    if (!seed) return seed.error();

    const std::string edition = arguments.get("--edition").value_or("2026");
    if (edition != "2018" && edition != "2022" && edition != "2026") return bad_input("--edition : 2018, 2022 ou 2026 attendu");

    fs::create_directories(folder);
    Dice dice(*seed);
    const std::vector<DemoScrutin> scrutins = make_scrutins(edition);
    write_scrutins(folder, dice, scrutins);
    util::replace_file(folder / "academies.csv", academies_csv());
    util::replace_file(folder / "regles.csv", rules_csv(edition));
    util::replace_file(folder / "calendrier.toml", calendar_toml(office.clock().now(), edition));
    util::replace_file(folder / "electeurs.csv", electors_csv(dice, *electors), /*secret=*/true);
    const DemoElector first = first_elector();
    util::replace_file(
        folder / "essai.toml",
        "# L’électrice dont les données servent à essayer le portail. Le téléphone est d’une plage réservée à la fiction.\n"
        "prenom = \"" +
            first.person.first_name + "\"\nnom = \"" + first.person.last_name + "\"\nadresse = \"" + first.email +
            "\"\nnumen = \"" + first.numen + "\"\nnaissance = \"" + first.birth + "\"\ntelephone = \"06 39 98 00 01\"\n",
        /*secret=*/true);
    say("Élection de démonstration dans " + folder.string() + " : " + std::to_string(scrutins.size()) + " scrutins, " +
        util::french_number(*electors) + " électeurs inventés. Suite : scrutinctl import " + folder.string());
    return util::Done{};
}

}  // namespace scrutinctl
