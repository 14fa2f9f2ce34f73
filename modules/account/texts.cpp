// SPDX-License-Identifier: AGPL-3.0-or-later
#include "account/texts.hpp"

#include <map>
#include <stdexcept>

#include "util/file.hpp"

namespace account {

namespace {

util::Json read_json(const std::filesystem::path& file) {
    const auto text = util::read_file(file);
    if (!text) throw std::runtime_error(file.string() + ": cannot be read");
    auto json = util::parse_json(*text);
    if (!json || !json->is_object()) throw std::runtime_error(file.string() + ": not a JSON object");
    return *std::move(json);
}

// Runs a reading of `json`, whose shape errors become one sentence that names the file.
template <typename Read>
util::Json shaped(const std::filesystem::path& file, const Read& read) {
    try {
        return read(read_json(file));
    } catch (const util::Json::exception& error) {
        throw std::runtime_error(file.string() + ": " + error.what());
    }
}

}  // namespace

util::Json read_mentions(const std::filesystem::path& file) {
    return shaped(file, [](const util::Json& json) {
        util::Json mentions = util::Json::object();
        for (const char* page : {"publisher", "personal_data", "accessibility"}) {
            mentions[page] = util::Json::array();
            for (const auto& line : json.at(page)) {
                const auto value = line.at("value").get<std::string>();
                mentions[page].push_back(
                    {{"label", line.at("label").get<std::string>()}, {"value", value}, {"is_missing", value.empty()}});
            }
        }
        return mentions;
    });
}

util::Json read_accessibility(const std::filesystem::path& file) {
    return shaped(file, [&](const util::Json& json) {
        std::map<std::string, std::size_t> counts{{"conforme", 0}, {"non conforme", 0}, {"non applicable", 0}};
        for (const auto& theme : json.at("themes")) {
            static_cast<void>(theme.at("name").get<std::string>());
            for (const auto& criterion : theme.at("criteria")) {
                const auto count = counts.find(criterion.at("state").get<std::string>());
                if (count == counts.end() || criterion.at("title").get<std::string>().empty() ||
                    criterion.at("why").get<std::string>().empty())
                    throw std::runtime_error(file.string() + ": " + criterion.at("number").get<std::string>() + " is not decided");
                ++count->second;
            }
        }
        const std::size_t good = counts["conforme"], bad = counts["non conforme"],
                          rate = good + bad == 0 ? 0 : 100 * good / (good + bad);
        return util::Json{{"state", bad == 0     ? "totalement conforme"
                                    : rate >= 50 ? "partiellement conforme"
                                                 : "non conforme"},
                          {"conforming", std::to_string(good)},
                          {"failing", std::to_string(bad)},
                          {"not_applicable", std::to_string(counts["non applicable"])},
                          {"rate", std::to_string(rate)},
                          {"themes", json.at("themes")}};
    });
}

Texts load_texts(const std::filesystem::path& templates) {
    return {read_mentions(templates / "account" / "mentions.json"), read_accessibility(templates / "account" / "rgaa.json")};
}

}  // namespace account
