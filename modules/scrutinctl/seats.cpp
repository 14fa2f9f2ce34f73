// SPDX-License-Identifier: AGPL-3.0-or-later
// seats: how many seats each list takes, worked out alone: JSON in on standard input, JSON out. For who checks a calculation, or has votes counted
// elsewhere. Knows no database.
#include "domain/seats.hpp"

#include <algorithm>
#include <iostream>
#include <numeric>
#include <set>

#include "scrutinctl/commands.hpp"
#include "util/json.hpp"
#include "util/text.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

constexpr std::size_t k_most_bytes = 1 << 20, k_most_lists = 1000;
constexpr std::uint64_t k_most_seats = 10'000, k_most_share = 1'000'000;
constexpr std::string_view k_with_candidates = "votes,candidates,draw", k_without_candidates = "votes,draw";

using Names = std::vector<std::string>;

struct Question {
    Names names;
    std::vector<domain::SeatList> lists;  // as `names`
    unsigned seats = 0;
    bool tie_by_candidates = false;
    std::vector<std::size_t> draws;
    util::Json shares = util::Json::object();
};

util::Result<std::uint64_t> whole_number(const std::string& what, const util::Json& value, std::uint64_t least,
                                         std::uint64_t most) {
    if (value.is_number_unsigned()) {
        const std::uint64_t number = value.get<std::uint64_t>();
        if (number >= least && number <= most) return number;
    }
    return bad_input(what + " : un nombre entier de " + std::to_string(least) + " à " + std::to_string(most) + " est attendu, " +
                     value.dump(-1, true) + " reçu");
}

util::Status require_object(std::string_view key, const util::Json& value) {
    if (value.is_object()) return util::Done{};
    return bad_input("« " + std::string(key) + " » : des noms et leurs valeurs sont attendus, {\"A\":…}");
}

util::Result<std::size_t> list_named(const Question& question, std::string_view key, const std::string& name) {
    const auto found = std::find(question.names.begin(), question.names.end(), name);
    if (found == question.names.end())
        return bad_input("« " + std::string(key) + " » : aucune liste de « votes » ne s’appelle « " + util::printable(name, 200) +
                         " »");
    return static_cast<std::size_t>(found - question.names.begin());
}

util::Status read_votes(Question& question, const util::Json& votes) {
    if (const auto object = require_object("votes", votes); !object) return object;
    if (votes.size() > k_most_lists) return bad_input("« votes » : " + std::to_string(k_most_lists) + " listes au plus");
    for (const auto& [name, value] : votes.items()) {
        if (name.empty() || !util::is_printable_line(name, 800))
            return bad_input("« votes » : un nom de liste est vide, trop long ou illisible");
        const auto count = whole_number("voix de « " + name + " »", value, 0, UINT64_MAX);
        if (!count) return count.error();
        question.names.push_back(name);
        question.lists.push_back({*count, 0});
    }
    return util::Done{};
}

util::Status read_candidates(Question& question, const util::Json& candidates) {
    if (const auto object = require_object("candidates", candidates); !object) return object;
    for (const auto& [name, value] : candidates.items()) {
        const auto list = list_named(question, "candidates", name);
        if (!list) return list.error();
        const auto count = whole_number("candidats de « " + name + " »", value, 1, k_most_seats * 2);
        if (!count) return count.error();
        question.lists[*list].candidates = static_cast<unsigned>(*count);
    }
    for (std::size_t i = 0; i < question.lists.size(); ++i) {
        if (question.lists[i].candidates == 0)
            return bad_input("« candidates » : le nombre de candidats de « " + question.names[i] +
                             " » manque ; sans « candidates », les listes sont des sigles");
    }
    return util::Done{};
}

util::Status read_drawn(Question& question, const util::Json& draws) {
    if (!draws.is_array()) return bad_input("« draws » : les listes tirées au sort sont attendues, dans l’ordre, [\"A\",…]");
    for (const util::Json& drawn : draws) {
        if (!drawn.is_string()) return bad_input("« draws » : un nom de liste est attendu, " + drawn.dump(-1, true) + " reçu");
        const auto list = list_named(question, "draws", drawn.get<std::string>());
        if (!list) return list.error();
        question.draws.push_back(*list);
    }
    return util::Done{};
}

// {"A et B":{"A":2,"B":1}}: how a common list shares its votes. A union stands in one list of a scrutin alone.
util::Status read_shares(Question& question, const util::Json& shares) {
    if (const auto object = require_object("shares", shares); !object) return object;
    std::set<std::string> unions;
    for (const std::string& name : question.names)
        if (!shares.contains(name)) unions.insert(name);
    for (const auto& [name, key] : shares.items()) {
        if (const auto list = list_named(question, "shares", name); !list) return list.error();
        if (const auto object = require_object("shares, " + name, key); !object) return object;
        if (key.size() < 2 || key.size() > 100)
            return bad_input("« shares » : la liste commune « " + name + " » a de 2 à 100 organisations");
        for (const auto& [one, part] : key.items()) {
            if (one.empty() || !util::is_printable_line(one, 800))
                return bad_input("« shares » : un nom d’organisation est vide, trop long ou illisible");
            if (!unions.insert(one).second)
                return bad_input("« shares » : « " + one + " » est dans deux listes ; une organisation n’en a qu’une par scrutin");
            if (const auto valid = whole_number("part de « " + one + " »", part, 1, k_most_share); !valid) return valid.error();
        }
    }
    question.shares = shares;
    return util::Done{};
}

util::Result<Question> read_question(std::string_view text) {
    const auto json = util::parse_json(text);
    if (!json || !json->is_object())
        return bad_input(
            "entrée standard : du JSON est attendu, {\"seats\":10,\"votes\":{\"A\":1015,…}}, chaque nom une seule fois");
    for (const auto& [key, value] : json->items()) {
        constexpr std::string_view k_known[] = {"seats", "votes", "candidates", "tie", "draws", "shares"};
        if (std::find(std::begin(k_known), std::end(k_known), key) == std::end(k_known))
            return bad_input("« " + util::printable(key, 200) +
                             " » n’est pas connu ; seats, votes, candidates, tie, draws et shares le sont");
    }
    for (const char* const needed : {"seats", "votes"})
        if (!json->contains(needed)) return bad_input("« " + std::string(needed) + " » manque");
    Question question;
    const auto seats = whole_number("« seats »", json->at("seats"), 1, k_most_seats);
    if (!seats) return seats.error();
    question.seats = static_cast<unsigned>(*seats);
    if (const auto read = read_votes(question, json->at("votes")); !read) return read.error();
    using Reader = util::Status (*)(Question&, const util::Json&);
    for (const auto& [key, reader] : std::initializer_list<std::pair<const char*, Reader>>{{"candidates", read_candidates},
                                                                                           {"draws", read_drawn},
                                                                                           {"shares", read_shares}}) {
        if (!json->contains(key)) continue;
        if (const auto read = reader(question, json->at(key)); !read) return read.error();
    }
    if (json->contains("tie")) {
        const util::Json& tie = json->at("tie");
        question.tie_by_candidates = tie == util::Json(k_with_candidates);
        if (!question.tie_by_candidates && tie != util::Json(k_without_candidates))
            return bad_input("« tie » : \"" + std::string(k_without_candidates) + "\" ou \"" + std::string(k_with_candidates) +
                             "\" est attendu, " + tie.dump(-1, true) + " reçu");
    }
    return question;
}

__extension__ typedef unsigned __int128 Wide;

std::string digits_of(Wide number) {
    std::string digits;
    do digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(number % 10)));
    while ((number /= 10) > 0);
    return digits;
}

// Exact, as a fraction where it is not whole: "507", "1015/2".
std::string fraction(Wide part, std::uint64_t whole) {
    const auto common = std::gcd(static_cast<std::uint64_t>(part % whole), whole);
    if (common == whole) return digits_of(part / whole);
    return digits_of(part / common) + "/" + std::to_string(whole / common);
}

util::Json listed(const Question& question, const std::vector<std::size_t>& lists) {
    util::Json names = util::Json::array();
    for (const std::size_t i : lists) names.push_back(question.names[i]);
    return names;
}

util::Json by_name(const Question& question, const std::vector<unsigned>& seats) {
    util::Json all = util::Json::object();
    for (std::size_t i = 0; i < seats.size(); ++i) all[question.names[i]] = seats[i];
    return all;
}

util::Json steps_of(const Question& question, const domain::Allocation& allocation) {
    constexpr const char* k_by[] = {"quotient", "average", "votes", "candidates", "draw"};
    util::Json steps = util::Json::array();
    const std::vector<unsigned>* before = nullptr;
    for (const domain::SeatStep& step : allocation.steps) {
        util::Json row{{"by", k_by[static_cast<int>(step.by)]}};
        if (before == nullptr) {
            row["seats"] = by_name(question, step.after);
        } else {
            util::Json averages = util::Json::object();
            for (std::size_t i = 0; i < question.names.size(); ++i) {
                const domain::SeatList& list = question.lists[i];
                if (list.candidates == 0 || (*before)[i] < list.candidates)
                    averages[question.names[i]] = fraction(list.votes, std::uint64_t{(*before)[i]} + 1);
            }
            row["averages"] = std::move(averages);
            row["to"] = listed(question, step.takers);
        }
        before = &step.after;
        steps.push_back(std::move(row));
    }
    return steps;
}

// Votes of each union, for councils that are made of a scrutin's votes.
util::Json unions_of(const Question& question) {
    util::Json unions = util::Json::object();
    for (std::size_t i = 0; i < question.names.size(); ++i) {
        if (!question.shares.contains(question.names[i])) {
            unions[question.names[i]] = std::to_string(question.lists[i].votes);
            continue;
        }
        const util::Json& key = question.shares.at(question.names[i]);
        std::uint64_t sum = 0;
        for (const util::Json& part : key) sum += part.get<std::uint64_t>();
        for (const auto& [name, part] : key.items())
            unions[name] = fraction(Wide{question.lists[i].votes} * part.get<std::uint64_t>(), sum);
    }
    return unions;
}

// A draw that was not asked for is a mistake of who typed it, here or in the minutes.
util::Status require_draws_asked(const Question& question, const domain::Allocation& allocation) {
    if (allocation.draws_taken == question.draws.size()) return util::Done{};
    const std::string& name = question.names[question.draws[allocation.draws_taken]];
    if (allocation.draw.empty()) return bad_input("« draws » : aucun tirage au sort n’est à faire pour « " + name + " »");
    return bad_input("« draws » : « " + name + " » n’est pas parmi les listes à égalité, " +
                     listed(question, allocation.draw).dump());
}

int exit_status_of_seats(util::Fault fault) { return fault == util::Fault::conflict ? 3 : exit_status_of(fault); }

util::Status answer_seats(const Arguments&) {
    std::string text(k_most_bytes + 1, '\0');
    std::cin.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(std::cin.gcount()));
    if (text.size() > k_most_bytes) return bad_input("entrée standard : 1 Mio au plus");
    const auto question = read_question(text);
    if (!question) return question.error();
    const auto allocation = domain::allocate_seats(question->lists, question->seats, question->tie_by_candidates, question->draws);
    if (const auto asked = require_draws_asked(*question, allocation); !asked) return asked;
    util::Json answer{{"seats", by_name(*question, allocation.seats)}, {"steps", steps_of(*question, allocation)}};
    if (question->shares.size() > 0) answer["unions"] = unions_of(*question);
    if (allocation.unfilled > 0) answer["unfilled"] = allocation.unfilled;
    if (!allocation.draw.empty()) answer["draw"] = listed(*question, allocation.draw);
    say(answer.dump());
    if (allocation.draw.empty()) return util::Done{};
    std::string names;
    for (const std::size_t i : allocation.draw) names += (names.empty() ? "« " : ", « ") + question->names[i] + " »";
    return util::failure(util::Fault::conflict,
                         "égalité entre " + names + " : le bureau tire au sort le siège suivant, puis \"draws\":[\"NOM\"]");
}

}  // namespace

Command seats_command() {
    return {
        "seats",
        "",
        "répartit des sièges d’après des voix, sans base de données",
        "Lit {\"seats\":10,\"votes\":{\"A\":1015,…}} sur l’entrée standard, en nombres entiers ; au besoin \"candidates\":{\"A\":12,…} (aucune liste n’a plus\n"
        "de sièges que de candidats ; sans lui, des sigles), \"tie\":\"votes,draw\" (sans lui) ou \"votes,candidates,draw\", \"draws\":[\"A\",…] (ce que\n"
        "le bureau a tiré au sort, dans l’ordre), \"shares\":{\"A et B\":{\"A\":2,\"B\":1}} (voix d’une liste commune, par organisation). Écrit sur une ligne\n"
        "\"seats\", \"steps\" (le quotient, puis chaque siège à la plus forte moyenne), \"unions\" (les voix par organisation), \"unfilled\" (sièges que\n"
        "personne ne prend encore). Code de retour : 0 ; 3 une égalité attend un tirage, \"draw\" dit entre qui ; 65 entrée refusée.",
        {},
        answer_seats,
        exit_status_of_seats};
}

}  // namespace scrutinctl
