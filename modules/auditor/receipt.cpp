// SPDX-License-Identifier: AGPL-3.0-or-later
// receipt: what an elector keeps, checked without the portal: the signature of the receipt, and that its ballot is in a checkpoint of the
// public log when a proof comes with it.
#include "auditor/commands.hpp"
#include "auditor/receipt_file.hpp"
#include "auditor/sealed_facts.hpp"
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

// Given one by one, or taken from what was sealed.
struct Keys {
    std::string receipt;                        // base64url
    std::optional<crypto::tlog::Verifier> log;  // as --log names it
    std::string uuid, sealed_log;               // of the sealed scrutin; its log's key, base64url
};

util::Result<Keys> read_keys(const Arguments& arguments) {
    Keys keys;
    if (const auto place = arguments.get("--sealed")) {
        const auto source = Source::of(*place);
        if (!source) return source.error();
        const auto fingerprint = arguments.get("--fingerprint");
        const auto sealed = read_sealed(*source, "", fingerprint);
        if (!sealed) return sealed.error();
        say("Empreinte de l’élection scellée : " + sealed->fingerprint + (fingerprint ? "" : ", à comparer avec l’affiche"));
        return Keys{sealed->receipt_key, std::nullopt, sealed->uuid, sealed->log_key};
    }
    const auto key = arguments.get("--key");
    if (!key)
        return bad_input(
            "donnez avec --sealed ce qui est scellé, ou avec --key la clé des preuves de vote : elle est au procès-verbal de scellement");
    const auto bytes = util::from_base64url(*key);
    if (!bytes || bytes->size() != 32) return bad_input("--key : 43 lettres, chiffres, « - » ou « _ » sont attendus");
    keys.receipt = *key;
    if (const auto given = arguments.get("--log")) {
        keys.log = crypto::tlog::Verifier::parse(*given);
        if (!keys.log || keys.log->kind != crypto::tlog::KeyKind::log)
            return bad_input("--log : « nom+empreinte+clé » est attendu, tel que publié");
    }
    return keys;
}

// The sealed key under the name that the proof's checkpoint bears; whether that name is the scrutin's is checked with the rest.
std::optional<crypto::tlog::Verifier> sealed_log(const Keys& keys, const std::string& proof) {
    const auto inclusion = crypto::tlog::InclusionProof::parse(proof);
    const auto bytes = util::from_base64url(keys.sealed_log);
    if (keys.sealed_log.empty() || !bytes) return std::nullopt;
    const std::string name = inclusion ? inclusion->note.substr(0, inclusion->note.find('\n')) : "/" + keys.uuid;
    return crypto::tlog::Verifier{name, crypto::tlog::KeyKind::log, *bytes};
}

}  // namespace

util::Status check_receipt(const Arguments& arguments) {
    const auto keys = read_keys(arguments);
    if (!keys) return keys.error();
    const auto files = read_receipt_files(arguments);
    if (!files) return files.error();
    const auto receipt = crypto::read_receipt(files->receipt);
    if (!receipt)
        return util::failure(util::Fault::not_found, "la preuve de vote n’est pas dans sa forme : elle a été modifiée ou tronquée");
    const auto ballot_hash = util::from_base64_unpadded(receipt->tracker);
    if (!keys->uuid.empty() && keys->uuid != receipt->scrutin) return refused("la preuve de vote est celle d’un autre scrutin");

    say("Scrutin : " + util::printable(receipt->scrutin));
    say("Référence du bulletin : " + util::printable(receipt->tracker));
    say("Reçu le " + util::printable(hour_words(receipt->at)));
    std::vector<std::string> faults;
    if (!ballot_hash || ballot_hash->size() != 32) faults.emplace_back("la référence n’est pas celle d’un bulletin");
    if (!crypto::is_signed(*receipt, keys->receipt)) faults.emplace_back("la preuve de vote n’est pas signée par cette clé");
    if (faults.empty() && !files->proof.empty()) {
        const auto log = keys->log ? keys->log : sealed_log(*keys, files->proof);
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
