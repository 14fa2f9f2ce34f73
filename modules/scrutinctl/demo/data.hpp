// SPDX-License-Identifier: AGPL-3.0-or-later
// The material of the demonstration election: places, unions, profiles and the table « qui vote où » of 2018. Everything is
// invented but the académies, their webmails and the table, which the customer's documents give.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace scrutinctl::demonstration {

struct AcademieData {
    std::string_view code, name, webmail;
};
std::span<const AcademieData> academies();  // 31, in the order of the customer's table

// Where the demonstration takes place.
struct Place {
    std::string_view academie, departement, departement_name;
};
std::span<const Place> places();

struct Instance {
    std::string_view name, title, level, slug;
    unsigned seats;
    bool tie_by_candidates;
};
// 10. The committees of 2018 became the « comités sociaux d’administration » of the editions after.
std::span<const Instance> instances(std::string_view edition);

struct Profile {
    std::string_view personnel;
    std::string_view marks;  // « X » per instance
    unsigned share;          // per thousand
    std::span<const std::string_view> corps;
};
std::span<const Profile> profiles();  // 8

struct Union {
    std::string_view name, acronym, motto;
    unsigned weight;  // of its ballots in a rehearsal
};
std::span<const Union> unions();

// A small generator of our own: the same seed gives the same election everywhere.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next();
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(next() % bound); }
    template <typename Items>
    const auto& pick(const Items& items) {
        return items[below(std::size(items))];
    }

private:
    std::uint64_t state_;
};

struct Person {
    std::string civility, first_name, last_name;
};
Person make_person(Dice& dice);
std::string make_school(Dice& dice, const Place& place);

}  // namespace scrutinctl::demonstration
