// SPDX-License-Identifier: AGPL-3.0-or-later
// A holder's key between the ceremony and the count: does it open on each of its media, is it the one of the bureau's key, and the proof
// of it that a third party can check; another passphrase. Nothing is decrypted here.
#include <sys/stat.h>

#include <set>

#include "cli/passphrase.hpp"
#include "crypto/hash.hpp"
#include "crypto/trustees/ceremony.hpp"
#include "trustee/ceremony_screen.hpp"
#include "trustee/commands.hpp"
#include "trustee/health.hpp"
#include "trustee/holder_desk.hpp"
#include "trustee/key_file.hpp"
#include "trustee/trustee_file.hpp"
#include "util/file.hpp"

namespace trustee {

using namespace cli;

namespace {

namespace fs = std::filesystem;

util::Result<std::string> read_record_file(const fs::path& path) {
    const auto text = read_public_file(path);
    if (!text) return bad_input("la clé publique du bureau ne peut pas être lue : " + path.string() + " (option --record)");
    return *text;
}

// A bare key of a trustee, without head: whose it is comes from the options.
util::Result<OpenKey> open_bare_key(const fs::path& path, const Arguments& arguments) {
    const auto owner = arguments.number("--owner", 0, 1, 255);
    if (!owner) return owner.error();
    if (!arguments.has("--owner") || !arguments.has("--group") || !arguments.has("--record"))
        return bad_input("une clé sans en-tête veut --group, --owner et --record");
    auto text = read_small_file(path, 1 << 20);
    if (!text) return bad_input("le fichier de clé " + path.string() + " ne peut pas être lu");
    const std::string group = arguments.get("--group").value_or("");
    return OpenKey{"clé sans en-tête", group, *owner, "", "", util::SecretText(std::move(*text))};
}

// The challenge of the office, fit to be shown and to be typed again.
util::Result<std::string> challenge_of(const Arguments& arguments) {
    const std::string challenge = arguments.get("--challenge").value_or("");
    if (!is_plain_line(challenge)) return bad_input("--challenge TEXTE : une ligne de 1 à 400 octets");
    return challenge;
}

// Each copy holds the same key; on how many media they and the key lie, as the system tells them apart.
util::Result<unsigned> check_copies(const Arguments& arguments, const fs::path& path, const OpenKey& key) {
    std::set<dev_t> media;
    const auto count_medium = [&](const fs::path& file) {
        struct stat status {};
        if (::stat(file.c_str(), &status) == 0) media.insert(status.st_dev);
    };
    count_medium(path);
    for (const std::string& copy : arguments.all("--copy")) {
        const auto other = open_key_file(copy, arguments);
        if (!other) return other.error();
        if (other->record_hash != key.record_hash || other->key.view() != key.key.view())
            return bad_input("contrôle refusé : " + copy + " n’est pas une copie de cette clé");
        count_medium(copy);
        say_checked("la copie " + copy + " est entière, s’ouvre, et c’est la même clé");
    }
    if (media.size() < 2 && arguments.has("--copy"))
        say("  Attention : la clé et ses copies sont sur le même support ; il en faut deux, de marques différentes");
    return static_cast<unsigned>(media.size());
}

// A proof by the key over `challenge`, as a file of this kind: the newest stays.
util::Status write_proof_file(const Opening& opening, const OpenKey& key, const std::string& record, const Piece& piece,
                              const std::string& challenge, const fs::path& out) {
    const auto proof = crypto::ceremony::prove_possession(key.group, record, key.owner, key.key.view(), challenge);
    if (!proof) return ceremony_refused(opening, proof.refusal());
    util::replace_file(out, write_piece(opening, piece, key.owner, {challenge, crypto::sha_hex(record), *proof}), /*secret=*/false);
    return util::Done{};
}

}  // namespace

util::Status check(const Arguments& arguments) {
    const fs::path path = arguments.positional[0];
    const auto key = arguments.has("--owner") ? open_bare_key(path, arguments) : open_key_file(path, arguments);
    if (!key) return key.error();
    const Opening opening{key->bureau, key->group, 0, 0, {}, key->ceremony};
    const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
    const auto record_path = arguments.get("--record");
    const auto record = read_record_file(record_path ? fs::path(*record_path) : trustees_path(folder, key->bureau, key->group));
    if (!record) return record.error();

    say("Clé du porteur " + std::to_string(key->owner) + ", " + key->bureau + " (" + key->group + ").");
    if (key->is_encrypted()) say_checked("le fichier est entier et s’ouvre avec cette phrase de passe");
    else say("  Attention : cette clé n’est pas chiffrée ; ce n’est permis que pour une démonstration");
    if (key->is_encrypted() && key->record_hash != crypto::sha_hex(*record))
        return bad_input("contrôle refusé : cette clé du bureau n’est pas celle que ce porteur a confirmée à la cérémonie");
    if (const auto own = crypto::ceremony::check_key_file(key->group, *record, key->owner, key->key.view()); !own)
        return bad_input("contrôle refusé : cette clé n’est pas celle du porteur " + std::to_string(key->owner) +
                         " dans la clé du bureau (" + in_french(opening, own.refusal()) + ")");
    if (key->is_encrypted()) say_checked("la clé du bureau est celle que ce porteur a confirmée à la cérémonie");
    say_checked("elle a, à la place de ce porteur, la clé publique qui répond à la vôtre");
    say("Empreinte de la clé du bureau : " + spoken_fingerprint(*record));
    const auto media = check_copies(arguments, path, *key);
    if (!media) return media.error();
    const std::string begins = file_stem(key->bureau, key->group) + ".porteur-" + std::to_string(key->owner) + ".";
    if (arguments.has("--challenge")) {
        const auto challenge = challenge_of(arguments);
        if (!challenge) return challenge.error();
        const fs::path out = folder / (begins + "possession-" + crypto::sha_hex(*challenge).substr(0, 8) + ".json");
        if (const auto done = write_proof_file(opening, *key, *record, k_possession, *challenge, out); !done) return done;
        say_file(out, true, "public : à remettre à qui a posé la question (« " + *challenge + " »)");
    }
    if (arguments.has("--report")) {
        const fs::path out = folder / (begins + std::string(k_state.name) + ".json");
        const std::string state = write_state({util::SystemClock().now(), *media});
        if (const auto done = write_proof_file(opening, *key, *record, k_state, state, out); !done) return done;
        say_file(out, true, "public : à remettre au bureau des élections, qui le voit par « scrutin-trustee health »");
    }
    say("Rien n’a été déchiffré. Tout va bien.");
    return util::Done{};
}

util::Status verify_proof(const Arguments& arguments) {
    if (!arguments.has("--record")) return bad_input("--record FICHIER est attendu : la clé publique du bureau (….trustees.json)");
    const auto record = read_record_file(*arguments.get("--record"));
    const auto challenge = challenge_of(arguments);
    if (!record) return record.error();
    if (!challenge) return challenge.error();
    std::size_t wrong = 0;
    for (const std::string& file : arguments.positional) {
        const auto text = read_public_file(file);
        const auto proof = read_possession(text.value_or(""));
        std::string fault;
        if (!proof) fault = proof.error().detail;
        else if (proof->challenge != *challenge) fault = "la preuve répond à une autre question";
        else if (proof->record_hash != crypto::sha_hex(*record)) fault = "la preuve est faite pour une autre clé du bureau";
        else if (const auto good =
                     crypto::ceremony::check_possession(proof->group, *record, proof->holder, *challenge, proof->proof);
                 !good)
            fault = in_french({"", proof->group, 0, 0, {}, ""}, good.refusal());
        if (fault.empty()) say_checked("porteur " + std::to_string(proof->holder) + " : il a sa clé en main (" + file + ")");
        else say("  [REFUSÉ]   " + file + " : " + fault);
        wrong += fault.empty() ? 0 : 1;
    }
    if (wrong > 0) return bad_input(counted(wrong, "preuve refusée", "preuves refusées"));
    return util::Done{};
}

util::Status passphrase(const Arguments& arguments) {
    const fs::path path = arguments.positional[0];
    const auto box = read_key_box(path);
    if (!box) return box.error();
    auto old_text = ask_passphrase(arguments, "Phrase de passe actuelle");
    if (!old_text) return old_text.error();
    Passphrase old_passphrase(std::move(*old_text));
    const auto secret = open_box(*box, old_passphrase);
    if (!secret) refuse_passphrase(path);
    auto new_text = choose_passphrase(arguments, "Nouvelle phrase de passe", "--new-passphrase-file");
    if (!new_text) return new_text.error();
    Passphrase new_passphrase(std::move(*new_text));
    const std::string text = write_box(box->head, new_cost(), new_passphrase, secret->view());
    // The new file must open before the old one goes.
    const auto again = read_box(text);
    const auto reopened = again ? open_box(*again, new_passphrase) : std::nullopt;
    if (!reopened || reopened->view() != secret->view()) return bad_input("le nouveau fichier ne se relit pas ; rien n’est changé");
    util::replace_file(path, text, /*secret=*/true);
    say("La phrase de passe de " + path.string() + " est changée. Les copies faites avant gardent l’ancienne : refaites-les.");
    return util::Done{};
}

}  // namespace trustee
