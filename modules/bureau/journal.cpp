// SPDX-License-Identifier: AGPL-3.0-or-later
// The office's journal as a bureau reads it, newest first: acts on the whole election and on its own scrutins, and what its members did at the desk.
#include <charconv>

#include "bureau/journal_filter.hpp"
#include "bureau/page_parts.hpp"
#include "bureau/pages.hpp"
#include "domain/local_time.hpp"

namespace bureau {

namespace {

constexpr unsigned k_journal_page = 50, k_journal_batch = 200;

// The entries of a page, and one more if there are more. Read in batches: most entries of a large election are others' business.
std::vector<JournalEntry> entries_for(db::Connection& db, const JournalFilter& filter, unsigned before) {
    std::vector<JournalEntry> shown;
    for (;;) {
        const auto batch = journal_before(db, before, k_journal_batch);
        for (const auto& entry : batch) {
            if (filter.shows(entry)) shown.push_back(entry);
            if (shown.size() > k_journal_page) return shown;
        }
        if (batch.size() < k_journal_batch) return shown;
        before = batch.back().id;
    }
}

}  // namespace

// 200; 400 for a page address that we did not make; 404 to who is of no bureau.
Answer show_journal(const web::Request& request, web::Env& env, const Desk& desk) {
    const auto mine = desk.places(domain::DeskRight::journal);
    if (mine.empty()) return util::failure(util::Fault::not_found, "desk journal");
    unsigned before = 0;
    const std::string_view typed = request.field("avant");
    const auto [end, error] = std::from_chars(typed.data(), typed.data() + typed.size(), before);
    if (!typed.empty() && (error != std::errc{} || end != typed.data() + typed.size() || before == 0))
        return util::failure(util::Fault::invalid, "journal page");
    const JournalFilter filter(bureau_of_codes(env.db), place_of_members(env.db), {mine.begin(), mine.end()});
    auto shown = entries_for(env.db, filter, before);
    const bool has_more = shown.size() > k_journal_page;
    if (has_more) shown.pop_back();
    util::Json rows = util::Json::array();
    for (const auto& entry : shown)
        rows.push_back({{"number", std::to_string(entry.id)},
                        {"at", domain::paris_full(util::from_sql(entry.at).value())},
                        {"actor", entry.actor},
                        {"action", entry.action},
                        {"detail", util::printable(entry.detail, 2000)}});
    return web::Response::page("bureau/journal",
                               {{"title", "Journal des actes"},
                                {"back", back_link("/bureau", "Bureau en ligne")},
                                {"has_rows", !rows.empty()},
                                {"has_more", has_more},
                                {"more_href",
                                 has_more ? "/bureau/journal?avant=" + std::to_string(shown.back().id) : std::string()},
                                {"rows", std::move(rows)}});
}

}  // namespace bureau
