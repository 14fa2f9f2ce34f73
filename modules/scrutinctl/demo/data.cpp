// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/demo/data.hpp"

#include <algorithm>
#include <vector>

namespace scrutinctl::demonstration {

namespace {

constexpr AcademieData k_academies[] = {
    {"aix-marseille", "Aix-Marseille", "appli.ac-aix-marseille.fr"},
    {"amiens", "Amiens", "bv.ac-amiens.fr"},
    {"besancon", "Besançon", "convergences.ac-besancon.fr"},
    {"bordeaux", "Bordeaux", "courrier.ac-bordeaux.fr"},
    {"caen", "Caen", "webmail.ac-caen.fr"},
    {"clermont", "Clermont-Ferrand", "bv.ac-clermont.fr"},
    {"corse", "Corse", "webmail.ac-corse.fr"},
    {"creteil", "Créteil", "webmel.ac-creteil.fr"},
    {"dijon", "Dijon", "webmail.ac-dijon.fr"},
    {"grenoble", "Grenoble", "webmail.ac-grenoble.fr"},
    {"lille", "Lille", "webmail.ac-lille.fr"},
    {"limoges", "Limoges", "mcc.ac-limoges.fr"},
    {"lyon", "Lyon", "webmail.ac-lyon.fr"},
    {"montpellier", "Montpellier", "webmail.ac-montpellier.fr"},
    {"nancy-metz", "Nancy-Metz", "id.ac-nancy-metz.fr"},
    {"nantes", "Nantes", "webmel.ac-nantes.fr"},
    {"nice", "Nice", "esterel.ac-nice.fr"},
    {"orleans-tours", "Orléans-Tours", "webmail.ac-orleans-tours.fr"},
    {"paris", "Paris", "webmail.ac-paris.fr"},
    {"poitiers", "Poitiers", "webmail.ac-poitiers.fr"},
    {"reims", "Reims", "webmail.ac-reims.fr"},
    {"rennes", "Rennes", "webmail.ac-rennes.fr"},
    {"rouen", "Rouen", "webmail.ac-rouen.fr"},
    {"strasbourg", "Strasbourg", "courrier.ac-strasbourg.fr"},
    {"toulouse", "Toulouse", "messagerie.ac-toulouse.fr"},
    {"versailles", "Versailles", "messagerie.ac-versailles.fr"},
    {"guadeloupe", "Guadeloupe", "bwetamel.ac-guadeloupe.fr"},
    {"martinique", "Martinique", "pia.ac-martinique.fr"},
    {"guyane", "Guyane", "webmail.ac-guyane.fr"},
    {"reunion", "Réunion", "webmail.ac-reunion.fr"},
    {"mayotte", "Mayotte", "webmel.ac-mayotte.fr"},
};
static_assert(std::size(k_academies) == 31);

constexpr Place k_places[] = {{"poitiers", "079", "Deux-Sèvres"},
                              {"poitiers", "086", "Vienne"},
                              {"rouen", "027", "Eure"},
                              {"rouen", "076", "Seine-Maritime"}};

constexpr Instance k_committees_2018[] = {
    {"CTM", "Comité technique ministériel", "national", "ctm", 15, false},
    {"CTA", "Comité technique académique", "académique", "cta", 10, false},
};
constexpr Instance k_instances[] = {
    {"CSA MEN", "Comité social d’administration ministériel de l’éducation nationale", "national", "ctm", 15, false},
    {"CSA A", "Comité social d’administration académique", "académique", "cta", 10, false},
    {"CAPN PE", "Commission administrative paritaire nationale des professeurs des écoles", "national", "capn-pe", 10, true},
    {"CAPD PE", "Commission administrative paritaire départementale des professeurs des écoles", "départemental", "capd-pe", 5,
     true},
    {"CAPN PsyEN", "Commission administrative paritaire nationale des psychologues de l’éducation nationale", "national",
     "capn-psyen", 4, true},
    {"CAPA PsyEN", "Commission administrative paritaire académique des psychologues de l’éducation nationale", "académique",
     "capa-psyen", 2, true},
    {"CCPA", "Commission consultative paritaire des directeurs adjoints de SEGPA", "académique", "ccpa", 2, false},
    {"CCSA", "Commission consultative spéciale académique des directeurs d’école spécialisée", "académique", "ccsa", 2, false},
    {"CCP AESH", "Commission consultative paritaire des AESH et AED", "académique", "ccp-aesh", 3, false},
    {"CCP ens.", "Commission consultative paritaire des enseignants contractuels", "académique", "ccp-ens", 3, false},
};

constexpr std::string_view k_aesh[] = {"AESH", "AED"};
constexpr std::string_view k_contract[] = {"Enseignant contractuel"};
constexpr std::string_view k_pe[] = {"Professeur des écoles", "Professeur des écoles", "Professeur des écoles hors classe",
                                     "Instituteur"};
constexpr std::string_view k_pe_only[] = {"Professeur des écoles", "Professeur des écoles hors classe"};
constexpr std::string_view k_pes[] = {"Professeur des écoles stagiaire"};
constexpr std::string_view k_psyen[] = {"Psychologue de l’éducation nationale"};

constexpr Profile k_profiles[] = {
    {"AESH-AED", "XX......X.", 190, k_aesh},
    {"Enseignant contractuel", "XX.......X", 60, k_contract},
    {"Directeur adjoint de SEGPA", "XXXX..X...", 20, k_pe_only},
    {"Directeur écoles d’application et spécialisé", "XXXX...X..", 30, k_pe_only},
    {"PE et instituteur", "XXXX......", 600, k_pe},
    {"PES", "XX........", 40, k_pes},
    {"PsyEN détaché", "XXXXXX....", 20, k_psyen},
    {"PsyEN intégré", "XX..XX....", 40, k_psyen},
};

constexpr Union k_unions[] = {
    {"Horizon Éducation", "HE", "Des classes moins chargées, du temps pour chaque élève.", 30},
    {"Les Voix du Préau", "VDP", "Écouter celles et ceux qui font l’école chaque jour.", 24},
    {"Union Tableau Vert", "UTV", "Des salaires à la hauteur de nos missions.", 18},
    {"Fédération Grande Ourse", "FGO", "Un cap clair pour le service public d’éducation.", 13},
    {"Collectif Trait d’Union", "CTU", "Relier les métiers, défendre chaque statut.", 9},
    {"Syndicat Marelle", "SM", "Formation, remplacement, santé : des droits effectifs.", 6},
};

constexpr std::string_view k_women[] = {"Adèle",     "Agathe",  "Albane",  "Anaïs",     "Apolline", "Aurore",   "Bérénice",
                                        "Capucine",  "Cécile",  "Clara",   "Constance", "Daphné",   "Diane",    "Éléonore",
                                        "Élise",     "Élodie",  "Estelle", "Eva",       "Fanny",    "Flore",    "Gaëlle",
                                        "Garance",   "Hélène",  "Héloïse", "Inès",      "Iris",     "Jeanne",   "Joséphine",
                                        "Léa",       "Léonie",  "Lise",    "Lucie",     "Maëlle",   "Marianne", "Mathilde",
                                        "Nora",      "Ondine",  "Perrine", "Rosalie",   "Salomé",   "Solène",   "Thaïs",
                                        "Valentine", "Yasmine", "Zoé"};
constexpr std::string_view k_men[] = {"Adrien",  "Alban",   "Ambroise", "Anselme", "Armel",   "Aubin",  "Basile",  "Benoît",
                                      "Bruno",   "Cédric",  "Corentin", "Côme",    "Dorian",  "Edgar",  "Émile",   "Étienne",
                                      "Fabrice", "Félix",   "François", "Gaëtan",  "Gaspard", "Gilles", "Guénolé", "Hippolyte",
                                      "Ivan",    "Joël",    "Karim",    "Lazare",  "Léandre", "Loïc",   "Malo",    "Marceau",
                                      "Maël",    "Noé",     "Octave",   "Pacôme",  "Quentin", "Rémi",   "Sacha",   "Simon",
                                      "Théo",    "Tristan", "Ulysse",   "Victor",  "Yann"};
// Surnames are put together from two halves, so that a crowd of them names nobody.
constexpr std::string_view k_fronts[] = {"Aube", "Bel",  "Bois",  "Brun", "Cast", "Char", "Clair", "Cour", "Dau", "Étan",
                                         "Fau",  "Font", "Gran",  "Haut", "Lan",  "Lav",  "Mar",   "Mont", "Nor", "Or",
                                         "Per",  "Pré",  "Roche", "Sau",  "Ser",  "Tour", "Val",   "Ver",  "Vil"};
constexpr std::string_view k_backs[] = {"anville", "bert",   "besnard", "camp",   "celin",  "court",  "delys",  "dier",
                                        "fermat",  "fresne", "gaut",    "geval",  "guérin", "hamel",  "jean",   "landier",
                                        "lieu",    "lomé",   "meroy",   "nier",   "pierre", "quenet", "rivage", "sac",
                                        "sollier", "tignac", "toire",   "vallon", "zelle"};

constexpr std::string_view k_kinds[] = {"École élémentaire", "École primaire", "École maternelle", "Collège", "Groupe scolaire"};
constexpr std::string_view k_school_names[] = {"Les Tilleuls",   "La Fontaine aux Loups", "Le Grand Chêne", "Les Hirondelles",
                                               "Le Moulin Bleu", "Les Quatre Vents",      "La Prairie",     "Le Clos des Mésanges",
                                               "Les Remparts",   "Le Pont Neuf",          "Les Iris",       "La Garenne",
                                               "Le Verger",      "Les Sources",           "Le Belvédère"};
constexpr std::string_view k_towns[4][6] = {{"Saint-Avel", "Bressigny", "Thouarcel", "La Mothe-Verte", "Parvenay", "Airvaumont"},
                                            {"Châtelrault-sur-Clain", "Montmorel", "Loudinay", "Civraux", "Lusignol", "Neuvillac"},
                                            {"Évrecourt", "Pont-l’Aubier", "Bernaville-la-Forêt", "Verneval", "Gisanville",
                                             "Louvray"},
                                            {"Yvebec", "Fécanville", "Neufbourg-en-Caux", "Barentot", "Saint-Valéry-des-Prés",
                                             "Dieppeville"}};

}  // namespace

std::span<const AcademieData> academies() { return k_academies; }
std::span<const Place> places() { return k_places; }
std::span<const Instance> instances(std::string_view edition) {
    static const auto of_2018 = [] {
        std::vector<Instance> all(std::begin(k_instances), std::end(k_instances));
        std::copy(std::begin(k_committees_2018), std::end(k_committees_2018), all.begin());
        return all;
    }();
    return edition == "2018" ? std::span<const Instance>(of_2018) : std::span<const Instance>(k_instances);
}
std::span<const Profile> profiles() { return k_profiles; }
std::span<const Union> unions() { return k_unions; }

std::uint64_t Dice::next() {
    // SplitMix64 (Steele, Lea, Flood 2014).
    state_ += 0x9e3779b97f4a7c15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

Person make_person(Dice& dice) {
    const bool woman = dice.below(100) < 78;
    const std::string_view first = woman ? dice.pick(k_women) : dice.pick(k_men);
    const std::string last = std::string(dice.pick(k_fronts)) + std::string(dice.pick(k_backs));
    return {woman ? "Mme" : "M.", std::string(first), last};
}

std::string make_school(Dice& dice, const Place& place) {
    const auto row = static_cast<std::size_t>(&place - k_places);
    const std::string_view kind = dice.pick(k_kinds), name = dice.pick(k_school_names);
    const std::string_view town = dice.pick(k_towns[row]);
    return std::string(kind) + " " + std::string(name) + ", " + std::string(town);
}

}  // namespace scrutinctl::demonstration
