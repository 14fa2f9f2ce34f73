// SPDX-License-Identifier: AGPL-3.0-or-later
// receipt: what an elector keeps, checked without the portal: the signature of the receipt, and that its ballot is in a checkpoint of the
// public log when a proof comes with it.
#include "auditor/commands.hpp"
#include "auditor/receipt_file.hpp"
#include "cli/sentence.hpp"
#include "cli/small_file.hpp"
#include "crypto/receipt.hpp"
#include "crypto/tlog_proof.hpp"
#include "util/bytes.hpp"
#include "util/text.hpp"

namespace auditor {

using namespace cli;

namespace {

constexpr std::uintmax_t k_most_receipt = 8 << 20;

// What all the files given hold together.
util::Result<ReceiptFile> read_receipt_files(const Arguments& arguments) {
    ReceiptFile all;
    for (const std::string& name : arguments.positional) {
        const auto bytes = read_small_file(name, k_most_receipt);
        if (!bytes) return util::failure(util::Fault::not_found, name + " : impossible de lire ce fichier");
        const ReceiptFile one = read_receipt_file(*bytes);
        if (one.receipt.empty() && one.proof.empty())
            return util::failure(util::Fault::not_found, name + " : ni preuve de vote, ni preuve d’inscription au registre");
        if ((!one.receipt.empty() && !all.receipt.empty()) || (!one.proof.empty() && !all.proof.empty()))
            return bad_input("donnez une preuve de vote à la fois, et une preuve d’inscription au plus");
        all.receipt += one.receipt;
        all.proof += one.proof;
    }
    if (all.receipt.empty()) return util::failure(util::Fault::not_found, "aucun de ces fichiers n’est une preuve de vote");
    return all;
}

// « 2026-12-03 09:00:00 (temps universel) »
std::string hour_words(std::string at) {
    if (at.size() == 20) at = at.substr(0, 10) + " à " + at.substr(11, 8);
    return at + " (temps universel)";
}

std::vector<std::string> faults_of_inclusion(const crypto::Receipt& receipt, const std::string& ballot_hash,
                                             const std::string& text, const crypto::tlog::Verifier& log) {
    if (!log.name.ends_with("/" + receipt.scrutin)) return {"la clé donnée avec --log est celle du registre d’un autre scrutin"};
    const auto proof = crypto::tlog::InclusionProof::parse(text);
    if (!proof) return {"preuve d’inscription : elle n’est pas dans sa forme"};
    const auto signed_checkpoint = crypto::tlog::open_checkpoint(proof->note, log);
    if (!signed_checkpoint)
        return {"preuve d’inscription : le point de contrôle n’est pas signé par la clé du registre de ce scrutin"};
    const auto& checkpoint = signed_checkpoint->checkpoint;
    if (!proof->shows(ballot_hash, checkpoint)) return {"preuve d’inscription : ce bulletin n’est pas dans le registre signé"};
    say("Inscription : bulletin n° " + std::to_string(proof->index + 1) + " du registre, qui en comptait " +
        std::to_string(checkpoint.size) + ".");
    for (const auto& signature : signed_checkpoint->note.signatures)
        if (signature.name != log.name)
            say("Signé aussi au nom de " + util::printable(signature.name) + " (signature non vérifiée ici).");
    return {};
}

}  // namespace

util::Status check_receipt(const Arguments& arguments) {
    const auto key = arguments.get("--key");
    if (!key) return bad_input("donnez avec --key la clé des preuves de vote : elle est au procès-verbal de scellement");
    const auto key_bytes = util::from_base64url(*key);
    if (!key_bytes || key_bytes->size() != 32) return bad_input("--key : 43 lettres, chiffres, « - » ou « _ » sont attendus");
    std::optional<crypto::tlog::Verifier> log;
    if (const auto given = arguments.get("--log")) {
        log = crypto::tlog::Verifier::parse(*given);
        if (!log || log->kind != crypto::tlog::KeyKind::log)
            return bad_input("--log : « nom+empreinte+clé » est attendu, tel que publié");
    }
    const auto files = read_receipt_files(arguments);
    if (!files) return files.error();
    const auto receipt = crypto::read_receipt(files->receipt);
    if (!receipt)
        return util::failure(util::Fault::not_found, "la preuve de vote n’est pas dans sa forme : elle a été modifiée ou tronquée");
    const auto ballot_hash = util::from_base64_unpadded(receipt->tracker);

    say("Scrutin : " + util::printable(receipt->scrutin));
    say("Référence du bulletin : " + util::printable(receipt->tracker));
    say("Reçu le " + util::printable(hour_words(receipt->at)));
    std::vector<std::string> faults;
    if (!ballot_hash || ballot_hash->size() != 32) faults.emplace_back("la référence n’est pas celle d’un bulletin");
    if (!crypto::is_signed(*receipt, *key)) faults.emplace_back("la preuve de vote n’est pas signée par cette clé");
    if (faults.empty() && !files->proof.empty()) {
        if (!log) return bad_input("une preuve d’inscription est donnée : donnez aussi la clé du registre, avec --log");
        faults = faults_of_inclusion(*receipt, *ballot_hash, files->proof, *log);
    }
    for (const std::string& fault : faults) say("Refus : " + fault);
    if (!faults.empty()) return refused(counted(faults.size(), "contrôle refusé", "contrôles refusés"));
    if (files->proof.empty())
        say("Remarque : sans preuve d’inscription, ceci prouve que le bulletin a été reçu, pas qu’il est dans l’urne. La page de l’urne la donne.");
    say("all checks passed");
    return util::Done{};
}

}  // namespace auditor
