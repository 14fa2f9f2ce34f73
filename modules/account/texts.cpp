// SPDX-License-Identifier: AGPL-3.0-or-later
#include "account/texts.hpp"

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

Texts load_texts(const std::filesystem::path& templates) { return {read_mentions(templates / "account" / "mentions.json")}; }

}  // namespace account
