// SPDX-License-Identifier: AGPL-3.0-or-later
// The proof that a ballot is in the public log, as a file that is checked without this portal (c2sp.org/tlog-proof). Made from the files
// that sceau publishes, so that it proves what everybody is shown; public, and the reference travels in a form.
#include "crypto/tlog_proof.hpp"
#include "scrutins/ballot_reference.hpp"
#include "scrutins/log_verifier.hpp"
#include "scrutins/pages.hpp"
#include "util/bytes.hpp"
#include "util/file.hpp"
#include "web/throttle.hpp"

namespace scrutins {

namespace {

constexpr unsigned k_proofs_allowed = 60, k_proofs_window = 60;

}  // namespace

// 200 with the file; 400 when it cannot be a reference; 404 when the ballot is not in the published log (yet); 429 past 60 in a minute
// for a network; 503 when the published files cannot be read.
Answer give_inclusion_proof(const web::Request& request, web::Env& env) {
    namespace tlog = crypto::tlog;
    const auto log = public_log(env.db, request.param("code"));
    if (!log) return util::failure(util::Fault::not_found, "public log");
    if (!web::network_allows(env, "log-proof", request.client_ip, k_proofs_allowed, k_proofs_window))
        return util::failure(util::Fault::throttled, "log proof");
    const auto hash = ballot_hash_of(request.field("reference"));
    if (!hash) return util::failure(util::Fault::invalid, "not a reference");
    const auto leaf = leaf_index_of(env.db, log->scrutin.id, *hash);

    const auto folder = env.settings.log_folder / "public" / log->uuid;
    const auto served = util::read_file(folder / "checkpoint");
    if (!served) return util::failure(util::Fault::not_found, "no checkpoint is published");
    const auto signed_checkpoint = tlog::open_checkpoint(*served, log_verifier(*log, env));
    if (!signed_checkpoint) return util::failure(util::Fault::unavailable, "the published checkpoint is not the log's");
    const std::uint64_t size = signed_checkpoint->checkpoint.size;
    if (!leaf || *leaf >= size) return util::failure(util::Fault::not_found, "not in the published log");

    tlog::TileTree tree(size, [&](const std::string& path) { return util::read_file(folder / path); });
    auto hashes = tree.prove_inclusion(*leaf);
    if (!hashes) return util::failure(util::Fault::unavailable, "tile " + hashes.error().detail);
    const tlog::InclusionProof proof{*leaf, *std::move(hashes), *served};
    if (!proof.shows(*util::from_hex(*hash), signed_checkpoint->checkpoint))
        return util::failure(util::Fault::unavailable, "the published tiles do not lead to the checkpoint");
    return web::Response::document(proof.write(), "text/plain; charset=utf-8", "inscription-" + log->scrutin.code + ".tlog-proof");
}

}  // namespace scrutins
