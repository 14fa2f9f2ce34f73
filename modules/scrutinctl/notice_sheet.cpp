// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/notice_sheet.hpp"

#include <stdexcept>

#include "cli/sentence.hpp"
#include "paper/sheet.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

std::string place_words(const std::string& place) { return place.empty() ? "Lieu de remise non indiqué" : place; }

std::string election_words(const NoticeWords& words) {
    return words.election + (words.demonstration ? " (démonstration : ce document ne sert à aucun vote)" : "");
}

std::string civil_name(const NoticeLine& elector) {
    return (elector.civility.empty() ? "" : elector.civility + " ") + elector.first_name + " " + elector.last_name;
}

void write_fingerprints(paper::Sheet& sheet, const NoticeLine& elector) {
    sheet.section("Vos scrutins");
    if (elector.scrutins.empty()) {
        sheet.paragraph(
            "Ils sont dans votre espace électeur. L’empreinte de chacun, connue au scellement, sera affichée dans votre établissement et publiée : "
            "comparez-la avec celle de l’écran avant de voter.");
        return;
    }
    std::vector<std::vector<std::string>> rows;
    for (const auto& [title, fingerprint] : elector.scrutins) rows.push_back({title, fingerprint});
    sheet.table({{"Scrutin", 11}, {"Empreinte, à comparer avec celle de l’écran", 9}}, rows);
}

// Letters small enough for one page: who elects in seven scrutins of long names has as much to read as anybody.
float scale_for(const NoticeLine& elector) {
    constexpr std::size_t k_letters_in_line = 48;
    std::size_t lines = 0;
    for (const auto& [title, fingerprint] : elector.scrutins) lines += title.size() / k_letters_in_line + 1;
    return lines <= 9 ? 1.0F : lines <= 14 ? 0.88F : 0.74F;
}

void write_notice(paper::Sheet& sheet, const NoticeWords& words, const std::string& place, const NoticeLine& elector) {
    sheet.corner_code(words.base_url);
    sheet.heading("Notice de vote");
    sheet.paragraph(election_words(words));
    sheet.paragraph("À remettre en main propre à " + civil_name(elector) + ". Lieu de remise : " + place_words(place) + ".");
    sheet.section("Pour voter, " + words.code_yours);
    sheet.mark(elector.code.view());
    sheet.paragraph(
        "Il est personnel et secret : personne, pas même l’assistance, ne vous le demandera. Il n’a ni 0, ni O, ni 1, ni I, ni L. Il n’est "
        "écrit nulle part ailleurs. Si ce pli vous arrive ouvert, ou si vous perdez cette feuille, demandez un nouveau code dans "
        "votre espace électeur à partir du " +
        words.reassort_from + " : celui-ci ne servira plus.");
    write_fingerprints(sheet, elector);
    sheet.section("Voter");
    sheet.paragraph("Le vote est ouvert du " + words.vote + ". Résultats à partir du " + words.results + ".");
    sheet.item(
        "1.",
        "Allez sur " + words.base_url +
            " et sur aucune autre adresse. Ouvrez votre espace électeur avec votre adresse professionnelle, puis « Je vote ».");
    sheet.item(
        "2.",
        "Comparez l’empreinte affichée avec celle de cette feuille ou de l’affiche. Si elle diffère, ne votez pas et prévenez "
        "l’assistance ou le bureau de vote.");
    sheet.item("3.", "Saisissez " + words.code_yours +
                         ", choisissez une liste ou le vote blanc, vérifiez, puis validez. Un vote validé est définitif.");
    sheet.section("Vérifier");
    sheet.item(
        "1.",
        "Avant de voter, l’écran montre la référence de votre bulletin : notez-la, ou gardez la preuve de vote qui la porte.");
    sheet.item(
        "2.",
        "Ensuite, la page « Mon bulletin est-il dans l’urne ? » dit si cette référence y est. Elle ne dit à personne votre choix.");
}

}  // namespace

std::string notice_sheets(const NoticeWords& words, const std::string& place, const std::vector<NoticeLine>& electors,
                          std::size_t first, std::size_t last) {
    paper::Sheet sheet("Notices de vote : " + place_words(place));
    if (words.demonstration) sheet.on_each_page(election_words(words));
    for (std::size_t i = first; i < last; ++i) {
        sheet.next_page();
        sheet.set_scale(scale_for(electors[i]));
        write_notice(sheet, words, place, electors[i]);
        if (sheet.pages() != i - first + 1)
            throw std::runtime_error(
                "la notice de " + electors[i].email +
                " ne tient pas sur une page : raccourcissez les titres de ses scrutins ou le nom de son lieu de remise");
    }
    return sheet.bytes();
}

std::string hand_over_list(const NoticeWords& words, const std::string& place, const std::vector<NoticeLine>& electors) {
    paper::Sheet sheet("Remise des notices : " + place_words(place));
    if (words.demonstration) sheet.on_each_page(election_words(words));
    sheet.heading("Remise des notices de vote");
    sheet.paragraph(election_words(words));
    sheet.paragraph(place_words(place) + " : " + counted(electors.size(), "pli", "plis") + ".");
    sheet.paragraph(
        "Chaque pli est remis à la personne elle-même, qui signe. Un pli non remis reste fermé ; il est compté le dernier jour de la remise, "
        "puis détruit devant témoin. Cette liste ne porte aucun code.");
    std::vector<std::vector<std::string>> rows;
    for (const NoticeLine& elector : electors)
        rows.push_back({std::to_string(rows.size() + 1), elector.last_name + " " + elector.first_name, elector.email, "", ""});
    sheet.table({{"N°", 1, true}, {"Nom et prénom", 4}, {"Adresse professionnelle", 6}, {"Remis le", 2}, {"Signature", 4}}, rows,
                26);
    sheet.section("Fin de la remise");
    sheet.paragraph("Plis remis :                    Plis non remis :                    Date et signature :");
    return sheet.bytes();
}

}  // namespace scrutinctl
