// SPDX-License-Identifier: AGPL-3.0-or-later
#include "trustee/trustee_file.hpp"

#include "cli/sentence.hpp"
#include "cli/small_file.hpp"
#include "crypto/trustees/trustee.hpp"
#include "util/file.hpp"
#include "util/json.hpp"
#include "util/text.hpp"

namespace trustee {

using namespace cli;

namespace fs = std::filesystem;

std::string file_stem(std::string_view bureau, std::string_view group) {
    std::string stem;
    for (const char c : util::fold(bureau)) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (plain) stem += c;
        else if (!stem.empty() && stem.back() != '-') stem += '-';
    }
    return stem + "." + std::string(group);
}

fs::path trustees_path(const fs::path& folder, std::string_view bureau, std::string_view group) {
    return folder / (file_stem(bureau, group) + ".trustees.json");
}

fs::path holder_path(const fs::path& folder, std::string_view bureau, std::string_view group, unsigned holder) {
    return folder / (file_stem(bureau, group) + ".porteur-" + std::to_string(holder) + ".cle");
}

void write_holder_key(const fs::path& path, const HolderKey& key) {
    const util::SecretText text("{\"version\":1,\"bureau\":" + util::json_quote(key.bureau) +
                                ",\"group\":" + util::json_quote(key.group) + ",\"owner\":" + std::to_string(key.owner) +
                                ",\"key\":" + util::json_quote(key.key.view()) + "}\n");
    util::replace_file(path, text.view(), /*secret=*/true);
}

util::Result<HolderKey> read_holder_key(const fs::path& path) {
    std::optional<std::string> content = read_small_file(path, 1 << 20);
    if (!content) return bad_input("le fichier de clé " + path.string() + " ne peut pas être lu");
    const util::SecretText text(std::move(*content));
    auto key = parse_holder_key(text.view());
    if (!key) return bad_input(path.string() + " n’est pas un fichier de clé de porteur");
    return std::move(*key);
}

std::optional<HolderKey> parse_holder_key(std::string_view text) {
    const std::optional<util::Json> json = util::parse_json(text);
    const auto field = [&](const char* name) { return json->value(name, std::string()); };
    try {
        if (json && json->is_object() && json->value("version", 0) == 1 && json->value("owner", 0U) > 0) {
            return HolderKey{field("bureau"), field("group"), json->value("owner", 0U), util::SecretText(field("key"))};
        }
    } catch (const util::Json::exception&) {  // a field of another type: told below
    }
    return std::nullopt;
}

Holders holders_of(std::string_view trustees_record) {
    const std::optional<util::Json> record = util::parse_json(trustees_record);
    Holders holders{0, 0, true};
    if (!record || !record->is_array()) return {};
    for (const util::Json& item : *record) {
        if (!item.is_array() || item.size() != 2 || !item[1].is_object()) return {};
        if (item[0] == "Single") {
            ++holders.all, ++holders.needed;
            continue;
        }
        const auto threshold = item[1].find("threshold");
        const auto keys = item[1].find("verification_keys");
        if (threshold == item[1].end() || !threshold->is_number_unsigned() ||
            threshold->get<std::uint64_t>() > crypto::k_max_holders)
            return {};
        const auto of_item = keys == item[1].end() || !keys->is_array() ? 0U : static_cast<unsigned>(keys->size());
        holders.all += of_item, holders.needed += threshold->get<unsigned>();
        holders.is_majority = holders.is_majority && of_item > 0 && 2 * threshold->get<unsigned>() > of_item;
    }
    return holders;
}

unsigned decryptions_needed(std::string_view trustees_record) { return holders_of(trustees_record).needed; }

}  // namespace trustee
