// SPDX-License-Identifier: AGPL-3.0-or-later
// Where a ceremony's folder stands: which files are there, and the one command to type next. Opens no secret.
#include "trustee/ceremony_screen.hpp"
#include "trustee/commands.hpp"
#include "trustee/holder_desk.hpp"

namespace trustee {

using namespace cli;

namespace {

std::string command_line(const CeremonyFolder& folder, std::string_view command) { return trustee_line(command, folder.path()); }

void say_awaited(const std::filesystem::path& path) {
    say_next("attendez " + path.filename().string() + " du bureau des élections et copiez-le dans ce dossier.");
}

void say_holder_next(const CeremonyFolder& folder, unsigned number) {
    const auto has_secret = [&](std::string_view step) { return util::is_taken(folder.secret_path(step, number)); };
    if (util::is_taken(folder.key_path(number)))
        return say_next("votre clé est faite : " + folder.key_path(number).string() +
                        ". Essayez-la : " + trustee_line("check", folder.key_path(number)) + ".");
    if (has_secret(k_share_secret))
        return util::is_taken(folder.record_path()) ? say_next(command_line(folder, "confirm")) : say_awaited(folder.record_path());
    if (has_secret(k_commitments_secret))
        return folder.has(k_parts, number) ? say_next(command_line(folder, "finish"))
                                           : say_awaited(folder.piece_path(k_parts, number));
    if (has_secret(k_polynomial_secret))
        return folder.has(k_commitments) ? say_next(command_line(folder, "reveal")) : say_awaited(folder.piece_path(k_commitments));
    if (folder.has(k_certs))
        return say_next(command_line(folder, "certs") + ", lecture de l’empreinte à voix haute, puis " +
                        command_line(folder, "commit"));
    say_awaited(folder.piece_path(k_certs));
}

}  // namespace

util::Status status(const Arguments& arguments) {
    const auto folder = CeremonyFolder::find(arguments.positional[0]);
    if (!folder) return folder.error();
    const Opening& opening = folder->opening();
    const auto numbers = folder->own_numbers();
    say_heading(opening, numbers.size() == 1 ? "Dossier du " + opening.holder(numbers[0]) : "Dossier sans secret de porteur");
    for (const Piece* piece : {&k_cert, &k_commitment, &k_polynomial, &k_public_key, &k_confirmation}) {
        std::string here;
        for (unsigned number = 1; number <= opening.holders; ++number)
            if (folder->has(*piece, number)) here += (here.empty() ? "" : ", ") + std::to_string(number);
        say("  " + std::string(piece->name) + " : " +
            (here.empty() ? "aucun" : (here.find(',') == std::string::npos ? "porteur " : "porteurs ") + here));
    }
    for (const Piece* piece : {&k_certs, &k_commitments, &k_confirmations})
        if (folder->has(*piece)) say("  " + folder->piece_path(*piece).filename().string());
    if (util::is_taken(folder->record_path())) say("  " + folder->record_path().filename().string());
    if (numbers.size() == 1) say_holder_next(*folder, numbers[0]);
    else if (folder->has(k_confirmations)) say("La cérémonie est finie.");
    else if (folder->has(k_certs)) say_next("au bureau des élections, " + command_line(*folder, "collect") + ".");
    else
        say_next("sur la machine d’un porteur, « scrutin-trustee identity " + folder->path().string() +
                 " --holder N » ; au bureau des élections, " + command_line(*folder, "collect") + ".");
    return util::Done{};
}

}  // namespace trustee
