// SPDX-License-Identifier: AGPL-3.0-or-later
// « Pièces du scrutin »: what the office published of a proclaimed result. This worker reads their names and digests and never the files: nginx sends
// what lies under a digest that the table gives, so no path comes from an address.
#include "scrutins/papers.hpp"

#include <algorithm>
#include <array>

#include "domain/local_time.hpp"
#include "domain/uploaded_file.hpp"
#include "scrutins/pages.hpp"
#include "util/bytes.hpp"

namespace scrutins {
namespace {

struct Kind {
    std::string_view ending, what, media_type;
};
// In the order of the page.
constexpr std::array<Kind, 8> k_kinds{{
    {"proces-verbal.pdf", "Procès-verbal, version publiée (PDF)", "application/pdf"},
    {"proces-verbal.html", "Le même, en page", "text/html; charset=utf-8"},
    {".bel", "Archive de l’urne\u00a0: bulletins chiffrés, total, déchiffrements, résultat", "application/octet-stream"},
    {".preuves.json", "Secondes preuves des déchiffrements", "application/json"},
    {".checkpoint", "Fin signée du journal public de l’urne", "text/plain; charset=utf-8"},
    {".scellement.txt", "Texte du scellement", "text/plain; charset=utf-8"},
    {"proclamation.txt", "Texte de la proclamation", "text/plain; charset=utf-8"},
    {"SHA256SUMS", "Liste des empreintes", "text/plain; charset=utf-8"},
}};

// By the whole end of the name; null for what this page does not know.
const Kind* kind_of(std::string_view name) {
    const auto* const found =
        std::find_if(k_kinds.begin(), k_kinds.end(), [&](const Kind& kind) { return name.ends_with(kind.ending); });
    return found == k_kinds.end() ? nullptr : found;
}

}  // namespace

std::vector<Paper> papers_of_result(web::Env& env, const Scrutin& scrutin, const domain::Proclamation& result) {
    auto papers = papers_of(env.db, scrutin.id);
    const bool has_archive = std::any_of(papers.begin(), papers.end(), [&](const Paper& paper) {
        return paper.name.ends_with(".bel") && paper.digest == result.archive;
    });
    if (!has_archive) papers.clear();
    return papers;
}

void put_papers(util::Json& view, const std::vector<Paper>& papers) {
    util::Json rows = util::Json::array();
    for (const Kind& kind : k_kinds)
        for (const Paper& paper : papers)
            if (kind_of(paper.name) == &kind)
                rows.push_back(
                    {{"name", paper.name}, {"what", kind.what}, {"size", domain::size_text(paper.size)}, {"digest", paper.digest}});
    view["has_papers"] = !rows.empty();
    view["papers_at"] = papers.empty() ? std::string() : domain::paris_full(papers.front().at);
    view["papers"] = std::move(rows);
}

// 200, by nginx; 404 for what is not published of a result that is shown.
Answer give_piece(const web::Request& request, web::Env& env) {
    const auto scrutin = find_scrutin(env.db, request.param("code"));
    const auto result = scrutin ? shown_result(env, *scrutin) : std::nullopt;
    if (!result) return util::failure(util::Fault::not_found, "result");
    for (const Paper& paper : papers_of_result(env, *scrutin, *result)) {
        const Kind* const kind = kind_of(paper.name);
        const auto digest = util::from_hex(paper.digest);
        if (paper.name != request.param("piece") || kind == nullptr || !digest) continue;
        return web::Response::file("/pieces-publiees/" + scrutin->code + "/" + paper.digest, *digest, std::string(kind->media_type),
                                   paper.name);
    }
    return util::failure(util::Fault::not_found, "paper");
}

}  // namespace scrutins
