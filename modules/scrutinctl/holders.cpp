// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/holders.hpp"

#include <algorithm>
#include <optional>

#include "crypto/trustees/ceremony.hpp"
#include "scrutinctl/audit.hpp"
#include "scrutinctl/csv.hpp"
#include "scrutinctl/store_scrutin.hpp"
#include "trustee/ceremony_folder.hpp"
#include "trustee/ceremony_screen.hpp"
#include "trustee/trustee_file.hpp"
#include "util/bytes.hpp"
#include "util/file.hpp"
#include "util/json.hpp"
#include "util/text.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

namespace fs = std::filesystem;

constexpr const char* k_holder_act = "holder";
constexpr std::size_t k_holder_characters = 120;

// « <digest of the key's record> porteur=2 empreinte=… nom="Mme Diallo" », and after it what the journal adds of the officer's reason.
struct NotedHolder {
    unsigned number = 0;
    std::string fingerprint, name;
    bool operator==(const NotedHolder&) const = default;
};
constexpr std::string_view k_holder_number = " porteur=", k_holder_fingerprint = " empreinte=", k_holder_name = " nom=";

std::string detail_of_holder(const std::string& key, const NotedHolder& one) {
    return key + std::string(k_holder_number) + std::to_string(one.number) + std::string(k_holder_fingerprint) + one.fingerprint +
           std::string(k_holder_name) + util::json_quote(one.name);
}

std::optional<NotedHolder> holder_noted_in(const store::AuditEntry& entry, const std::string& key) {
    const std::string& detail = entry.detail;
    if (entry.action != k_holder_act || !detail.starts_with(key + std::string(k_holder_number))) return std::nullopt;
    const std::size_t fingerprint = detail.find(k_holder_fingerprint), name = detail.find(k_holder_name);
    if (name == std::string::npos || fingerprint > name) return std::nullopt;
    // To the quote that no backslash stands before.
    const std::size_t start = name + k_holder_name.size();
    std::size_t end = start + 1;
    while (end < detail.size() && detail[end] != '"') end += detail[end] == '\\' ? 2 : 1;
    const auto quoted = util::parse_json(std::string_view(detail).substr(start, end + 1 - start));
    if (!quoted || !quoted->is_string()) return std::nullopt;
    const std::size_t from = fingerprint + k_holder_fingerprint.size();
    return NotedHolder{static_cast<unsigned>(std::strtoul(detail.c_str() + key.size() + k_holder_number.size(), nullptr, 10)),
                       detail.substr(from, name - from), quoted->get<std::string>()};
}

// The names and the fingerprint of the ceremony whose opening this is, if its lists lead to this key.
util::Result<std::vector<NotedHolder>> names_of_ceremony(const fs::path& stem, const trustee::Opening& opening,
                                                         const std::string& trustees_record) {
    const auto list = [&](const trustee::Piece& piece) -> util::Result<trustee::Strings> {
        const fs::path path = stem.string() + "." + std::string(piece.name) + ".json";
        const auto text = trustee::read_public_file(path);
        if (!text)
            return bad_input("il manque " + path.string() + " : avec l’ouverture de la cérémonie, " + std::string(piece.what) +
                             " est attendue");
        auto read = trustee::read_piece(opening, piece, 0, opening.holders, *text);
        if (!read) return bad_input(path.string() + " : " + read.error().detail);
        return read;
    };
    const auto certs = list(trustee::k_certs), commitments = list(trustee::k_commitments);
    if (!certs) return certs.error();
    if (!commitments) return commitments.error();
    const auto fingerprint = crypto::ceremony::check_certs(opening.setting(), *certs);
    if (!fingerprint || !crypto::ceremony::check_record(opening.setting(), *certs, *commitments, trustees_record))
        return bad_input(stem.string() + ".0-ouverture.json et ses listes ne sont pas de la cérémonie de cette clé");
    std::vector<NotedHolder> names;
    for (std::size_t i = 0; i < opening.names.size(); ++i)
        names.push_back(
            {static_cast<unsigned>(i + 1), trustee::spoken_fingerprint(opening.id + "|" + *fingerprint), opening.names[i]});
    return names;
}

bool is_same_name(std::string_view a, std::string_view b) { return util::fold(util::trim(a)) == util::fold(util::trim(b)); }

}  // namespace

util::Status note_holders(Office& office, const fs::path& folder, const std::string& bureau, const std::string& group,
                          const std::string& trustees_record) {
    const fs::path stem = folder / trustee::file_stem(bureau, group);
    const fs::path path = stem.string() + ".0-ouverture.json";
    if (!util::is_taken(path)) return util::Done{};
    const auto text = trustee::read_public_file(path);
    if (!text) return bad_input(path.string() + " ne peut pas être lu");
    const auto opening = trustee::read_opening(*text);
    if (!opening) return bad_input(path.string() + " : " + opening.error().detail);
    if (opening->bureau != bureau || opening->group != group)
        return bad_input(path.string() + " : cette ouverture est celle d’un autre bureau, « " + opening->bureau + " » (" +
                         opening->group + ")");
    if (opening->names.empty()) return util::Done{};
    const auto names = names_of_ceremony(stem, *opening, trustees_record);
    if (!names) return names.error();
    const std::string key = util::sha256_hex(trustees_record);
    std::string why;
    office.db().transaction([&] {
        why.clear();
        std::vector<NotedHolder> noted;
        store::each_audit_entry(office.db(), [&](const store::AuditEntry& entry) {
            if (auto one = holder_noted_in(entry, key)) noted.push_back(*std::move(one));
        });
        if (noted == *names) return false;
        if (!noted.empty()) {
            why = path.string() + " : le journal des actes a déjà d’autres noms pour les porteurs de cette clé";
            return false;
        }
        for (const NotedHolder& one : *names) record(office, k_holder_act, detail_of_holder(key, one));
        return true;
    });
    if (!why.empty()) return bad_input(why);
    return util::Done{};
}

CeremonyHolders ceremony_holders(Office& office, const domain::Seal& seal) {
    CeremonyHolders holders;
    store::each_audit_entry(office.db(), [&](const store::AuditEntry& entry) {
        const auto one = holder_noted_in(entry, seal.trustees);
        if (!one || one->number == 0 || one->number > seal.holders) return;
        holders.names.emplace(one->number, one->name);
        holders.fingerprint = one->fingerprint;
    });
    return holders;
}

util::Result<HolderNames> read_holder_names(Office& office, const Arguments& arguments) {
    HolderNames names;
    const auto path = arguments.get("--porteurs");
    if (!path) return names;
    const std::vector<store::Scrutin> scrutins = store::scrutins(office.db());
    ImportFaults faults;
    CsvReader reader(
        *path,
        {{"bureau", 160, true}, {"porteur", 3, true}, {"nom", k_holder_characters, true}, {"qualite", k_holder_characters, false}},
        faults);
    while (reader.read()) {
        const auto number = static_cast<unsigned>(std::strtoul(reader.field(1).c_str(), nullptr, 10));
        const bool is_known =
            std::any_of(scrutins.begin(), scrutins.end(), [&](const auto& scrutin) { return scrutin.bureau == reader.field(0); });
        if (!is_known) reader.fault(0, "aucun scrutin n’est de ce bureau");
        else if (number == 0) reader.fault(1, "le numéro du porteur est attendu");
        else if (!names.emplace(std::pair(reader.field(0), number), HolderName{reader.field(2), reader.field(3)}).second)
            reader.fault(1, "ce porteur y est deux fois");
    }
    if (faults.count() == 0) return names;
    std::string text = *path + " est refusé :";
    for (const std::string& line : faults.lines()) text += "\n  " + line;
    return bad_input(text);
}

util::Result<std::map<unsigned, std::string>> holders_to_write(const domain::Seal& seal, const CeremonyHolders& ceremony,
                                                               const HolderNames& written) {
    std::map<unsigned, std::string> all = ceremony.names;
    for (const auto& [place, one] : written) {
        const auto& [bureau, number] = place;
        if (bureau != seal.bureau) continue;
        const std::string who = "--porteurs : bureau « " + bureau + " », porteur " + std::to_string(number) + " : ";
        if (number > seal.holders) return bad_input(who + "la clé n’a que " + counted(seal.holders, "porteur", "porteurs"));
        const auto named = ceremony.names.find(number);
        if (!ceremony.names.empty() && (named == ceremony.names.end() || !is_same_name(named->second, one.name)))
            return bad_input(who + "la cérémonie de cette clé a nommé « " +
                             (named == ceremony.names.end() ? std::string("personne") : util::printable(named->second, 400)) +
                             " », ce fichier « " + one.name + " »");
        all[number] = (named == ceremony.names.end() ? one.name : named->second) + (one.quality.empty() ? "" : ", " + one.quality);
    }
    return all;
}

}  // namespace scrutinctl
