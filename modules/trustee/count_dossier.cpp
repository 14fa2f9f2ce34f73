// SPDX-License-Identifier: AGPL-3.0-or-later
#include "trustee/count_dossier.hpp"

#include "crypto/hash.hpp"
#include "trustee/ceremony_folder.hpp"
#include "trustee/trustee_file.hpp"
#include "util/json.hpp"

namespace trustee {

using namespace cli;

namespace {

namespace fs = std::filesystem;

// Runs `read` on the JSON object of a text of this kind; anything missing or of another type is one sentence.
template <class T, class Read>
util::Result<T> parse_kind(std::string_view text, const char* kind, const char* what, Read read) {
    const auto json = util::parse_json(text);
    try {
        if (!json || !json->is_object() || json->at("portail") != kind) return bad_input("ce n’est pas " + std::string(what));
        if (json->at("version") != 1) return bad_input("ce fichier est d’une autre version de ce programme");
        T value;
        value.bureau = json->at("bureau").template get<std::string>();
        value.group = json->at("group").template get<std::string>();
        if (!is_plain_line(value.bureau) || !is_plain_line(value.group)) return bad_input("ce fichier est abîmé");
        read(*json, value);
        return value;
    } catch (const util::Json::exception&) {
        return bad_input("ce fichier est incomplet ou abîmé");
    }
}

template <class T>
util::Result<T> read_kind(const fs::path& path, util::Result<T> (*parse)(std::string_view)) {
    const auto text = read_public_file(path);
    if (!text) return bad_input(path.string() + " ne peut pas être lu");
    auto value = parse(*text);
    if (!value) return bad_input(path.string() + " : " + value.error().detail);
    return value;
}

std::string head(const char* kind, const std::string& bureau, const std::string& group) {
    return R"({"portail":")" + std::string(kind) + R"(","version":1,"bureau":)" + util::json_quote(bureau) + R"(,"group":)" +
           util::json_quote(group);
}

}  // namespace

fs::path dossier_path(const fs::path& folder, std::string_view bureau, std::string_view group) {
    return folder / (file_stem(bureau, group) + ".depouillement.json");
}
fs::path partials_path(const fs::path& folder, std::string_view bureau, std::string_view group, unsigned holder) {
    return folder / (file_stem(bureau, group) + ".porteur-" + std::to_string(holder) + ".dechiffrements.json");
}

std::string write_dossier(const CountDossier& dossier) {
    std::string text = head("depouillement", dossier.bureau, dossier.group) + R"(,"trustees":)" +
                       util::json_quote(dossier.trustees) + R"(,"scrutins":[)";
    for (const DossierScrutin& scrutin : dossier.scrutins)
        text += (&scrutin == &dossier.scrutins.front() ? "\n" : ",\n") + (R"({"code":)" + util::json_quote(scrutin.code)) +
                R"(,"election":)" + util::json_quote(scrutin.election) + R"(,"encrypted_tally":)" +
                util::json_quote(scrutin.encrypted_tally) + R"(,"sized":)" + util::json_quote(scrutin.sized) +
                R"(,"credentials":)" + util::json_quote(scrutin.credentials) + R"(,"emargements":)" +
                std::to_string(scrutin.emargements) + "}";
    return text + "]}\n";
}

util::Result<CountDossier> parse_dossier(std::string_view text) {
    return parse_kind<CountDossier>(
        text, "depouillement", "un dossier de dépouillement", [](const util::Json& json, CountDossier& dossier) {
            dossier.trustees = json.at("trustees").get<std::string>();
            for (const util::Json& scrutin : json.at("scrutins"))
                dossier.scrutins.push_back({scrutin.at("code").get<std::string>(), scrutin.at("election").get<std::string>(),
                                            scrutin.at("encrypted_tally").get<std::string>(),
                                            scrutin.at("sized").get<std::string>(), scrutin.at("credentials").get<std::string>(),
                                            scrutin.at("emargements").get_ref<const util::Json::number_unsigned_t&>()});
        });
}
util::Result<CountDossier> read_dossier(const fs::path& path) { return read_kind<CountDossier>(path, parse_dossier); }

std::string write_partials(const HolderPartials& partials) {
    std::string text = head("dechiffrements", partials.bureau, partials.group) + R"(,"holder":)" + std::to_string(partials.holder) +
                       R"(,"scrutins":[)";
    for (const HolderPartial& one : partials.scrutins)
        text += (&one == &partials.scrutins.front() ? "\n" : ",\n") + (R"({"uuid":)" + util::json_quote(one.uuid)) +
                R"(,"tally":)" + util::json_quote(one.tally) + R"(,"partial":)" + util::json_quote(one.partial) + "}";
    return text + "]}\n";
}

util::Result<HolderPartials> parse_partials(std::string_view text) {
    return parse_kind<HolderPartials>(text, "dechiffrements", "un fichier de déchiffrements",
                                      [](const util::Json& json, HolderPartials& partials) {
                                          partials.holder = whole_number(json.at("holder"));
                                          for (const util::Json& one : json.at("scrutins"))
                                              partials.scrutins.push_back({one.at("uuid").get<std::string>(),
                                                                           one.at("tally").get<std::string>(),
                                                                           one.at("partial").get<std::string>()});
                                      });
}
util::Result<HolderPartials> read_partials(const fs::path& path) { return read_kind<HolderPartials>(path, parse_partials); }

util::Result<CheckedScrutin> check_dossier_scrutin(const CountDossier& dossier, const DossierScrutin& scrutin) {
    const auto bad = [&](const std::string& what) {
        return bad_input("contrôle refusé : scrutin " + (is_plain_line(scrutin.code) ? scrutin.code : "sans nom lisible") + " : " +
                         what);
    };
    if (!is_plain_line(scrutin.code)) return bad("son code n’est pas un texte convenable");
    const auto election = crypto::Election::parse(scrutin.election);
    const auto json = util::parse_json(scrutin.election);
    if (!election || !json) return bad("l’élection scellée est illisible");
    if ((*election)->group() != dossier.group) return bad("il est d’un autre groupe");
    const auto public_key = crypto::election_public_key(dossier.group, dossier.trustees);
    if (!public_key) return bad("la clé du bureau ne se vérifie pas (" + public_key.error().detail + ")");
    if (json->value("public_key", std::string()) != *public_key) return bad("il n’est pas scellé avec la clé de ce bureau");

    CheckedScrutin checked{*election, json->value("name", std::string()), crypto::sha_hex(scrutin.encrypted_tally), 0};
    if (!is_plain_line(checked.name)) checked.name = scrutin.code;
    const auto sized = util::parse_json(scrutin.sized);
    try {
        if (!sized || sized->at("encrypted_tally") != checked.tally_hash)
            return bad("le total chiffré n’est pas celui que décrit son relevé (nombre de bulletins)");
        checked.ballots = sized->at("num_tallied").get_ref<const util::Json::number_unsigned_t&>();
        if (sized->at("total_weight") != checked.ballots) return bad("des bulletins comptent plus d’une fois dans son relevé");
    } catch (const util::Json::exception&) {
        return bad("son relevé (nombre de bulletins) est abîmé");
    }
    return checked;
}

}  // namespace trustee
