// SPDX-License-Identifier: AGPL-3.0-or-later
#include "trustee/holder_desk.hpp"

#include "cli/passphrase.hpp"
#include "cli/small_file.hpp"
#include "util/file.hpp"

namespace trustee {

using namespace cli;

namespace {

namespace fs = std::filesystem;

// What the head of a secret must say here, or the sentence that tells the difference.
std::string head_fault(const BoxHead& head, const BoxHead& wanted, const Opening& opening) {
    if (head.bureau != wanted.bureau) return "ce secret est d’un autre bureau (« " + head.bureau + " »)";
    if (head.group != wanted.group) return "ce secret est d’un autre groupe (" + head.group + ")";
    if (head.ceremony != wanted.ceremony) return "ce secret est d’une autre cérémonie du même bureau";
    if (head.holder != wanted.holder)
        return "ce secret est celui du " + opening.holder(head.holder) + ", pas celui du " + opening.holder(wanted.holder);
    if (head.step != wanted.step) return "ce secret est celui d’une autre étape (" + head.step + ")";
    return "";
}

}  // namespace

util::Result<Box> read_box_file(const fs::path& path) {
    const auto text = read_small_file(path, k_most_box_bytes);
    if (!text)
        return bad_input(path.string() + " ne peut pas être lu : ce n’est pas un fichier ordinaire, ou il est bien trop grand");
    if (text->starts_with("\xEF\xBB\xBF") || text->ends_with("\r\n"))
        return bad_input(path.string() +
                         " : un autre programme a réécrit ce fichier (marque au début, fins de ligne) ; reprenez l’original "
                         "ou votre copie");
    auto box = read_box(*text);
    if (!box) return bad_input(path.string() + " : " + box.error().detail);
    if (!is_plain_line(box->head.bureau) || !is_plain_line(box->head.group) || !is_plain_line(box->head.step))
        return bad_input(path.string() + " : le fichier est incomplet ou abîmé");
    return box;
}

void refuse_passphrase(const fs::path& path) {
    throw WrongPassphrase(
        path.string() +
        " ne s’ouvre pas : la phrase de passe n’est pas la bonne, ou le fichier a été modifié. Rien n’est changé ; "
        "vous pouvez recommencer");
}

fs::path HolderDesk::path_of(std::string_view step) const {
    return step == k_key_secret ? folder_.key_path(number_) : folder_.secret_path(step, number_);
}

BoxHead HolderDesk::head(std::string_view step) const {
    return {opening().bureau, opening().group, opening().id, number_, std::string(step)};
}

util::Result<HolderDesk> HolderDesk::open(const Arguments& arguments) {
    auto folder = CeremonyFolder::find(arguments.positional[0]);
    if (!folder) return folder.error();
    const auto numbers = folder->own_numbers();
    if (numbers.empty() && folder->has(k_certs))
        return refused(
            "ce dossier n’a le secret d’aucun porteur, et la cérémonie a commencé : si le vôtre est perdu, reprenez votre copie ; "
            "sans copie, la cérémonie est à reprendre du début, pour tous les porteurs");
    if (numbers.empty())
        return refused("ce dossier n’a encore le secret d’aucun porteur : commencez par « scrutin-trustee identity »");
    if (numbers.size() > 1)
        return bad_input("ce dossier a les secrets de plusieurs porteurs : à chaque porteur sa machine et son dossier");
    return begin(arguments, numbers[0]);
}

util::Result<HolderDesk> HolderDesk::begin(const Arguments& arguments, unsigned number) {
    auto found = CeremonyFolder::find(arguments.positional[0]);
    if (!found) return found.error();
    // The passphrase is judged on a file that exists: the first secret, or the key that replaced all others.
    const fs::path key = found->key_path(number), identity = found->secret_path(k_identity_secret, number);
    const bool by_identity = util::is_taken(identity);
    const std::string question = "Phrase de passe du " + found->opening().holder(number);
    if (!by_identity && !util::is_taken(key)) {
        auto chosen = choose_passphrase(arguments, "Votre phrase de passe");
        if (!chosen) return chosen.error();
        return HolderDesk(std::move(*found), number, Passphrase(std::move(*chosen)), new_cost());
    }
    const fs::path first = by_identity ? identity : key;
    const auto box = read_box_file(first);
    if (!box) return box.error();
    auto given = ask_passphrase(arguments, question);
    if (!given) return given.error();
    HolderDesk desk(std::move(*found), number, Passphrase(std::move(*given)), box->cost);
    const auto wanted = desk.head(by_identity ? k_identity_secret : k_key_secret);
    if (const std::string fault = head_fault(box->head, wanted, desk.opening()); !fault.empty())
        return bad_input(first.string() + " : " + fault);
    if (!open_box(*box, desk.passphrase_)) refuse_passphrase(first);
    return desk;
}

util::Result<SecretList> HolderDesk::read(std::string_view step, std::size_t texts) {
    const fs::path path = path_of(step);
    if (!util::is_taken(path)) return refused("il manque votre secret " + path.string() + " : une étape a été sautée");
    const auto box = read_box_file(path);
    if (!box) return box.error();
    if (const std::string fault = head_fault(box->head, head(step), opening()); !fault.empty())
        return bad_input(path.string() + " : " + fault);
    const auto secret = open_box(*box, passphrase_);
    if (!secret) refuse_passphrase(path);
    auto list = read_secret_list(secret->view(), texts);
    if (!list) return bad_input(path.string() + " : le contenu n’est pas celui de cette étape");
    return std::move(*list);
}

bool HolderDesk::keep(std::string_view step, const std::vector<std::string_view>& texts) {
    const util::SecretText secret = write_secret_list(texts);
    return util::create_file(path_of(step), write_box(head(step), cost_, passphrase_, secret.view()), /*secret=*/true);
}

}  // namespace trustee
