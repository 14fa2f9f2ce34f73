// SPDX-License-Identifier: AGPL-3.0-or-later
#include "auditor/bundle_texts.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "crypto/merkle.hpp"
#include "crypto/tlog.hpp"
#include "util/bytes.hpp"
#include "util/text.hpp"

namespace auditor {

namespace {

constexpr std::size_t k_journal_fields = 6;
const std::string k_before_first(64, '0');

// Back from what escapes a tab, a break and a backslash; nothing for another backslash.
std::optional<std::string> unescaped(std::string_view field) {
    std::string text;
    for (std::size_t i = 0; i < field.size(); ++i) {
        if (field[i] != '\\') {
            text += field[i];
            continue;
        }
        if (++i == field.size()) return std::nullopt;
        if (field[i] == 't') text += '\t';
        else if (field[i] == 'n') text += '\n';
        else if (field[i] == '\\') text += '\\';
        else return std::nullopt;
    }
    return text;
}

// The lines of a text that ends with a line feed, each as its fields. Nothing: it does not, or a field is not one.
std::optional<std::vector<std::vector<std::string>>> fields_of(std::string_view text) {
    if (!text.ends_with('\n')) return std::nullopt;
    text.remove_suffix(1);
    std::vector<std::vector<std::string>> lines;
    for (const std::string& line : util::split(text, '\n')) {
        lines.emplace_back();
        for (const std::string& field : util::split(line, '\t')) {
            auto plain = unescaped(field);
            if (!plain) return std::nullopt;
            lines.back().push_back(std::move(*plain));
        }
    }
    return lines;
}

bool take_number(const std::string& field, std::uint64_t& value) {
    const char* const end = field.data() + field.size();
    const auto read = std::from_chars(field.data(), end, value);
    return read.ec == std::errc{} && read.ptr == end;
}

std::string plain_of(std::string_view cell) {
    static const std::vector<std::pair<std::string_view, std::string_view>> k_entities{{"&amp;", "&"},  {"&lt;", "<"},
                                                                                       {"&gt;", ">"},   {"&quot;", "\""},
                                                                                       {"&#39;", "'"},  {"&#x27;", "'"},
                                                                                       {"&#x2F;", "/"}, {"&#47;", "/"}};
    std::string text;
    while (!cell.empty()) {
        if (cell.front() == '<') {
            const std::size_t end = cell.find('>');
            cell.remove_prefix(end == std::string_view::npos ? cell.size() : end + 1);
            continue;
        }
        const auto entity =
            std::find_if(k_entities.begin(), k_entities.end(), [&](const auto& one) { return cell.starts_with(one.first); });
        if (entity == k_entities.end()) {
            text += cell.front();
            cell.remove_prefix(1);
        } else {
            text += entity->second;
            cell.remove_prefix(entity->first.size());
        }
    }
    return text;
}

}  // namespace

std::optional<Proclaimed> read_proclaimed(std::string_view text) {
    const auto lines = fields_of(text);
    if (!lines || lines->empty() || lines->front() != std::vector<std::string>{"portail-resultat", "1"}) return std::nullopt;
    Proclaimed all;
    bool has_counts = false;
    for (const auto& f : *lines) {
        if (f[0] == "scrutin" && f.size() == 4) {
            all.code = f[1], all.uuid = f[2];
        } else if (f[0] == "from" && f.size() == 3) {
            all.archive = f[2];
        } else if (f[0] == "counts" && f.size() == 5) {
            has_counts = take_number(f[1], all.inscrits) && take_number(f[2], all.votants) && take_number(f[3], all.blancs) &&
                         take_number(f[4], all.exprimes);
        } else if (f[0] == "list" && f.size() == 6) {
            Proclaimed::List list{f[2], 0, 0};
            std::uint64_t position = 0;
            if (!take_number(f[1], position) || position != all.lists.size() + 1 || !take_number(f[4], list.votes) ||
                !take_number(f[5], list.seats))
                return std::nullopt;
            all.lists.push_back(std::move(list));
        }
    }
    return has_counts && !all.code.empty() ? std::optional(all) : std::nullopt;
}

JournalText read_journal(std::string_view text) {
    JournalText journal;
    const auto lines = fields_of(text);
    if (!lines) {
        journal.fault = "il est coupé, ou une ligne ne se lit pas";
        return journal;
    }
    std::string before = k_before_first;
    for (const auto& f : *lines) {
        const std::string number = std::to_string(journal.entries.size() + 1);
        if (f.size() != k_journal_fields || f[0] != number) {
            journal.fault = "l’entrée " + number + " manque ou ne se lit pas";
            return journal;
        }
        const std::string hash = util::sha256_hex(before + "|" + f[1] + "|" + f[2] + "|" + f[3] + "|" + f[4]);
        if (hash != f[5]) {
            journal.fault = "la chaîne est rompue à l’entrée " + number;
            return journal;
        }
        journal.entries.push_back({f[1], f[2], f[3], f[4], f[5]});
        before = hash;
    }
    return journal;
}

std::string compare_journal_head(const JournalText& journal, std::string_view note, std::string_view log_key, std::uint64_t least) {
    const auto parsed = crypto::tlog::Note::parse(note);
    const auto head = parsed ? crypto::tlog::Checkpoint::parse(parsed->text) : std::nullopt;
    const auto key = util::from_base64url(log_key);
    if (!head || !key || !head->origin.ends_with("/journal")) return "ce n’est pas la tête signée d’un journal";
    if (!crypto::tlog::open_checkpoint(note, {head->origin, crypto::tlog::KeyKind::log, *key}))
        return "elle n’est pas signée par la clé du scellement";
    if (head->size < least) return "des actes de ce scrutin ne sont pas encore signés";
    if (head->size > journal.entries.size()) return "elle est d’un journal plus long que celui-ci : des entrées manquent";
    crypto::merkle::Frontier tree;
    for (std::uint64_t i = 0; i < head->size; ++i) tree.append(*util::from_hex(journal.entries[i].hash));
    return tree.root() == head->root ? "" : "elle est d’un autre journal";
}

std::vector<std::vector<std::string>> table_rows(std::string_view page) {
    std::vector<std::vector<std::string>> rows;
    for (std::size_t at = page.find("<tr"); at != std::string_view::npos; at = page.find("<tr", at + 1)) {
        const std::size_t end = page.find("</tr", at);
        if (end == std::string_view::npos) break;
        const std::string_view row = page.substr(at + 3, end - at - 3);
        rows.emplace_back();
        for (std::size_t cell = row.find("<t"); cell != std::string_view::npos; cell = row.find("<t", cell + 1)) {
            const std::size_t start = row.find('>', cell), stop = row.find("</t", cell);
            if (start == std::string_view::npos || stop == std::string_view::npos || start > stop) break;
            rows.back().push_back(plain_of(row.substr(start + 1, stop - start - 1)));
        }
    }
    return rows;
}

}  // namespace auditor
