// SPDX-License-Identifier: AGPL-3.0-or-later
#include "vote/routes.hpp"

#include <memory>

#include "util/signature.hpp"
#include "util/log.hpp"
#include "vote/booth_files.hpp"
#include "vote/context.hpp"
#include "vote/pages.hpp"
#include "vote/store.hpp"

namespace vote {

namespace {

// nginx's own limit (nginx/snippets/limits.conf), so that one figure counts. A hundred lists in BELENIOS-2048 make a ballot of 166,180
// bytes and a form of 175,394; large_ballot_tests sends one, and a form of each side of the limit.
constexpr std::size_t k_max_body = 256 * 1024;

util::Json booth_files_view(const BoothFiles& files) {
    const auto row = [](const BoothFile& file) { return util::Json{{"path", file.path}, {"integrity", file.integrity}}; };
    util::Json modules = util::Json::array();
    for (std::size_t i = 1; i < files.page.size(); ++i) modules.push_back(row(files.page[i]));
    std::string worker_files;
    for (const BoothFile& file : files.worker) worker_files += (worker_files.empty() ? "" : " ") + file.path + " " + file.integrity;
    return {{"entry", row(files.page.front())}, {"modules", modules}, {"worker_files", worker_files}};
}

std::shared_ptr<Context> make_context(const web::Settings& settings) {
    Keys keys{settings.secret("binding_key"), settings.secret("receipt_secret_key")};
    const std::string receipt_key = util::public_key_of(keys.receipt_secret_key.view());
    return std::shared_ptr<Context>(new Context{
        std::move(keys), SealedElections(receipt_key), {}, {}, {}, booth_files_view(read_booth_files(settings.static_files))});
}

// Said at the start, where the operator looks; each of these scrutins refuses ballots (SealedElections). The others serve.
void warn_of_other_receipt_keys(const web::Settings& settings, const std::string& receipt_key) {
    try {
        db::Connection db(settings.database);
        for (const auto& code : scrutins_of_other_receipt_key(db, receipt_key)) {
            util::log(util::Level::error, "receipt-key-differs", {{"scrutin", code}});
        }
    } catch (const db::Error& error) {
        util::log(util::Level::warning, "receipt-keys-not-checked", {{"reason", error.what()}});
    }
}

}  // namespace

std::vector<web::Route> routes(const web::Settings& settings) {
    using enum web::Method;
    using web::Guard;
    const auto context = make_context(settings);
    warn_of_other_receipt_keys(settings, context->sealed.receipt_key());
    const auto with = [&](auto* handler) -> web::Handler {
        return [context, handler](const web::Request& request, web::Env& env) { return handler(request, env, *context); };
    };
    const auto about_one = [&](web::Route row) {
        row.one_roll = context->scrutins.of_code();
        return row;
    };
    constexpr auto json = web::ErrorForm::json;
    const web::Field ballot{.name = "ballot", .max = k_max_body, .rule = web::Field::Rule::ascii};
    const web::Field reference{.name = "reference", .max = 43, .rule = web::Field::Rule::ascii};
    const web::Field receipt{.name = "preuve", .max = 600, .rule = web::Field::Rule::ascii};
    return {
        {get, "/vote", Guard::rolls, {}, with(show_scrutins)},
        {get, "/vote/enveloppe", Guard::rolls, {}, with(give_enveloppe), json},
        {get, "/vote/{code}/parametres", Guard::rolls, {}, with(give_parametres), json},
        about_one({get, "/vote/{code}/bulletin", Guard::rolls, {}, with(show_bulletin)}),
        about_one({post, "/vote/{code}/bulletin", Guard::rolls, {ballot}, with(take_ballot), json, k_max_body}),
        {post, "/vote/{code}/ouverture", Guard::rolls, {reference}, with(note_ouverture), json},
        about_one({get, "/vote/{code}/accuse", Guard::rolls, {}, with(show_accuse)}),
        {post, "/vote/{code}/preuve.pdf", Guard::rolls, {receipt}, with(give_receipt_paper), json},
    };
}

}  // namespace vote
