// SPDX-License-Identifier: AGPL-3.0-or-later
#include "trustee/reply.hpp"

#include "trustee/ceremony_folder.hpp"
#include "trustee/trustee_file.hpp"
#include "util/json.hpp"

namespace trustee {

using namespace cli;

namespace fs = std::filesystem;

fs::path partials_path(const fs::path& folder, std::string_view bureau, std::string_view group, unsigned holder) {
    return folder / (file_stem(bureau, group) + ".porteur-" + std::to_string(holder) + ".dechiffrements.json");
}

std::string write_partials(const HolderPartials& partials) {
    std::string text = R"({"portail":"dechiffrements","version":2,"bureau":)" + util::json_quote(partials.bureau) + R"(,"group":)" +
                       util::json_quote(partials.group) + R"(,"holder":)" + std::to_string(partials.holder) + R"(,"scrutins":[)";
    for (const HolderPartial& one : partials.scrutins)
        text += (&one == &partials.scrutins.front() ? "\n" : ",\n") + (R"({"uuid":)" + util::json_quote(one.uuid)) +
                R"(,"setup":)" + util::json_quote(one.setup) + R"(,"tally":)" + util::json_quote(one.tally) + R"(,"partial":)" +
                util::json_quote(one.partial) + R"(,"second_proof":)" + util::json_quote(one.second_proof) + "}";
    return text + "]}\n";
}

util::Result<HolderPartials> parse_partials(std::string_view text) {
    const auto json = util::parse_json(text);
    try {
        if (!json || !json->is_object() || json->at("portail") != "dechiffrements")
            return bad_input("ce n’est pas un fichier de déchiffrements");
        if (json->at("version") != 2)
            return bad_input("ce fichier est d’une autre version de ce programme ; le porteur le refait avec celle-ci");
        HolderPartials partials;
        partials.bureau = json->at("bureau").get<std::string>();
        partials.group = json->at("group").get<std::string>();
        if (!is_plain_line(partials.bureau) || !is_plain_line(partials.group)) return bad_input("ce fichier est abîmé");
        partials.holder = whole_number(json->at("holder"));
        for (const util::Json& one : json->at("scrutins")) {
            const auto field = [&](const char* name) { return one.at(name).get<std::string>(); };
            partials.scrutins.push_back({field("uuid"), field("setup"), field("tally"), field("partial"), field("second_proof")});
        }
        return partials;
    } catch (const util::Json::exception&) {
        return bad_input("ce fichier est incomplet ou abîmé");
    }
}

util::Result<HolderPartials> read_partials(const fs::path& path) {
    const auto text = read_public_file(path);
    if (!text) return bad_input(path.string() + " ne peut pas être lu");
    auto partials = parse_partials(*text);
    if (!partials) return bad_input(path.string() + " : " + partials.error().detail);
    return partials;
}

}  // namespace trustee
