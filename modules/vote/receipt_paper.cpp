// SPDX-License-Identifier: AGPL-3.0-or-later
#include "vote/receipt_paper.hpp"

#include "domain/local_time.hpp"
#include "paper/sheet.hpp"

namespace vote {

namespace {

std::string received_when(std::string_view at) {
    const auto instant = util::from_sql(at.substr(0, at.size() - 1));  // without the Z
    return instant ? domain::paris_full(*instant) : std::string(at);
}

}  // namespace

std::string make_receipt_paper(const ReceiptPaper& paper) {
    const std::string file = crypto::write_receipt(paper.receipt);
    const std::string urn = paper.base_url + "/urne/" + paper.scrutin_code;
    paper::Sheet sheet("Preuve de vote – " + paper.scrutin);
    sheet.heading("Preuve de vote");
    sheet.paragraph(paper.election);
    sheet.paragraph(paper.scrutin);
    sheet.paragraph("Un bulletin chiffré a été reçu pour ce scrutin le " + received_when(paper.receipt.at) +
                    ". Ce vote est définitif. Ce document ne dit ni le nom de l’électeur, ni son choix.");
    sheet.section("Référence du bulletin");
    sheet.reference(paper.receipt.tracker);

    sheet.section("Comment vérifier que mon bulletin est dans l’urne");
    sheet.item("1.", "Ouvrez " + urn +
                         " et saisissez la référence ci-dessus. La page dit si le bulletin est dans l’urne, et en donne la "
                         "preuve dans un fichier. Les bulletins y sont ajoutés par groupes : attendez si vous venez de voter.");
    sheet.item("2.",
               "Demandez à un tiers (votre organisation syndicale, un expert) de vérifier sans passer par ce site, avec le "
               "programme libre scrutin-verify et ce document ou le fichier de la preuve :");
    sheet.small_print("scrutin-verify receipt FICHIER --key " + paper.receipt_key);
    sheet.item("3.",
               "Cette clé est celle du scellement du scrutin. Comparez-la avec celle qui est affichée ou publiée ailleurs que sur "
               "ce site.");
    sheet.item("4.",
               "Si la référence n’est pas dans l’urne une heure après le vote, présentez ce document à l’assistance de votre "
               "académie ou au bureau de vote : il est signé, et prouve que le bulletin a été reçu.");

    sheet.section("Le fichier de la preuve");
    sheet.code(file);
    sheet.small_print(file);
    sheet.keep(file);
    return sheet.bytes();
}

}  // namespace vote
