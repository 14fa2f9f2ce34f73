// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/seal_checks.hpp"

#include <filesystem>
#include <set>

#include "crypto/hash.hpp"
#include "crypto/trustees/ceremony.hpp"
#include "domain/local_time.hpp"
#include "scrutinctl/audit.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/select.hpp"
#include "scrutinctl/store_audit.hpp"
#include "trustee/archives.hpp"
#include "trustee/ceremony_folder.hpp"
#include "trustee/trustee_file.hpp"
#include "util/bytes.hpp"
#include "util/digest.hpp"
#include "util/random.hpp"
#include "util/text.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

namespace fs = std::filesystem;

constexpr std::string_view k_question = "Scellement ";
constexpr std::chrono::hours k_question_lives{24};
constexpr std::size_t k_question_size = 11 + 20 + 1 + 16;  // "Scellement 2026-12-02T08:00:00Z 0123456789abcdef"

// The last question asked, if it was today.
util::Result<std::string> question_of_today(Office& office) {
    const std::string question = store::last_audit_detail(office.db(), "seal-challenge").substr(0, k_question_size);
    const auto asked = question.size() == k_question_size ? util::from_sql(question.substr(k_question.size(), 19)) : std::nullopt;
    if (!asked || hour_of_acts(office) - *asked > k_question_lives)
        return refused("aucune question n’a été posée aux porteurs depuis 24 heures : « seal challenge » en pose une");
    return question;
}

// Holders of this key whose proof over the question is in the folder.
std::set<unsigned> answered(const fs::path& folder, const KeyOfBureau& key, const std::string& question) {
    std::set<unsigned> holders;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file() || entry.path().extension() != ".json") continue;
        const auto text = trustee::read_public_file(entry.path());
        const auto proof = trustee::read_possession(text.value_or(""));
        if (!proof || proof->challenge != question || proof->record_hash != crypto::sha_hex(key.record)) continue;
        if (crypto::ceremony::check_possession(key.group, key.record, proof->holder, question, proof->proof))
            holders.insert(proof->holder);
    }
    return holders;
}

util::Result<std::string> reason_of(const Arguments& arguments, std::string_view option) {
    const std::string reason(util::trim(arguments.get(option).value_or("")));
    if (!reason.empty() && util::is_printable_line(reason, 300)) return reason;
    return bad_input(std::string(option) + " MOTIF : une ligne de 300 caractères au plus, pour le procès-verbal");
}

}  // namespace

util::Status seal_challenge(Office& office, const Arguments&) {
    const std::string question =
        std::string(k_question) + util::to_iso(hour_of_acts(office)) + " " + util::to_hex(util::random_bytes(8));
    record_alone(office, "seal-challenge", question);
    say("La question du jour, à tous les porteurs de tous les bureaux : " + question);
    say("Chacun, sur sa machine : « scrutin-trustee check SA-CLE.cle --challenge \"" + question +
        "\" », et remet le fichier ….possession-….json. Tous dans un dossier, pour « seal --answers DOSSIER », dans les 24 heures.");
    return util::Done{};
}

util::Status require_answers(Office& office, const Arguments& arguments, const std::vector<KeyOfBureau>& keys) {
    if (arguments.has("--without-answers")) {
        const auto reason = reason_of(arguments, "--without-answers");
        if (!reason) return reason.error();
        record_alone(office, "without-answers", "scellement sans réponse des supports des porteurs : " + *reason);
        say("À porter au procès-verbal : scellé sans que le support de chaque porteur ait répondu.");
        return util::Done{};
    }
    const auto folder = arguments.get("--answers");
    if (!folder || !fs::is_directory(*folder))
        return bad_input(
            "--answers DOSSIER est attendu : les réponses du jour de tous les porteurs (« seal challenge » dit la question), ou "
            "--without-answers MOTIF");
    const auto question = question_of_today(office);
    if (!question) return question.error();
    std::string missing;
    std::size_t count = 0;
    for (const KeyOfBureau& key : keys) {
        const auto there = answered(*folder, key, *question);
        count += there.size();
        for (unsigned holder = 1; holder <= trustee::holders_of(key.record).all; ++holder)
            if (!there.contains(holder))
                missing += "\n  " + key.bureau + " (" + key.group + ") : porteur " + std::to_string(holder);
    }
    if (!missing.empty()) return refused("des supports n’ont pas répondu à « " + *question + " » :" + missing);
    record_alone(office, "answers", counted(count, "support a", "supports ont") + " répondu à « " + *question + " »");
    return util::Done{};
}

util::Status require_rehearsal(Office& office, const Arguments& arguments, const std::vector<KeyOfBureau>& keys) {
    if (arguments.has("--without-rehearsal")) {
        const auto reason = reason_of(arguments, "--without-rehearsal");
        if (!reason) return reason.error();
        record_alone(office, "without-rehearsal", "scellement sans essai dépouillé : " + *reason);
        say("À porter au procès-verbal : scellé sans qu’un essai ait été dépouillé avec ces clés.");
        return util::Done{};
    }
    const auto folder = arguments.get("--rehearsal");
    if (!folder || !fs::is_directory(*folder))
        return bad_input(
            "--rehearsal DOSSIER est attendu : les archives de l’essai dépouillé avec ces clés, ou --without-rehearsal MOTIF");
    for (const KeyOfBureau& key : keys) {
        const std::string which = key.bureau + " (" + key.group + ")";
        const auto archives = trustee::read_archives({*folder}, crypto::sha_hex(key.record));
        if (!archives) return bad_input("essai de " + which + " : " + archives.error().detail);
        const trustee::CheckedArchive* counted_one = nullptr;
        for (const auto& archive : *archives)
            if (archive.report.finished && archive.report.counted > 0) counted_one = &archive;
        if (counted_one == nullptr)
            return refused("essai de " + which +
                           " : aucune de ses archives n’a de bulletin dépouillé ; l’essai va jusqu’au résultat");
        if (util::to_lower_ascii(counted_one->report.election).find("essai") == std::string::npos)
            return refused("essai de " + which + " : l’élection de l’archive " + counted_one->path.string() +
                           " ne porte pas « essai » dans son titre : ce n’est pas un essai");
        for (const store::Scrutin& scrutin : store::scrutins(office.db()))
            if (scrutin.uuid == counted_one->report.uuid)
                return refused("essai de " + which + " : c’est l’archive d’un scrutin de cette élection");
        record_alone(office, "rehearsal",
                     which + " : essai " + counted_one->report.uuid +
                         " dépouillé, bulletins=" + std::to_string(counted_one->report.counted) +
                         " archive=" + util::sha256_hex_of_file(counted_one->path).value_or(""));
    }
    return util::Done{};
}

}  // namespace scrutinctl
