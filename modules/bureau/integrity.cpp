// SPDX-License-Identifier: AGPL-3.0-or-later
#include "bureau/integrity.hpp"

#include <algorithm>
#include <charconv>

#include "bureau/page_parts.hpp"
#include "bureau/store_chains.hpp"
#include "domain/audit.hpp"
#include "domain/published.hpp"
#include "domain/seal.hpp"
#include "util/bytes.hpp"
#include "web/store_published.hpp"

namespace bureau {

namespace {

constexpr std::string_view k_seen = " ; registre de ", k_root = " bulletins, empreinte ";
constexpr std::uint64_t k_read_at_the_desk = 256u << 20;  // bytes: a second or two of the worker's time

// The seal's text is the one whose digest was written down, here and in the journal, at the sealing.
std::string why_seal_differs(db::Connection& db, const WatchedScrutin& scrutin, const std::optional<StoredSeal>& seal) {
    if (!seal) return "le scellement manque";
    const auto read = domain::read_seal(seal->text);
    if (!read || util::sha256_hex(seal->text) != seal->digest) return "le texte scellé a été changé";
    if (seal_act_detail(db, scrutin.code).find(" sceau=" + seal->digest + " ") == std::string::npos)
        return "ce n’est pas le scellement du journal des actes";
    if (read->code != scrutin.code || read->uuid != scrutin.uuid || read->bureau != scrutin.bureau ||
        read->log_key != seal->log_key)
        return "le scrutin n’est plus celui qui a été scellé";
    return {};
}

std::string why_programs_differ(db::Connection& db, const StoredSeal& seal) {
    const auto last = last_sealed_programs(db);
    const auto read = domain::read_seal(seal.text);
    if (!last || !read || util::sha256_hex(last->text) != last->digest)
        return "la liste scellée des programmes manque ou a été changée";
    const std::string accepted = last->number == 1 ? read->programs : programs_act_detail(db).substr(0, last->digest.size());
    return last->digest == accepted ? "" : "la liste scellée des programmes n’est pas celle du journal des actes";
}

// Leaves in order, signed, and beginning with what the last check saw.
std::string why_log_differs(db::Connection& db, const WatchedScrutin& scrutin, const StoredSeal& seal, Integrity& found) {
    domain::BallotLogCheck check(scrutin.uuid, seal.log_key, newest_log_head(db, scrutin.id));
    const auto seen = seen_log_of(last_check_detail(db, scrutin.code, k_seen));
    std::string root_then = seen && seen->size == 0 ? seen->root : std::string();
    bool in_order = true;
    each_log_leaf(db, scrutin.id, [&](std::uint64_t index, const std::string& ballot_hash) {
        const auto raw = util::from_hex(ballot_hash);
        in_order = in_order && raw && index == check.size();
        if (!in_order) return;
        check.add_hash(*raw);
        if (seen && seen->size == check.size()) root_then = util::to_hex(check.root());
    });
    found.log_size = check.size();
    found.log_root = util::to_hex(check.root());
    if (!in_order) return "une ligne du registre manque";
    if (seen && root_then != seen->root)
        return "le registre ne prolonge pas celui du contrôle précédent (" + number(seen->size) + " bulletins)";
    if (std::string why = check.why_not(/*complete=*/false); !why.empty()) return why;
    // Counted after the leaves were read: what entered meanwhile is more.
    return count_urne_ballots(db, scrutin.id) < check.size() ? "des bulletins du registre manquent dans l’urne" : "";
}

std::string why_journal_differs(web::Env& env, const std::string& journal_key, Integrity& found) {
    domain::JournalCheck check({domain::journal_origin(env.settings.base_url), crypto::tlog::KeyKind::log,
                                util::from_base64url(journal_key).value_or("")},
                               newest_journal_head(env.db));
    each_journal_entry(env.db, [&](const JournalEntry& entry) {
        check.add(entry.id, entry.at, entry.actor, entry.action, entry.detail, entry.hash);
    });
    found.journal_entries = check.entries();
    return check.why_not();
}

// Files that nginx serves for the office: what pages name, what was published, and nothing else beside it.
std::string why_files_differ(web::Env& env, const WatchedScrutin& scrutin, const domain::Seal& seal) {
    const auto& folder = env.settings.papers;
    if (std::string why = domain::why_logos_differ(folder, seal.lists, web::shown_logos(env.db, scrutin.id)); !why.empty())
        return why;
    if (std::string why = domain::why_papers_differ(folder, scrutin.code, web::published_papers(env.db, scrutin.id),
                                                    papers_act_detail(env.db, scrutin.code), k_read_at_the_desk);
        !why.empty())
        return why;
    return domain::why_too_many(folder, codes_of_all(env.db), web::logos_of_all(env.db));
}

std::string why_counters_differ(const ScrutinCounters& counters, std::uint64_t enrolled) {
    if (counters.ballots != counters.emargements)
        return number(counters.ballots) + " bulletins et " + number(counters.emargements) + " émargements";
    return counters.emargements > enrolled ? "plus d’émargements que d’inscrits" : "";
}

}  // namespace

bool Integrity::holds() const {
    return std::all_of(findings.begin(), findings.end(), [](const Finding& one) { return one.why_not.empty(); });
}

Integrity check_integrity(web::Env& env, const WatchedScrutin& scrutin, const std::string& journal_key) {
    Integrity found;
    const auto add = [&](const char* what, std::string why) { found.findings.push_back({what, std::move(why)}); };
    const auto counters = scrutin_counters(env.db, scrutin.id);
    found.emargements = counters.emargements, found.ballots = counters.ballots;
    add("Journal des actes, de la première entrée à la dernière, et sa signature", why_journal_differs(env, journal_key, found));
    if (scrutin.state < domain::ScrutinState::sealed) {
        add("Urne et émargement vides avant le scellement",
            counters.ballots + counters.emargements > 0 ? "ils ne le sont pas" : "");
        return found;
    }
    const auto seal = find_stored_seal(env.db, scrutin.id);
    add("Scellement, avec le journal des actes", why_seal_differs(env.db, scrutin, seal));
    if (seal) {
        add("Liste scellée des programmes, avec le journal des actes", why_programs_differ(env.db, *seal));
        const auto read = domain::read_seal(seal->text);
        add("Bulletins et émargements, en nombre", why_counters_differ(counters, read ? read->electors : 0));
        add("Registre public des bulletins, sa signature, et ce qu’il était au contrôle précédent",
            why_log_differs(env.db, scrutin, *seal, found));
        if (read && !env.settings.papers.empty())
            add("Fichiers servis au public (logos des listes, pièces publiées), avec leurs empreintes ; de ceux de plus de 256 Mio, la taille",
                why_files_differ(env, scrutin, *read));
    }
    return found;
}

std::string words_of_check(const WatchedScrutin& scrutin, const Integrity& found) {
    std::string words = scrutin.code + " : contrôle d’intégrité, " + (found.holds() ? "tout concorde" : "DIFFÉRENCE");
    if (!found.log_root.empty() && found.holds())
        words += std::string(k_seen) + std::to_string(found.log_size) + std::string(k_root) + found.log_root;
    return words;
}

std::optional<SeenLog> seen_log_of(const std::string& words) {
    const auto from = words.find(k_seen), root = words.find(k_root);
    if (from == std::string::npos || root == std::string::npos || root < from) return std::nullopt;
    SeenLog seen;
    const char* const begin = words.data() + from + k_seen.size();
    const char* const end = words.data() + root;
    const auto [stop, error] = std::from_chars(begin, end, seen.size);
    seen.root = words.substr(root + k_root.size());
    if (error != std::errc{} || stop != end || seen.root.size() != 64) return std::nullopt;
    return seen;
}

}  // namespace bureau
