// SPDX-License-Identifier: AGPL-3.0-or-later
// watch and witness: an outsider's eye on the public log of a scrutin, and its signature under what it saw.
#include <unistd.h>

#include <iostream>
#include <iterator>

#include "auditor/commands.hpp"
#include "auditor/kept_log.hpp"
#include "cli/sentence.hpp"
#include "cli/small_file.hpp"
#include "util/bytes.hpp"
#include "util/clock.hpp"
#include "util/file.hpp"
#include "util/signature.hpp"
#include "util/text.hpp"

namespace auditor {

using namespace cli;
namespace tlog = crypto::tlog;

namespace {

const std::string k_witness_file = "temoin.cle", k_cosigned_file = "cosigne.txt";

std::uint64_t seconds_now() { return static_cast<std::uint64_t>(util::SystemClock().now().time_since_epoch().count()); }

// Each one asked for by --witness must have signed; the others are named, and no more is said of them.
util::Status tell_cosigners(const tlog::SignedCheckpoint& seen, const std::vector<std::string>& wanted) {
    for (const std::string& text : wanted) {
        const auto witness = tlog::Verifier::parse(text);
        if (!witness || witness->kind != tlog::KeyKind::witness)
            return bad_input("--witness : « nom+empreinte+clé » d’un témoin est attendu");
        const auto signature = seen.note.signature_by(*witness);
        if (!signature) return refused("le point de contrôle n’est pas cosigné par " + util::printable(witness->name));
        const util::Instant at{std::chrono::seconds{static_cast<std::int64_t>(tlog::time_of(*signature))}};
        say("  cosigné par " + util::printable(witness->name) + ", " + util::to_iso(at));
    }
    return util::Done{};
}

// What the leaves of this log are: the portal's journal of acts is published in the same form (modules/domain/audit.hpp).
std::string leaves(const KeptLog& log, std::uint64_t count) {
    const bool is_journal = log.key().name.ends_with("/journal");
    return is_journal ? counted(count, "acte", "actes") : counted(count, "bulletin", "bulletins");
}

util::Status one_round(KeptLog& log, const Source& source, const Arguments& arguments) {
    const auto round = log.follow(source);
    if (!round) return round.error();
    const std::uint64_t size = round->now.checkpoint.size;
    const std::string when = util::to_iso(util::SystemClock().now()) + " : ";
    if (!round->before) say(when + leaves(log, size) + ". Premier point de contrôle vu : les prochains devront le prolonger.");
    else if (*round->before == size) say(when + leaves(log, size) + ", comme la fois précédente.");
    else say(when + leaves(log, size) + ". Le registre prolonge celui de " + leaves(log, *round->before) + ".");
    return tell_cosigners(round->now, arguments.all("--witness"));
}

struct Witness {
    std::string name;
    util::SecretText secret_key;
    tlog::Verifier verifier() const {
        return {name, tlog::KeyKind::witness, util::from_base64url(util::public_key_of(secret_key.view())).value()};
    }
};

util::Result<Witness> read_witness(const std::filesystem::path& folder) {
    const auto text = read_small_file(folder / k_witness_file, k_most_checkpoint);
    if (!text) return bad_input((folder / k_witness_file).string() + " : pas de clé de témoin ici ; « witness init » la fait");
    const auto lines = util::split(*text, '\n');
    if (lines.size() < 2) return bad_input((folder / k_witness_file).string() + " : ce n’est pas une clé de témoin");
    return Witness{lines[0], util::SecretText(lines[1])};
}

// The log's own signatures and ours, under the text of the checkpoint; on the disk before anybody is given it.
std::string cosign(const KeptLog& log, const Witness& witness, const tlog::SignedCheckpoint& seen) {
    tlog::Note note{seen.note.text, {}};
    if (const auto by_log = seen.note.signature_by(log.key())) note.signatures.push_back(*by_log);
    const auto signature = tlog::cosign(witness.secret_key.view(), witness.name, note.text, seconds_now());
    note.signatures.push_back(signature);
    util::replace_file(log.folder() / k_cosigned_file, note.write());
    return signature.line();
}

}  // namespace

util::Status watch(const Arguments& arguments) {
    const auto source = Source::of(arguments.positional[0]);
    if (!source) return source.error();
    const auto every = arguments.number("--every", 0, 1, 86'400);
    if (!every) return every.error();
    auto log = KeptLog::open(arguments.positional[1], arguments.get("--log"));
    if (!log) return log.error();
    for (;;) {
        const util::Status done = one_round(*log, *source, arguments);
        const bool passing =
            !done && (done.error().fault == util::Fault::unavailable || done.error().fault == util::Fault::not_found);
        if (*every == 0 || (!done && !passing)) return done;
        if (!done)
            say(util::to_iso(util::SystemClock().now()) + " : " + done.error().detail + " ; nouvel essai dans " +
                counted(*every, "seconde", "secondes") + ".");
        ::sleep(*every);
    }
}

util::Status witness_init(const Arguments& arguments) {
    const auto name = arguments.get("--name");
    if (!name) return bad_input("donnez avec --name le nom du témoin, une adresse sans https:// : temoin.syndicat.example/urne");
    const util::SigningKeys keys = util::make_signing_keys();
    Witness witness{*name, util::SecretText(std::string(keys.secret_key.view()))};
    const std::string text = witness.verifier().text();
    if (!tlog::Verifier::parse(text)) return bad_input("--name : ni espace, ni « + », 255 caractères au plus");
    const auto log = KeptLog::open(arguments.positional[0], arguments.get("--log"));
    if (!log) return log.error();
    if (!util::create_file(log->folder() / k_witness_file, *name + "\n" + std::string(keys.secret_key.view()) + "\n", true))
        return refused(arguments.positional[0] + " : ce dossier a déjà une clé de témoin ; elle n’est jamais remplacée");
    say("Clé du témoin, à donner au bureau de vote et à publier :");
    say(text);
    return util::Done{};
}

util::Status witness_cosign(const Arguments& arguments) {
    const auto source = Source::of(arguments.positional[0]);
    if (!source) return source.error();
    auto log = KeptLog::open(arguments.positional[1], arguments.get("--log"));
    if (!log) return log.error();
    const auto witness = read_witness(log->folder());
    if (!witness) return witness.error();
    const auto round = log->follow(*source);
    if (!round) return round.error();
    const std::string line = cosign(*log, *witness, round->now);
    say("Cosigné : " + leaves(*log, round->now.checkpoint.size) + ". À remettre : " + (log->folder() / k_cosigned_file).string());
    std::cout << line << std::flush;
    return util::Done{};
}

// One request of c2sp.org/tlog-witness from standard input, answered as a CGI program does: any small web server can call it.
util::Status witness_answer(const Arguments& arguments) {
    std::string body(k_most_checkpoint + 1, '\0');
    std::cin.read(body.data(), static_cast<std::streamsize>(body.size()));
    body.resize(static_cast<std::size_t>(std::cin.gcount()));
    const auto answer = [](std::string_view status, std::string_view type, std::string_view text) {
        std::cout << "Status: " << status << "\r\nContent-Type: " << type << "\r\n\r\n" << text << std::flush;
    };
    const auto request = body.size() > k_most_checkpoint ? std::nullopt : tlog::AddCheckpoint::parse(body);
    if (!request) {
        answer("400 Bad Request", "text/plain", "");
        return bad_input("ce n’est pas une demande à un témoin");
    }
    auto log = KeptLog::open(arguments.positional[0], std::nullopt);
    const auto witness = log ? read_witness(log->folder()) : util::Result<Witness>(log.error());
    if (!witness) {
        answer("503 Service Unavailable", "text/plain", "");
        return witness.error();
    }
    const auto note = tlog::Note::parse(request->note);
    const auto named = note ? tlog::Checkpoint::parse(note->text) : std::nullopt;
    const auto round = log->take(*request);
    if (round) {
        answer("200 OK", "text/plain; charset=utf-8", cosign(*log, *witness, round->now));
        return util::Done{};
    }
    const util::Failure& failure = round.error();
    if (failure.fault == util::Fault::conflict) answer("409 Conflict", "text/x.tlog.size", failure.detail + "\n");
    else if (failure.fault == util::Fault::invalid || !named) answer("400 Bad Request", "text/plain", "");
    else if (named->origin != log->key().name) answer("404 Not Found", "text/plain", "");
    else if (!note->signature_by(log->key())) answer("403 Forbidden", "text/plain", "");
    else answer("422 Unprocessable Entity", "text/plain", "");
    return failure;
}

}  // namespace auditor
