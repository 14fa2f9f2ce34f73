// SPDX-License-Identifier: AGPL-3.0-or-later
#include "trustee/key_file.hpp"

#include "cli/passphrase.hpp"
#include "trustee/holder_desk.hpp"
#include "trustee/trustee_file.hpp"

namespace trustee {

using namespace cli;

bool is_box_file(const std::filesystem::path& path) {
    const auto text = read_small_file(path, k_most_box_bytes);
    return text && text->find(R"({"portail":)") <= 3;  // or behind a byte order mark: its reader says so
}

util::Result<Box> read_key_box(const std::filesystem::path& path) {
    auto box = read_box_file(path);
    if (!box) return box;
    if (box->head.step != k_key_secret)
        return bad_input(path.string() + " : c’est le secret de l’étape « " + box->head.step +
                         " » de la cérémonie, pas la clé finale (fichier « .cle », que fait « scrutin-trustee confirm »)");
    return box;
}

util::Result<OpenKey> open_key_file(const std::filesystem::path& path, const Arguments& arguments) {
    if (!is_box_file(path)) {
        auto plain = read_holder_key(path);
        if (!plain) return plain.error();
        if (!is_plain_line(plain->bureau) || !is_plain_line(plain->group)) return bad_input(path.string() + " est abîmé");
        return OpenKey{plain->bureau, plain->group, plain->owner, "", "", std::move(plain->key)};
    }
    const auto box = read_key_box(path);
    if (!box) return box.error();
    auto given = ask_passphrase(arguments, "Phrase de passe du porteur " + std::to_string(box->head.holder) + ", " +
                                               box->head.bureau + " (" + box->head.group + ")");
    if (!given) return given.error();
    Passphrase passphrase(std::move(*given));
    const auto secret = open_box(*box, passphrase);
    if (!secret) refuse_passphrase(path);
    auto list = read_secret_list(secret->view(), 3);
    if (!list) return bad_input(path.string() + " : le contenu n’est pas celui d’une clé");
    return OpenKey{box->head.bureau,     box->head.group, box->head.holder, box->head.ceremony, std::string((*list)[1].view()),
                   std::move((*list)[0])};
}

}  // namespace trustee
