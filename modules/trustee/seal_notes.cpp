// SPDX-License-Identifier: AGPL-3.0-or-later
#include "trustee/seal_notes.hpp"

#include <algorithm>

#include "cli/small_file.hpp"
#include "crypto/json_text.hpp"
#include "trustee/ceremony_screen.hpp"
#include "trustee/trustee_file.hpp"
#include "util/bytes.hpp"
#include "util/file.hpp"
#include "util/json.hpp"

namespace trustee {

using namespace cli;

namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t k_most_note_bytes = std::uintmax_t{4} << 20;

}  // namespace

std::string sealing_fingerprint(std::vector<SealNote> scrutins) {
    std::sort(scrutins.begin(), scrutins.end(), [](const SealNote& a, const SealNote& b) { return a.uuid < b.uuid; });
    std::string text = "portail-scellement|1|";
    for (const SealNote& note : scrutins) text += note.uuid + " " + note.setup + "\n";
    return spoken_fingerprint(text);
}

fs::path notes_path(const fs::path& key_path, const OpenKey& key) {
    return key_path.parent_path() /
           (file_stem(key.bureau, key.group) + ".porteur-" + std::to_string(key.owner) + ".scellement.json");
}

util::Result<SealNotes> SealNotes::read(const fs::path& key_path, const OpenKey& key) {
    SealNotes notes(notes_path(key_path, key),
                    R"({"portail":"notes de porteur","version":1,"bureau":)" + util::json_quote(key.bureau) + R"(,"group":)" +
                        util::json_quote(key.group) + R"(,"holder":)" + std::to_string(key.owner) + R"(,"record":)" +
                        util::json_quote(key.record_hash) + R"(,"scrutins":[)",
                    util::hmac_sha256(key.key.view(), "portail-notes"));
    if (!util::is_taken(notes.path_)) return notes;
    const auto text = read_small_file(notes.path_, k_most_note_bytes);
    if (!text) return bad_input(notes.path_.string() + " ne peut pas être lu");
    crypto::Reader in(*text);
    in.literal(notes.head_);
    while (in.ok() && !in.peek("],")) {
        if (!notes.notes_.empty()) in.literal(",");
        SealNote note;
        in.literal(
            "\n"
            R"({"uuid":)");
        note.uuid = in.plain_string();
        in.literal(R"(,"setup":)");
        note.setup = in.plain_string();
        in.literal(R"(,"total":)");
        note.total = in.plain_string();
        in.literal("}");
        notes.notes_.push_back(std::move(note));
    }
    if (!in.ok() || notes.text() != *text)
        return bad_input(
            "contrôle refusé : " + notes.path_.string() +
            " n’est pas le fichier que cette clé a écrit : il est abîmé ou quelqu’un l’a modifié. Reprenez votre copie, et "
            "prévenez le président du bureau");
    return notes;
}

const SealNote* SealNotes::find(std::string_view uuid) const {
    const auto it = std::find_if(notes_.begin(), notes_.end(), [&](const SealNote& note) { return note.uuid == uuid; });
    return it == notes_.end() ? nullptr : &*it;
}

void SealNotes::set_total(std::string_view uuid, const std::string& total) {
    for (SealNote& note : notes_)
        if (note.uuid == uuid) note.total = total;
}

std::string SealNotes::text() const {
    std::string text = head_;
    for (const SealNote& note : notes_) {
        if (&note != &notes_.front()) text += ',';
        text +=
            "\n"
            R"({"uuid":")" +
            note.uuid + R"(","setup":")" + note.setup + R"(","total":")" + note.total + "\"}";
    }
    text += "]";
    return text + R"(,"code":")" + util::to_hex(util::hmac_sha256(code_key_, text)) + "\"}\n";
}

void SealNotes::save() const { util::replace_file(path_, text()); }

}  // namespace trustee
