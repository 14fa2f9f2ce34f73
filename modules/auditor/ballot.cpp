// SPDX-License-Identifier: AGPL-3.0-or-later
// ballot: an opened ballot, judged away from the portal and from the device that made it.
#include "auditor/commands.hpp"
#include "cli/sentence.hpp"
#include "cli/small_file.hpp"
#include "crypto/archive/reader.hpp"
#include "crypto/opened_ballot.hpp"
#include "util/text.hpp"

namespace auditor {

using namespace cli;

namespace {

constexpr std::uintmax_t k_most_election = 4 << 20;

// A file, or the text itself when it is given in the place of a name.
std::optional<crypto::OpenedBallot> read_opened(const std::string& given) {
    if (auto opened = crypto::OpenedBallot::parse(given)) return opened;
    const auto text = read_small_file(given, k_most_election);
    return text ? crypto::OpenedBallot::parse(*text) : std::nullopt;
}

// The election record, alone in its file or as the first record of an archive.
std::optional<std::string> read_record(const std::string& name) {
    const crypto::RandomFile file(name);
    if (!file.is_open()) return std::nullopt;
    crypto::ArchiveReader archive(file);
    if (archive.read_header()) {
        const auto entry = archive.next();
        return entry && entry->is_held() ? std::optional(entry->body) : std::nullopt;
    }
    auto text = read_small_file(name, k_most_election);
    if (text && text->ends_with('\n')) text->pop_back();
    return text;
}

std::string remaking_words(const std::string& why) {
    if (why == "another election") return "ce bulletin n’a pas été fait pour cette élection : son empreinte est une autre";
    if (why == "no such choice") return "ce choix n’existe pas dans cette élection";
    if (why == "not an election record") return "le fichier donné avec --election n’est pas celui d’une élection";
    return "ce bulletin ne peut pas être recalculé : son texte a été changé";
}

}  // namespace

util::Status check_opened_ballot(const Arguments& arguments) {
    const auto opened = read_opened(arguments.positional[0]);
    if (!opened) return util::failure(util::Fault::not_found, "ce n’est pas un bulletin ouvert : son texte commence par b1~");
    const auto name = arguments.get("--election");
    if (!name)
        return bad_input("donnez avec --election le fichier de l’élection (election.json) ou une archive (.bel) de ce scrutin");
    const auto record = read_record(*name);
    if (!record) return util::failure(util::Fault::not_found, *name + " : impossible de lire ce fichier");
    const auto remade = crypto::remake_ballot(*record, *opened);
    if (!remade) {
        say("Refus : " + remaking_words(remade.error().detail));
        return refused("1 contrôle refusé");
    }
    say("Élection : " + util::printable(remade->election_name));
    say("Empreinte de l’élection : " + opened->fingerprint);
    say("Ce bulletin chiffrait : " + (remade->answer.empty() ? std::string("Vote blanc") : util::printable(remade->answer)));
    say("Référence : " + remade->tracker);
    const auto noted = arguments.get("--tracker");
    if (noted && *noted != remade->tracker) {
        say("Refus : la référence notée est une autre : l’appareil n’avait pas chiffré ce choix");
        return refused("1 contrôle refusé");
    }
    say("Remarque : un bulletin ouvert n’est compté nulle part ; il ne doit pas figurer dans l’urne.");
    if (noted) say("all checks passed");
    else say("Reste à comparer, caractère par caractère, cette référence avec celle que l’appareil montrait avant l’ouverture.");
    return util::Done{};
}

}  // namespace auditor
