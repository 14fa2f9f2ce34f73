// SPDX-License-Identifier: AGPL-3.0-or-later
// bundle publish: what everybody may see of a proclaimed scrutin, taken from its bundle and put where nginx serves it. Chosen name by name: what this
// file does not name is never published. A file lies under its own digest, so that nothing published is ever written over, and is offered once
// the rows that name all of them are committed: whoever is stopped before leaves files that nobody can ask for.
#include "scrutinctl/papers.hpp"

#include <algorithm>
#include <set>

#include "auditor/commands.hpp"
#include "crypto/archive/companion.hpp"
#include "crypto/election_rules.hpp"
#include "crypto/log_end.hpp"
#include "domain/proclamation.hpp"
#include "scrutinctl/audit.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/digest_list.hpp"
#include "scrutinctl/minutes.hpp"
#include "scrutinctl/select.hpp"
#include "scrutinctl/stops.hpp"
#include "scrutinctl/store_audit.hpp"
#include "scrutinctl/store_count.hpp"
#include "scrutinctl/store_paper.hpp"
#include "util/bytes.hpp"
#include "util/digest.hpp"
#include "util/file.hpp"
#include "web/store_published.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

namespace fs = std::filesystem;

// A file to publish: bytes that stand here, or a file of the bundle.
struct ToPublish {
    store::Paper paper;
    std::string content;
    fs::path from;
};

ToPublish made_here(std::string name, std::string content) {
    return {{std::move(name), util::sha256_hex(content), content.size()}, content, {}};
}

// Closed to writing by anybody's group, open to nginx, whatever the officer's umask.
void make_open_folder(const fs::path& folder) {
    using fs::perms;
    fs::create_directories(folder);
    fs::permissions(folder, perms::owner_all | perms::group_read | perms::group_exec | perms::others_read | perms::others_exec);
}

// Whole, with the digest that it is named after, or not at all.
void put_paper(const fs::path& folder, const ToPublish& one) {
    const fs::path path = folder / one.paper.digest;
    if (util::sha256_hex_of_file(path) == one.paper.digest) return;
    if (one.from.empty()) {
        util::replace_file(path, one.content);
        return;
    }
    using fs::perms;
    const fs::path beside = folder / (one.paper.digest + ".en-cours");
    fs::copy_file(one.from, beside, fs::copy_options::overwrite_existing);
    fs::permissions(beside, perms::owner_read | perms::owner_write | perms::group_read | perms::others_read);
    if (util::sha256_hex_of_file(beside) != one.paper.digest)
        throw std::runtime_error(one.from.string() + " a changé pendant sa publication");
    util::sync_file(beside);
    fs::rename(beside, path);
}

// Files of an earlier publication, or of one that was stopped.
void remove_others(const fs::path& folder, const std::vector<store::Paper>& papers) {
    std::set<std::string> kept;
    for (const store::Paper& paper : papers) kept.insert(paper.digest);
    std::vector<fs::path> others;
    for (const auto& entry : fs::directory_iterator(folder))
        if (!kept.contains(entry.path().filename().string())) others.push_back(entry.path());
    for (const fs::path& path : others) fs::remove(path);
}

// A bundle that `bundle` made of this scrutin, whole: its digest.
util::Result<std::string> bundle_in(Office& office, const store::Scrutin& scrutin, const SealKeeper::Sealed& sealed,
                                    const fs::path& folder) {
    const auto digest = util::sha256_hex_of_file(folder / k_digest_list);
    if (!digest) return bad_input(folder.string() + " n’est pas un dossier de « bundle » : il n’a pas de liste SHA256SUMS");
    bool is_ours = false;
    store::each_audit_entry(office.db(), [&](const store::AuditEntry& entry) {
        is_ours = is_ours || (entry.action == "bundle" && entry.detail == scrutin.code + " " + *digest);
    });
    if (!is_ours)
        return bad_input(folder.string() + " : le journal des actes n’a pas ce dossier du scrutin " + scrutin.code +
                         " ; « bundle » le refait");
    Arguments check;
    check.positional = {folder.string()};
    check.options.emplace("--digest", *digest);
    check.options.emplace("--fingerprint", util::sha256_hex(sealed.setup.election));
    if (const util::Status holds = auditor::check_bundle(check); !holds) return holds.error();
    return *digest;
}

util::Result<std::vector<ToPublish>> choose_papers(Office& office, const store::Scrutin& scrutin, const fs::path& bundle,
                                                   const std::string& bundle_digest) {
    const auto minutes = make_minutes(office, scrutin, {}, bundle_digest);
    if (!minutes) return minutes.error();
    std::vector<ToPublish> files{made_here("proces-verbal.html", minutes->html), made_here("proces-verbal.pdf", minutes->pdf)};
    for (const fs::path& from :
         {fs::path("archive") / (scrutin.uuid + ".bel"), "archive" / fs::path(crypto::companion_name(scrutin.uuid)),
          "archive" / fs::path(crypto::checkpoint_name(scrutin.uuid)), "archive" / fs::path(crypto::seal_text_name(scrutin.uuid)),
          fs::path("proclamation.txt")}) {
        if (!fs::is_regular_file(bundle / from)) continue;  // second proofs: of an election that has none
        const auto digest = util::sha256_hex_of_file(bundle / from);
        if (!digest) return bad_input((bundle / from).string() + " ne se relit pas");
        files.push_back({{from.filename().string(), *digest, fs::file_size(bundle / from)}, "", bundle / from});
    }
    std::sort(files.begin(), files.end(), [](const ToPublish& a, const ToPublish& b) { return a.paper.name < b.paper.name; });
    std::vector<store::Paper> papers;
    for (const ToPublish& one : files) papers.push_back(one.paper);
    files.push_back(made_here(k_digest_list, domain::list_of_papers(papers)));
    return files;
}

// Fewer than five ballots are published where the sealed election says that they are counted, and nowhere else.
util::Status require_enough_ballots(const store::Scrutin& scrutin, const domain::Proclamation& result, const domain::Seal& seal) {
    if (result.votants == 0 || result.votants >= crypto::k_least_ballots || seal.small_totals) return util::Done{};
    return refused("scrutin " + scrutin.code + " : " + counted(result.votants, "votant", "votants") +
                   " ; l’élection scellée ne prévoit pas que de si petits totaux se publient");
}

util::Status publish_one(Office& office, const store::Scrutin& scrutin, const fs::path& bundle, bool again) {
    if (scrutin.state < domain::ScrutinState::proclaimed)
        return refused("scrutin " + scrutin.code + " : pas encore proclamé, rien n’est à publier");
    if (!again && !web::published_papers(office.db(), scrutin.id).empty()) {
        if (const util::Status there = check_papers(office, scrutin); !there)
            return util::Failure{there.error().fault, there.error().detail + " ; --again les publie à nouveau"};
        say("scrutin " + scrutin.code + " : déjà publié, rien ne change.");
        return util::Done{};
    }
    SealKeeper keeper(office);
    const auto sealed = keeper.require(scrutin);
    if (!sealed) return sealed.error();
    const auto stored = store::find_proclamation(office.db(), scrutin.id);
    const auto result = stored ? domain::read_proclamation(stored->text) : std::nullopt;
    if (!result) return bad_input("scrutin " + scrutin.code + " : sa proclamation ne se relit pas : prévenir le bureau de vote");
    if (const auto enough = require_enough_ballots(scrutin, *result, sealed->seal); !enough) return enough;
    const auto digest = bundle_in(office, scrutin, *sealed, bundle);
    if (!digest) return util::Failure{digest.error().fault, "scrutin " + scrutin.code + " : " + digest.error().detail};
    const auto files = choose_papers(office, scrutin, bundle, *digest);
    if (!files) return files.error();
    const bool is_counted_archive = std::any_of(files->begin(), files->end(), [&](const ToPublish& one) {
        return one.paper.name == scrutin.uuid + ".bel" && one.paper.digest == result->archive;
    });
    if (!is_counted_archive)
        return bad_input("scrutin " + scrutin.code + " : l’archive du dossier n’est pas celle que la proclamation nomme");
    const fs::path folder = office.settings().papers / scrutin.code;
    make_open_folder(folder);
    std::vector<store::Paper> papers;
    for (const ToPublish& one : *files) {
        put_paper(folder, one);
        papers.push_back(one.paper);
    }
    office.db().transaction([&] {
        store::put_papers(office.db(), scrutin.id, papers, hour_of_acts(office));
        record(office, domain::k_papers_act, scrutin.code + " " + papers.back().digest + " dossier=" + *digest);
        return true;
    });
    remove_others(folder, papers);
    say("scrutin " + scrutin.code + " : " + counted(papers.size(), "pièce publiée", "pièces publiées") +
        ". EMPREINTE DE LEUR LISTE   " + papers.back().digest);
    return util::Done{};
}

}  // namespace

util::Status check_papers(Office& office, const store::Scrutin& scrutin) {
    std::string published;
    store::each_audit_entry(office.db(), [&](const store::AuditEntry& entry) {
        if (entry.action == domain::k_papers_act && entry.detail.starts_with(scrutin.code + " ")) published = entry.detail;
    });
    const std::string why = domain::why_papers_differ(office.settings().papers, scrutin.code,
                                                      web::published_papers(office.db(), scrutin.id), published);
    return why.empty() ? util::Status(util::Done{}) : refused("scrutin " + scrutin.code + " : " + why);
}

util::Status check_logos(Office& office, const store::Scrutin& scrutin, const domain::Seal& seal) {
    const std::string why =
        domain::why_logos_differ(office.settings().papers, seal.lists, web::shown_logos(office.db(), scrutin.id));
    return why.empty() ? util::Status(util::Done{}) : refused("scrutin " + scrutin.code + " : " + why);
}

util::Status check_no_other_file(Office& office) {
    std::vector<std::string> codes;
    for (const store::Scrutin& scrutin : store::scrutins(office.db())) codes.push_back(scrutin.code);
    const std::string why = domain::why_too_many(office.settings().papers, codes, web::logos_of_all(office.db()));
    return why.empty() ? util::Status(util::Done{}) : refused(why);
}

void put_logo(Office& office, const std::string& png) {
    if (png.empty() || office.settings().papers.empty()) return;
    const fs::path folder = office.settings().papers / domain::k_logos_folder;
    make_open_folder(folder);
    util::replace_file(folder / (util::sha256_hex(png) + ".png"), png);
}

void remove_logos_of_nobody(Office& office) {
    if (office.settings().papers.empty()) return;
    for (const fs::path& path : domain::logos_of_nobody(office.settings().papers, web::logos_of_all(office.db()))) {
        std::error_code kept;  // « integrity » tells
        fs::remove(path, kept);
    }
}

util::Status publish_bundles(Office& office, const Arguments& arguments) {
    const auto scrutins = chosen_scrutins(office, arguments);
    if (!scrutins) return scrutins.error();
    if (office.settings().papers.empty())
        return bad_input("les réglages ne disent pas où publier ([portal] papers de portail.toml)");
    if (const auto journal = check_journal(office); !journal) return journal.error();
    Stops stops;
    for (const store::Scrutin& scrutin : *scrutins) {
        if (scrutin.state < domain::ScrutinState::proclaimed && !arguments.has("--scrutin")) continue;
        if (const util::Status done =
                publish_one(office, scrutin, fs::path(arguments.positional[0]) / scrutin.code, arguments.has("--again"));
            !done)
            stops.add(done.error());
    }
    return stops.outcome();
}

}  // namespace scrutinctl
