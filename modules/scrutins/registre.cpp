// SPDX-License-Identifier: AGPL-3.0-or-later
// The public log of an urne: its signed head, and whether a ballot's reference is in it. Public, without sign-in: a reader
// who looks up a reference is not asked who he is, and the reference travels in a form, never in an address.
#include "domain/batch_words.hpp"
#include "scrutins/ballot_reference.hpp"
#include "scrutins/log_verifier.hpp"
#include "scrutins/page_parts.hpp"
#include "scrutins/pages.hpp"
#include "scrutins/witnesses.hpp"
#include "util/text.hpp"
#include "web/form.hpp"
#include "web/throttle.hpp"

namespace scrutins {
namespace {

constexpr unsigned k_searches_allowed = 60;
constexpr unsigned k_searches_window = 60;

util::Json log_view(const PublicLog& log, web::Env& env, std::string_view typed, const web::FormErrors& errors) {
    const auto witnesses = named_witnesses(env.settings);
    util::Json view{
        {"title", "Mon bulletin est-il dans l’urne ?"},
        {"back", back_link("/resultats/" + log.scrutin.code, "Résultats de ce scrutin")},
        {"scrutin_title", log.scrutin.title},
        {"code", log.scrutin.code},
        {"uuid", log.uuid},
        {"has_head", !log.signature.empty()},
        {"size", number(log.size)},
        {"root", log.root},
        {"signature", log.signature},
        {"log_key", log.log_key},
        {"log_address", env.settings.base_url + "/urne/" + log.uuid},
        {"log_verifier", log_verifier(log, env).text()},
        {"page_address", env.settings.base_url + "/urne/" + log.scrutin.code},
        {"has_witnesses", !witnesses.empty()},
        {"witnesses",
         witness_rows(witnesses, witnesses.empty() ? std::vector<Cosignature>() : cosignatures(env.db, log.scrutin.id), log.size)},
        {"searched", false},
        {"found", false},
        {"place", ""},
        {"typed", std::string(typed)},
        {"rhythm", domain::batch_words(env.settings.log_minimum, env.settings.log_every)},
        {"reference", web::field_view("reference", "Référence de votre bulletin", typed, errors,
                                      "Les 43 caractères inscrits sur votre accusé de réception.")},
    };
    errors.put_into(view);
    return view;
}

}  // namespace

// 200; 404 for an unknown scrutin or one that is not sealed.
Answer show_registre(const web::Request& request, web::Env& env) {
    const auto log = public_log(env.db, request.param("code"));
    if (!log) return util::failure(util::Fault::not_found, "public log");
    return web::Response::page("scrutins/registre", log_view(*log, env, "", {}));
}

// 200 with the newest signed head; 404 when there is none.
Answer show_log_head(const web::Request& request, web::Env& env) {
    const auto log = public_log(env.db, request.param("code"));
    if (!log || log->signature.empty()) return util::failure(util::Fault::not_found, "log head");
    return web::Response::json(
        {{"uuid", log->uuid}, {"size", log->size}, {"root", log->root}, {"signature", log->signature}, {"log_key", log->log_key}});
}

// 200 with the bytes that were sealed: what an opened ballot is judged against, on any device; 404 as above.
Answer show_election_record(const web::Request& request, web::Env& env) {
    auto record = election_record(env.db, request.param("code"));
    if (!record) return util::failure(util::Fault::not_found, "election record");
    return web::Response::document(*std::move(record), "application/json");
}

// 200 with the answer; 400 when it cannot be a reference; 404 as above; 429 past 60 in a minute for a network.
Answer find_in_registre(const web::Request& request, web::Env& env) {
    const auto log = public_log(env.db, request.param("code"));
    if (!log) return util::failure(util::Fault::not_found, "public log");
    if (!web::network_allows(env, "log-search", request.client_ip, k_searches_allowed, k_searches_window)) {
        return util::failure(util::Fault::throttled, "log search");
    }
    const auto hash = ballot_hash_of(request.field("reference"));
    web::FormErrors errors;
    if (!hash)
        errors.add("reference", "Saisissez les 43 caractères de la référence, tels qu’ils figurent sur l’accusé de réception.");
    util::Json view = log_view(*log, env, request.field("reference"), errors);
    if (!hash) return web::Response::page("scrutins/registre", std::move(view), 400);
    const auto leaf = leaf_index_of(env.db, log->scrutin.id, *hash);
    view["searched"] = true;
    view["found"] = leaf.has_value();
    view["place"] = leaf ? number(*leaf + 1) : std::string();
    return web::Response::page("scrutins/registre", std::move(view));
}

}  // namespace scrutins
