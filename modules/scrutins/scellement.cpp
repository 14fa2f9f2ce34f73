// SPDX-License-Identifier: AGPL-3.0-or-later
// What sealing fixed of a scrutin, for everybody and without sign-in: fingerprints to compare with the poster, and the very texts that
// they are the fingerprints of, so that nobody has to believe this page.
#include "crypto/tlog.hpp"
#include "domain/audit.hpp"
#include "domain/local_time.hpp"
#include "domain/seal.hpp"
#include "scrutins/page_parts.hpp"
#include "scrutins/pages.hpp"
#include "util/bytes.hpp"
#include "util/text.hpp"

namespace scrutins {
namespace {

util::Json sealed_list_rows(const domain::Seal& seal) {
    util::Json rows = util::Json::array();
    std::uint64_t position = 0;
    for (const auto& list : seal.lists)
        rows.push_back({{"position", number(++position)},
                        {"name", list.name},
                        {"union_name", list.union_name},
                        {"candidates", number(list.candidates.size())}});
    return rows;
}

util::Json interventions(const std::vector<Programs>& all) {
    util::Json rows = util::Json::array();
    for (const auto& one : all)
        if (one.number > 1) rows.push_back({{"at", domain::paris_full(one.at)}, {"reason", one.reason}, {"digest", one.digest}});
    return rows;
}

std::string sealed_date(const std::string& iso) {
    const auto at = util::from_sql(iso.substr(0, 19));
    return at ? domain::paris_full(*at) : std::string();
}

// What follows the office's journal of acts from outside: its public log's address, and the key that signs it.
std::string journal_verifier(const domain::Seal& seal, const std::string& base_url) {
    return crypto::tlog::Verifier{domain::journal_origin(base_url), crypto::tlog::KeyKind::log,
                                  util::from_base64url(seal.log_key).value_or("")}
        .text();
}

util::Json seal_view(const PublicSeal& sealed, const domain::Seal& seal, const std::vector<Programs>& programs,
                     const std::string& base_url) {
    const std::string fingerprint = util::sha256_hex(sealed.election);
    util::Json changes = interventions(programs);
    return {{"title", "Scellement : " + seal.title},
            {"back", back_link("/urne/" + seal.code, "Registre public de l’urne")},
            {"scrutin_title", seal.title},
            {"code", seal.code},
            {"short", domain::short_fingerprint(fingerprint)},
            {"fingerprint", fingerprint},
            {"seal", sealed.digest},
            {"public_creds", seal.public_creds},
            {"trustees", seal.trustees},
            {"receipt_key", seal.receipt_key},
            {"log_key", seal.log_key},
            {"programs", seal.programs},
            {"roll", seal.roll},
            {"electors", number(seal.electors)},
            {"bureau", seal.bureau},
            {"threshold", number(seal.threshold)},
            {"holders", number(seal.holders)},
            {"seats", seats_text(seal.seats)},
            {"tie_by_candidates", seal.tie_by_candidates},
            {"has_hours", !seal.opens.empty()},
            {"opens", sealed_date(seal.opens)},
            {"closes", sealed_date(seal.closes)},
            {"lists", sealed_list_rows(seal)},
            {"journal_address", base_url + "/journal"},
            {"journal_verifier", journal_verifier(seal, base_url)},
            {"has_interventions", !changes.empty()},
            {"interventions", std::move(changes)}};
}

Answer plain_text(std::string body) { return web::Response::document(std::move(body), "text/plain; charset=utf-8"); }

}  // namespace

// 200; 404 for an unknown scrutin or one that is not sealed; 503 for a seal that does not hold.
Answer show_scellement(const web::Request& request, web::Env& env) {
    const auto sealed = public_seal(env.db, request.param("code"));
    if (!sealed) return util::failure(util::Fault::not_found, "seal");
    const auto seal = domain::read_seal(sealed->text);
    if (!seal || util::sha256_hex(sealed->text) != sealed->digest || seal->code != sealed->scrutin.code)
        return util::failure(util::Fault::unavailable, "the seal of " + sealed->scrutin.code + " does not hold");
    return web::Response::page("scrutins/scellement", seal_view(*sealed, *seal, sealed_programs(env.db), env.settings.base_url));
}

// Byte for byte, as the election (registre.cpp) and the list below: sha256sum of each is the fingerprint that the page shows. 404 as above.
Answer give_seal_text(const web::Request& request, web::Env& env) {
    auto sealed = public_seal(env.db, request.param("code"));
    if (!sealed) return util::failure(util::Fault::not_found, "seal");
    return plain_text(std::move(sealed->text));
}

// The newest list of programs.
Answer give_sealed_programs(const web::Request& request, web::Env& env) {
    const auto sealed = public_seal(env.db, request.param("code"));
    auto programs = sealed_programs(env.db);
    if (!sealed || programs.empty()) return util::failure(util::Fault::not_found, "list of programs");
    return plain_text(std::move(programs.back().text));
}

}  // namespace scrutins
