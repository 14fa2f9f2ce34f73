// SPDX-License-Identifier: AGPL-3.0-or-later
#include "trustee/ceremony_folder.hpp"

#include <algorithm>

#include "cli/small_file.hpp"
#include "crypto/hash.hpp"
#include "trustee/trustee_file.hpp"
#include "util/file.hpp"
#include "util/json.hpp"
#include "util/random.hpp"
#include "util/text.hpp"

namespace trustee {

using namespace cli;

namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t k_most_bytes = std::uintmax_t{64} << 20;
constexpr std::string_view k_opening_end = ".0-ouverture.json";

std::string write_list(const Strings& texts) {
    std::string list = "[";
    for (std::size_t i = 0; i < texts.size(); ++i) list += (i == 0 ? "\n" : ",\n") + util::json_quote(texts[i]);
    return list + "]";
}

util::Failure damaged() { return bad_input("ce fichier est incomplet ou abîmé ; demandez-le à nouveau"); }

}  // namespace

bool is_plain_line(std::string_view text) { return util::is_printable_line(text, 400); }

std::string shown(const std::string& text) { return is_plain_line(text) ? text : "(illisible)"; }

std::string Opening::holder(unsigned number) const {
    std::string text = "porteur " + std::to_string(number);
    if (number >= 1 && number <= names.size()) text += " (" + names[number - 1] + ")";
    return text;
}

std::string write_opening(const Opening& opening) {
    return R"({"portail":"ceremonie","version":1,"piece":"0-ouverture","bureau":)" + util::json_quote(opening.bureau) +
           R"(,"group":)" + util::json_quote(opening.group) + R"(,"holders":)" + std::to_string(opening.holders) +
           R"(,"threshold":)" + std::to_string(opening.threshold) + R"(,"names":)" + write_list(opening.names) + R"(,"salt":")" +
           util::random_token() + "\"}\n";
}

util::Result<Opening> read_opening(std::string_view text) {
    while (text.ends_with('\n')) text.remove_suffix(1);
    const auto json = util::parse_json(text);
    Opening opening;
    try {
        if (!json || !json->is_object() || json->at("portail") != "ceremonie" || json->at("piece") != "0-ouverture")
            return bad_input("ce n’est pas un fichier d’ouverture de cérémonie");
        if (json->at("version") != 1) return bad_input("ce fichier d’ouverture est d’une autre version de ce programme");
        opening.bureau = json->at("bureau").get<std::string>();
        opening.group = json->at("group").get<std::string>();
        opening.holders = whole_number(json->at("holders"));
        opening.threshold = whole_number(json->at("threshold"));
        opening.names = json->at("names").get<Strings>();
    } catch (const util::Json::exception&) {
        return bad_input("ce fichier d’ouverture est incomplet ou abîmé");
    }
    if (opening.holders < 3 || opening.holders > 60 || opening.threshold < 2 || opening.threshold >= opening.holders ||
        (!opening.names.empty() && opening.names.size() != opening.holders))
        return bad_input("ce fichier d’ouverture donne un nombre de porteurs ou un seuil impossible");
    if (opening.group != "Ed25519" && opening.group != "BELENIOS-2048")
        return bad_input("ce fichier d’ouverture nomme un groupe inconnu");
    if (!is_plain_line(opening.bureau) || !std::all_of(opening.names.begin(), opening.names.end(), is_plain_line))
        return bad_input("ce fichier d’ouverture a un nom vide, trop long ou avec des caractères de commande");
    opening.id = crypto::sha_hex(text);
    return opening;
}

std::string write_piece(const Opening& opening, const Piece& piece, unsigned number, const Strings& texts) {
    return R"({"portail":"ceremonie","version":1,"piece":)" + util::json_quote(piece.name) + R"(,"bureau":)" +
           util::json_quote(opening.bureau) + R"(,"group":)" + util::json_quote(opening.group) + R"(,"ceremony":)" +
           util::json_quote(opening.id) + R"(,"holder":)" + std::to_string(number) + R"(,"content":)" + write_list(texts) + "}\n";
}

util::Result<Strings> read_piece(const Opening& opening, const Piece& piece, unsigned number, std::size_t texts,
                                 std::string_view text) {
    const auto json = util::parse_json(text);
    try {
        if (!json || !json->is_object() || json->at("portail") != "ceremonie") return damaged();
        if (json->at("version") != 1) return bad_input("ce fichier est d’une autre version de ce programme");
        if (json->at("piece") != std::string(piece.name))
            return bad_input("ce fichier est d’une autre étape (" + shown(json->at("piece").get<std::string>()) + ")");
        const auto bureau = json->at("bureau").get<std::string>(), group = json->at("group").get<std::string>();
        if (bureau != opening.bureau) return bad_input("ce fichier est d’un autre bureau (« " + shown(bureau) + " »)");
        if (group != opening.group) return bad_input("ce fichier est d’un autre groupe (" + shown(group) + ")");
        if (json->at("ceremony") != opening.id) return bad_input("ce fichier est d’une autre cérémonie du même bureau");
        if (const auto of = whole_number(json->at("holder")); of != number)
            return bad_input("ce fichier est du " + opening.holder(of) + ", pas du " + opening.holder(number));
        auto content = json->at("content").get<Strings>();
        if (content.empty() || (texts != 0 && content.size() != texts)) return damaged();
        return content;
    } catch (const util::Json::exception&) {
        return damaged();
    }
}

util::Result<Possession> read_possession(std::string_view text, const Piece& piece) {
    const auto json = util::parse_json(text);
    try {
        if (!json || !json->is_object() || json->at("piece") != std::string(piece.name))
            return bad_input("ce n’est pas " + std::string(piece.what));
        auto content = json->at("content").get<Strings>();
        if (content.size() != 3) return bad_input("fichier incomplet");
        return Possession{shown(json->at("group").get<std::string>()), whole_number(json->at("holder")), std::move(content[0]),
                          std::move(content[1]), std::move(content[2])};
    } catch (const util::Json::exception&) {
        return bad_input("ce n’est pas une preuve de possession");
    }
}

std::optional<std::string> read_public_file(const fs::path& path) {
    auto text = read_small_file(path, k_most_bytes);
    if (!text) return text;
    if (text->starts_with("\xEF\xBB\xBF")) text->erase(0, 3);
    // Inside a JSON string both are escaped: what stands here is between pieces.
    text->erase(std::remove(text->begin(), text->end(), '\r'), text->end());
    while (text->ends_with('\n')) text->pop_back();
    return text;
}

unsigned whole_number(const util::Json& value) {
    return static_cast<unsigned>(std::min<std::uint64_t>(value.get_ref<const util::Json::number_unsigned_t&>(), 1'000'000));
}

util::Result<CeremonyFolder> CeremonyFolder::find(const fs::path& folder) {
    std::vector<fs::path> openings;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error))
        if (entry.path().filename().string().ends_with(k_opening_end)) openings.push_back(entry.path());
    if (error) return bad_input("le dossier " + folder.string() + " n’existe pas ou ne peut pas être lu");
    if (openings.empty())
        return refused("il n’y a pas de fichier d’ouverture (…" + std::string(k_opening_end) + ") dans " + folder.string() +
                       " : le bureau des élections le fait et le remet à chaque porteur");
    if (openings.size() > 1)
        return bad_input("il y a " + std::to_string(openings.size()) + " cérémonies dans " + folder.string() +
                         " : prenez un dossier par cérémonie");
    const auto text = read_public_file(openings[0]);
    if (!text) return bad_input(openings[0].string() + " ne peut pas être lu");
    auto opening = read_opening(*text);
    if (!opening) return bad_input(openings[0].string() + " : " + opening.error().detail);
    std::string stem = file_stem(opening->bureau, opening->group);
    return CeremonyFolder(folder, std::move(stem), std::move(*opening));
}

fs::path CeremonyFolder::piece_path(const Piece& piece, unsigned number) const {
    const std::string who = number == 0 ? "" : ".porteur-" + std::to_string(number);
    return folder_ / (stem_ + who + "." + std::string(piece.name) + ".json");
}
fs::path CeremonyFolder::secret_path(std::string_view step, unsigned number) const {
    return folder_ / (stem_ + ".porteur-" + std::to_string(number) + "." + std::string(step) + ".secret");
}
fs::path CeremonyFolder::key_path(unsigned number) const { return holder_path(folder_, opening_.bureau, opening_.group, number); }
fs::path CeremonyFolder::record_path() const { return trustees_path(folder_, opening_.bureau, opening_.group); }

bool CeremonyFolder::has(const Piece& piece, unsigned number) const { return util::is_taken(piece_path(piece, number)); }

util::Result<Strings> CeremonyFolder::read(const Piece& piece, unsigned number, std::size_t texts) const {
    const fs::path path = piece_path(piece, number);
    if (!util::is_taken(path)) {
        const std::string maker = piece.by_office ? ", que fait le bureau des élections" : " du " + opening_.holder(number);
        return refused("il manque " + path.string() + " : " + std::string(piece.what) + maker + " (« scrutin-trustee " +
                       std::string(piece.command) + " »)");
    }
    const auto text = read_public_file(path);
    if (!text)
        return bad_input(path.string() + " ne peut pas être lu : ce n’est pas un fichier ordinaire, ou il est bien trop grand");
    auto content = read_piece(opening_, piece, number, texts, *text);
    if (!content) return bad_input(path.string() + " : " + content.error().detail);
    return content;
}

util::Result<std::string> CeremonyFolder::read_record() const {
    const auto text = read_public_file(record_path());
    if (!text && util::is_taken(record_path())) return bad_input(record_path().string() + " ne peut pas être lu");
    if (!text)
        return refused("il manque " + record_path().string() +
                       " : la clé publique du bureau, que fait le bureau des élections (« scrutin-trustee collect »)");
    return *text;
}

util::Result<bool> CeremonyFolder::publish(const Piece& piece, unsigned number, const Strings& texts) const {
    const fs::path path = piece_path(piece, number);
    if (util::create_file(path, write_piece(opening_, piece, number, texts), /*secret=*/false)) return true;
    const auto there = read(piece, number, texts.size());
    if (there && *there == texts) return false;
    return refused(path.string() +
                   " existe déjà et ne dit pas la même chose ; rien n’est remplacé. Mettez ce fichier de côté et "
                   "cherchez d’où il vient, puis recommencez");
}

util::Result<bool> CeremonyFolder::publish_record(const std::string& record) const {
    if (util::create_file(record_path(), record + "\n", /*secret=*/false)) return true;
    if (read_public_file(record_path()) == record) return false;
    return refused(record_path().string() + " existe déjà et ne dit pas la même chose ; rien n’est remplacé");
}

std::vector<unsigned> CeremonyFolder::own_numbers() const {
    std::vector<unsigned> numbers;
    for (unsigned number = 1; number <= opening_.holders; ++number)
        if (util::is_taken(secret_path("1-identite", number)) || util::is_taken(key_path(number))) numbers.push_back(number);
    return numbers;
}

}  // namespace trustee
