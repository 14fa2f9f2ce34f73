// SPDX-License-Identifier: AGPL-3.0-or-later
// note: when the bureau has sealed, a holder's machine keeps the fingerprint of each scrutin's Setup event; `decrypt` works for these
// alone. The fingerprint read aloud over all of them must be typed: the office cannot show different seals to different holders.
#include "cli/passphrase.hpp"
#include "trustee/archives.hpp"
#include "trustee/ceremony_screen.hpp"
#include "trustee/commands.hpp"
#include "trustee/key_at_work.hpp"

namespace trustee {

using namespace cli;

util::Status note(const Arguments& arguments) {
    const auto key_path = key_option(arguments);
    if (!key_path) return key_path.error();
    auto work = KeyAtWork::open(*key_path, arguments, "une clé de démonstration ne note rien");
    if (!work) return work.error();
    auto& [lock, key, notes] = *work;
    const auto archives = read_archives(arguments.positional, key.record_hash);
    if (!archives) return archives.error();

    say(work->holder() + " : " + counted(archives->size(), "scrutin scellé", "scrutins scellés") + ".");
    std::vector<SealNote> sealed;
    std::size_t fresh = 0;
    for (const CheckedArchive& archive : *archives) {
        const crypto::VerifyReport& report = archive.report;
        const SealNote* before = notes.find(report.uuid);
        if (before != nullptr && before->setup != report.setup)
            return bad_input("contrôle refusé : « " + report.name +
                             " » : vous avez noté un autre scellement pour ce scrutin. Ne notez rien et prévenez le président");
        say("\n" + report.name + " (" + report.uuid + ")");
        say("  " + counted(report.credentials, "électeur", "électeurs") + " ; règles scellées : « " +
            crypto::write_rules(report.rules) + " »");
        say("  scellement " + spoken_fingerprint(report.setup) + (before != nullptr ? " (déjà noté)" : ""));
        if (!report.rules.bound_decryption)
            say("  Attention : cette élection scellée n’exige pas la seconde preuve des déchiffrements");
        fresh += before == nullptr;
        sealed.push_back({report.uuid, report.setup, ""});
    }
    const std::string spoken = sealing_fingerprint(sealed);
    say("\n    EMPREINTE DU SCELLEMENT :   " + spoken + "\n");
    std::string typed = arguments.get("--fingerprint").value_or("");
    if (typed.empty()) {
        const auto line = ask_line("Tapez l’empreinte du procès-verbal de scellement, que tous les porteurs ont lue : ",
                                   "donnez --fingerprint EMPREINTE : celle du procès-verbal de scellement");
        if (!line) return line.error();
        typed = *line;
    }
    if (!is_same_fingerprint(typed, spoken))
        return bad_input("l’empreinte donnée n’est pas celle de ces archives (" + spoken +
                         "). Rien n’est noté ; relisez-la, et si elle diffère vraiment, prévenez le président");
    for (SealNote& one : sealed)
        if (notes.find(one.uuid) == nullptr) notes.add(std::move(one));
    if (fresh > 0) notes.save();
    say_checked("les archives se vérifient et sont scellées avec la clé du bureau que vous avez confirmée");
    say_file(notes.path(), fresh > 0, "à garder près de votre clé, et avec chaque copie : « decrypt » ne marche qu’avec lui");
    return util::Done{};
}

}  // namespace trustee
