// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/seal.hpp"

#include <algorithm>
#include <map>

#include "domain/canonical.hpp"
#include "util/text.hpp"

namespace domain {

namespace {

constexpr std::string_view k_form = "portail-sceau";
constexpr std::string_view k_version = "1";
constexpr std::string_view k_equal_parts = "equal";

// Takes one line in. What it does not take in write_seal will not give back, and read_seal refuses the whole.
void take_sealed(Seal& seal, const canonical::Fields& f) {
    const std::string& name = f[0];
    if (name == "election" && f.size() == 6) {
        seal.election_title = f[1], seal.edition = f[2], seal.administration = f[3];
        seal.demonstration = f[4] == "demonstration";
        seal.small_totals = f[5] == "small-totals";
    } else if (name == "scrutin" && f.size() == 7) {
        seal.code = f[1], seal.uuid = f[2], seal.title = f[3], seal.instance = f[4], seal.level = f[5], seal.perimeter = f[6];
    } else if (name == "seats" && f.size() == 3) {
        seal.seats = static_cast<unsigned>(canonical::number_in(f[1]));
        seal.tie_by_candidates = f[2] == "tie-by-candidates";
    } else if (name == "vote" && f.size() == 3) {
        seal.opens = f[1], seal.closes = f[2];
    } else if (name == "list" && f.size() == 5) {
        seal.lists.push_back({f[2], f[3], f[4], {}});
    } else if (name == "logo" && f.size() == 3 && !seal.lists.empty()) {
        seal.lists.back().logo = f[2];
    } else if (name == "union" && f.size() == 5 && !seal.lists.empty()) {
        UnionShare one{f[3]};
        if (f[4] != k_equal_parts) one.share = static_cast<unsigned>(canonical::number_in(f[4]));
        seal.lists.back().unions.push_back(std::move(one));
    } else if (name == "candidate" && f.size() == 7 && !seal.lists.empty()) {
        seal.lists.back().candidates.push_back({f[3], f[4], f[5], f[6]});
    } else if (name == "roll" && f.size() == 3) {
        seal.electors = canonical::number_in(f[1]);
        seal.roll = f[2];
    } else if (name == "credentials" && f.size() == 3) {
        seal.public_creds = f[1], seal.bindings = f[2];
    } else if (name == "bureau" && f.size() == 6) {
        seal.bureau = f[1], seal.group = f[2], seal.trustees = f[5];
        seal.threshold = static_cast<unsigned>(canonical::number_in(f[3])),
        seal.holders = static_cast<unsigned>(canonical::number_in(f[4]));
    } else if (name == "keys" && f.size() == 3) {
        seal.receipt_key = f[1], seal.log_key = f[2];
    } else if (name == "programs" && f.size() == 2) {
        seal.programs = f[1];
    }
}

}  // namespace

std::string short_fingerprint(std::string_view hex) {
    std::string text;
    for (std::size_t i = 0; i < std::min<std::size_t>(32, hex.size()); ++i) {
        if (i > 0 && i % 4 == 0) text += ' ';
        text += hex[i];
    }
    return text;
}

std::string write_seal(const Seal& seal) {
    std::string text = canonical::line(k_form, {k_version});
    text += canonical::line("election",
                            {seal.election_title, seal.edition, seal.administration, seal.demonstration ? "demonstration" : "real",
                             seal.small_totals ? "small-totals" : "five-or-more"});
    text += canonical::line("scrutin", {seal.code, seal.uuid, seal.title, seal.instance, seal.level, seal.perimeter});
    text +=
        canonical::line("seats", {canonical::to_field(seal.seats), seal.tie_by_candidates ? "tie-by-candidates" : "tie-by-lot"});
    text += canonical::line("vote", {seal.opens, seal.closes});
    std::uint64_t position = 0;
    for (const SealedList& list : seal.lists) {
        const std::string place = canonical::to_field(++position);
        text += canonical::line("list", {place, list.name, list.union_name, list.leaflet});
        if (!list.logo.empty()) text += canonical::line("logo", {place, list.logo});
        std::uint64_t of_list = 0;
        for (const UnionShare& one : list.unions)
            text += canonical::line("union", {place, canonical::to_field(++of_list), one.name,
                                              one.share ? canonical::to_field(*one.share) : std::string(k_equal_parts)});
        std::uint64_t rank = 0;
        for (const SealedCandidate& one : list.candidates)
            text += canonical::line("candidate", {place, canonical::to_field(++rank), one.civility, one.last_name, one.first_name,
                                                  one.affectation});
    }
    text += canonical::line("roll", {canonical::to_field(seal.electors), seal.roll});
    text += canonical::line("credentials", {seal.public_creds, seal.bindings});
    text += canonical::line("bureau", {seal.bureau, seal.group, canonical::to_field(seal.threshold),
                                       canonical::to_field(seal.holders), seal.trustees});
    text += canonical::line("keys", {seal.receipt_key, seal.log_key});
    return text += canonical::line("programs", {seal.programs});
}

std::optional<Seal> read_seal(std::string_view text) {
    Seal seal;
    for (const canonical::Fields& fields : canonical::read_lines(text)) take_sealed(seal, fields);
    if (write_seal(seal) != text) return std::nullopt;
    return seal;
}

std::string roll_line(const RollEntry& entry) {
    return canonical::line(canonical::to_field(entry.voter),
                           {entry.email, entry.civility, entry.last_name, entry.first_name, entry.sort_key, entry.reason});
}

std::string credential_line(std::string_view binding, std::string_view public_key) {
    return canonical::line(binding, {public_key});
}

std::vector<std::string> seal_differences(std::string_view sealed, std::string_view found, std::size_t most) {
    std::map<std::string, int> balance;
    const std::vector<std::string> before = util::split(sealed, '\n'), after = util::split(found, '\n');
    for (const std::string& one : before) ++balance[one];
    for (const std::string& one : after) --balance[one];
    std::vector<std::string> differences;
    const auto note = [&](const std::vector<std::string>& lines, int sign, const char* mark) {
        for (const std::string& one : lines) {
            auto& left = balance[one];
            if (left * sign <= 0) continue;
            left -= sign;
            if (differences.size() < most) differences.push_back(mark + one);
        }
    };
    note(before, 1, "- ");
    note(after, -1, "+ ");
    return differences;
}

}  // namespace domain
