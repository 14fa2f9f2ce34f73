// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/places.hpp"

#include <toml++/toml.h>

#include <stdexcept>

namespace domain {

namespace {

Place place_of(const toml::node& content, const std::string& where) {
    const toml::table* const keys = content.as_table();
    if (!keys) throw std::runtime_error(where + ": { zone, words } expected");
    const auto name = (*keys)["zone"].value<std::string>(), words = (*keys)["words"].value<std::string>();
    if (!name || !words || words->empty() || keys->size() != 2)
        throw std::runtime_error(where + ": zone and words expected, nothing else");
    auto zone = TimeZone::find(*name);
    if (!zone) throw std::runtime_error(where + ": no time zone is called " + *name);
    return {*std::move(zone), *words};
}

}  // namespace

Places Places::load(const std::filesystem::path& templates) {
    const std::filesystem::path file = templates / "fuseaux.toml";
    toml::table table;
    try {
        table = toml::parse_file(file.string());
    } catch (const toml::parse_error& error) {
        throw std::runtime_error(file.string() + ": " + std::string(error.description()));
    }
    Places places;
    for (const auto& [code, content] : table)
        places.by_academie_.emplace(std::string(code.str()), place_of(content, file.string() + ": " + std::string(code.str())));
    return places;
}

const Place* Places::of(std::string_view academie_code) const {
    const auto found = by_academie_.find(academie_code);
    return found == by_academie_.end() ? nullptr : &found->second;
}

}  // namespace domain
