// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/sharing.hpp"

#include <algorithm>
#include <numeric>

#include "util/text.hpp"

namespace domain {

namespace {

constexpr std::size_t k_union_characters = 160;
constexpr unsigned k_hundredths = 100;

// « 33,33 », « 40 % » in hundredths of a percent.
std::optional<unsigned> part_of(std::string_view typed) {
    std::string text(util::trim(typed));
    if (text.ends_with('%')) text = std::string(util::trim(std::string_view(text).substr(0, text.size() - 1)));
    for (const std::string_view space : {"\u00a0", "\u202f"})
        while (text.ends_with(space)) text.resize(text.size() - space.size());
    const std::size_t comma = text.find_first_of(",.");
    const std::string whole = text.substr(0, comma);
    std::string part = comma == std::string::npos ? "" : text.substr(comma + 1);
    const auto is_digits = [](const std::string& word) { return word.find_first_not_of("0123456789") == std::string::npos; };
    if (whole.empty() || whole.size() > 3 || !is_digits(whole) || part.size() > 2 || !is_digits(part)) return std::nullopt;
    if (comma != std::string::npos && part.empty()) return std::nullopt;
    part.resize(2, '0');
    return static_cast<unsigned>(std::stoul(whole)) * k_hundredths + static_cast<unsigned>(std::stoul(part));
}

std::string words_of_part(unsigned share) {
    std::string text = std::to_string(share / k_hundredths);
    const unsigned rest = share % k_hundredths;
    if (rest > 0) text += (rest < 10 ? ",0" : ",") + std::to_string(rest);
    return text;
}

// What is wrong with all of them together.
std::string why_not_together(const std::vector<UnionShare>& unions) {
    if (unions.size() == 1)
        return "Une liste commune a deux organisations au moins ; laissez vide pour une liste qui n’est pas commune.";
    if (unions.size() > k_most_unions) return "Une liste commune a " + std::to_string(k_most_unions) + " organisations au plus.";
    const auto with = static_cast<std::size_t>(
        std::count_if(unions.begin(), unions.end(), [](const UnionShare& one) { return one.share.has_value(); }));
    if (with != 0 && with != unions.size())
        return "La part de chaque organisation est attendue, ou d’aucune : les voix se partagent alors également.";
    unsigned sum = 0;
    for (const UnionShare& one : unions) sum += one.share.value_or(0);
    if (with != 0 && sum != k_whole_key) return "Les parts font " + words_of_part(sum) + " % ensemble ; 100 % sont attendus.";
    return {};
}

// How unions are told apart and from their parts, and how this is said.
struct UnionsForm {
    char between, before_part;
    std::string_view one, part;
};

UnionsRead read_unions_as(const UnionsForm& form, std::string_view text) {
    UnionsRead read;
    std::size_t number = 0;
    for (std::string line : util::split(text, form.between)) {
        ++number;
        if (!line.empty() && line.back() == '\r') line.pop_back();
        if (util::trim(line).empty()) continue;
        const auto fault = [&](const std::string& why) {
            read.faults.push_back(std::string(form.one) + " " + std::to_string(number) + " : " + why + ".");
        };
        std::replace(line.begin(), line.end(), '\t', form.before_part);
        const std::size_t separator = line.find(form.before_part);
        UnionShare one{std::string(util::trim(std::string_view(line).substr(0, separator)))};
        if (one.name.empty() || util::count_code_points(one.name) > k_union_characters ||
            !util::is_printable_line(one.name, 4 * k_union_characters)) {
            fault("le nom d’une organisation est attendu, en 160 caractères au plus");
            continue;
        }
        if (separator != std::string::npos && !util::trim(std::string_view(line).substr(separator + 1)).empty()) {
            one.share = part_of(std::string_view(line).substr(separator + 1));
            if (!one.share || *one.share == 0 || *one.share >= k_whole_key) {
                fault("la part est un pourcentage entre 0 et 100, « 33,33 », après un " + std::string(form.part));
                continue;
            }
        }
        const bool is_there = std::any_of(read.unions.begin(), read.unions.end(),
                                          [&](const UnionShare& other) { return util::fold(other.name) == util::fold(one.name); });
        if (is_there) fault("cette organisation est déjà dans la liste");
        else read.unions.push_back(std::move(one));
    }
    if (read.faults.empty() && !read.unions.empty())
        if (const std::string why = why_not_together(read.unions); !why.empty()) read.faults.push_back(why);
    return read;
}

}  // namespace

UnionsRead read_unions(std::string_view text) { return read_unions_as({'\n', ';', "Ligne", "point-virgule"}, text); }

UnionsRead read_unions_cell(std::string_view text) { return read_unions_as({'|', '=', "organisation", "signe égal"}, text); }

std::string union_lines(const std::vector<UnionShare>& unions) {
    std::string lines;
    for (const UnionShare& one : unions) lines += one.name + (one.share ? ";" + words_of_part(*one.share) : "") + "\n";
    return lines;
}

std::string words_of_unions(const std::vector<UnionShare>& unions) {
    std::string words;
    for (std::size_t i = 0; i < unions.size(); ++i) {
        if (i > 0) words += !unions[i].share && i + 1 == unions.size() ? " et " : ", ";
        words += unions[i].name + (unions[i].share ? " " + words_of_part(*unions[i].share) + "\u00a0%" : "");
    }
    return words.empty() || unions.front().share ? words : words + ", à parts égales";
}

UnionVotes votes_of_union(std::uint64_t votes, const std::vector<UnionShare>& unions, std::size_t which) {
    const bool is_equal = !unions.at(which).share;
    const std::uint64_t whole = is_equal ? unions.size() : k_whole_key, part = votes * (is_equal ? 1 : *unions.at(which).share);
    const std::uint64_t common = std::gcd(part, whole);
    return {part / common, whole / common};
}

std::string words_of(const UnionVotes& votes) {
    const std::string whole = util::french_number(static_cast<long long>(votes.part / votes.whole));
    if (votes.whole == 1) return whole;
    const std::uint64_t rest = votes.part % votes.whole * k_hundredths / votes.whole;
    return whole + (rest < 10 ? ",0" : ",") + std::to_string(rest);
}

}  // namespace domain
