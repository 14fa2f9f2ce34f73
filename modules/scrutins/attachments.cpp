// SPDX-License-Identifier: AGPL-3.0-or-later
// Files beside a réclamation: taken while it has no answer, given back to their owner alone, as a download.
#include <string>

#include "domain/local_time.hpp"
#include "scrutins/attachment_file.hpp"
#include "scrutins/pages.hpp"
#include "scrutins/reclamation_page.hpp"
#include "scrutins/store_attachments.hpp"
#include "util/log.hpp"
#include "web/throttle.hpp"

namespace scrutins {
namespace {

constexpr unsigned k_added_per_day = 20, k_one_day = 24 * 3600;
constexpr const char* k_file_field = "piece";
// Of what everybody's files may take together: from where on the log warns, and how often.
constexpr std::uint64_t k_warned_from = 80, k_warned_each = 5;

// Why this file is not taken; empty: it is.
std::string why_not(const web::UploadedFile& file, std::string_view kind) {
    if (file.bytes.empty()) return "Choisissez un fichier sur votre appareil.";
    if (file.bytes.size() > k_attachment_bytes)
        return "Ce fichier pèse " + size_text(file.bytes.size()) + ". Il doit peser " + size_text(k_attachment_bytes) +
               " au plus : choisissez une image plus petite, ou numérisez avec moins de détails.";
    if (kind.empty())
        return "Ce fichier n’est ni un PDF, ni une image JPEG ou PNG, ou il est incomplet. Choisissez-en un autre, ou une capture d’écran "
               "de ce document.";
    return {};
}

std::string too_many_text() {
    return "Cette réclamation a déjà " + std::to_string(k_attachments) +
           " fichiers, le nombre permis. Dites le reste à l’assistance de "
           "votre académie.";
}

std::string no_room_text() {
    return "Le portail ne peut plus recevoir de fichier : la place prévue pour ceux de tous les électeurs est prise. Votre réclamation, elle, "
           "est enregistrée, et sera traitée. Donnez ce document à l’assistance de votre académie, avec le numéro de la réclamation.";
}

// Whoever runs the portal hears of it while there is room: at each step from 80 % on.
void warn_of_volume(std::uint64_t before, std::uint64_t added, std::uint64_t most) {
    const auto step = [&](std::uint64_t bytes) { return bytes * 100 / most / k_warned_each; };
    const std::uint64_t percent = (before + added) * 100 / most;
    if (percent < k_warned_from || step(before) == step(before + added)) return;
    util::log(util::Level::warning, "attachments-fill",
              {{"percent", std::to_string(percent)}, {"bytes", std::to_string(before + added)}, {"most", std::to_string(most)}});
}

}  // namespace

bool is_pending(const Reclamation& reclamation) { return reclamation.state == "recue" || reclamation.state == "en_instruction"; }

void put_attachments(util::Json& view, const Reclamation& mine, const web::FormErrors& errors, web::Env& env) {
    util::Json list = util::Json::array();
    for (const auto& attachment : attachments_of(env.db, *env.session.voter, mine.number))
        list.push_back({{"position", std::to_string(attachment.position)},
                        {"name", attachment.name},
                        {"size", size_text(attachment.size)},
                        {"at", domain::full_for(env.session.place, attachment.added_at)}});
    view["may_attach"] = is_pending(mine) && list.size() < k_attachments;
    view["has_attachments"] = !list.empty();
    view["attachments"] = std::move(list);
    view[k_file_field] = web::field_view(k_file_field, "Fichier à joindre", "", errors,
                                         "Un PDF, ou une image JPEG ou PNG, de " + size_text(k_attachment_bytes) + " au plus. " +
                                             std::to_string(k_attachments) + " fichiers au plus.");
}

// 303 to the réclamation; 400 with its page for a file that is not taken; 404 if it is not the elector's; 409 once it is answered; 429 past
// twenty in a day; 503 when everybody's files have taken all the room.
Answer add_attachment_to_reclamation(const web::Request& request, web::Env& env) {
    const auto mine = my_reclamation(env.db, *env.session.voter, request.param("number"));
    if (!mine) return util::failure(util::Fault::not_found, "reclamation");
    const auto page_with = [&](std::string error, int status) {
        web::FormErrors errors;
        errors.add(k_file_field, std::move(error));
        auto response = reclamation_page(*mine, errors, env);
        response.status = status;
        return response;
    };
    if (!is_pending(*mine)) return page_with("Cette réclamation a sa réponse : elle ne reçoit plus de fichier.", 409);
    const web::UploadedFile& file = request.file();
    const std::string_view kind = kind_of_file(file.bytes);
    if (std::string why = why_not(file, kind); !why.empty()) return page_with(std::move(why), 400);
    if (!web::throttle_allows(env, "attachment", std::to_string(env.session.voter->value), k_added_per_day, k_one_day))
        return page_with("Vous avez joint " + std::to_string(k_added_per_day) +
                             " fichiers aujourd’hui, le nombre permis en un jour. Joignez celui-ci demain.",
                         429);
    const NewAttachment attachment{shown_file_name(file.name), std::string(kind), file.bytes};
    const std::uint64_t most_bytes = env.settings.attachments_bytes;
    const AddedFile added = add_attachment(env.db, mine->number, attachment, k_attachments, most_bytes, env.now);
    if (added.what == Added::too_many) return page_with(too_many_text(), 409);
    if (added.what == Added::no_room) {
        util::log(util::Level::error, "attachments-full",
                  {{"bytes", std::to_string(added.before)}, {"most", std::to_string(most_bytes)}});
        return page_with(no_room_text(), 503);
    }
    warn_of_volume(added.before, attachment.bytes.size(), most_bytes);
    return web::Response::redirect("/reclamations/" + mine->number);
}

// 200; 404 if it is not the elector's. Its type is what its bytes were judged to be, never what was said of them.
Answer give_attachment(const web::Request& request, web::Env& env) {
    const std::string_view position = request.param("position");
    const bool is_position = position.size() == 1 && position[0] >= '1' && position[0] <= '9';
    auto file = is_position
                    ? attached_file(env.db, *env.session.voter, request.param("number"), static_cast<unsigned>(position[0] - '0'))
                    : std::nullopt;
    if (!file) return util::failure(util::Fault::not_found, "attachment");
    return web::Response::document(std::move(file->bytes), std::string(media_type_of(file->kind)),
                                   std::string(request.param("number")) + "-piece-" + std::string(position) +
                                       std::string(ending_of(file->kind)));
}

}  // namespace scrutins
