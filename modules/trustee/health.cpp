// SPDX-License-Identifier: AGPL-3.0-or-later
// health: which holders' keys are good, as the states that they sent say, and what is red.
#include "trustee/health.hpp"

#include <charconv>

#include "crypto/hash.hpp"
#include "crypto/trustees/ceremony.hpp"
#include "trustee/ceremony_screen.hpp"
#include "trustee/commands.hpp"

namespace trustee {

using namespace cli;

namespace {

constexpr std::string_view k_begins = "etat|1|";

std::string days_ago(std::chrono::seconds age) {
    const auto days = age / std::chrono::hours(24);
    return days == 0 ? "moins d’un jour" : counted(static_cast<std::uint64_t>(days), "jour", "jours");
}

// Why this holder is red, or what to say of a good one.
struct Verdict {
    std::string red, good;
};

Verdict judge(const CeremonyFolder& folder, const std::string& record, unsigned number, util::Instant now, unsigned most_days) {
    if (!folder.has(k_state, number)) return {"aucun état reçu", ""};
    const auto text = read_public_file(folder.piece_path(k_state, number));
    const auto proof = read_possession(text.value_or(""), k_state);
    const auto state = proof ? read_state(proof->challenge) : std::nullopt;
    if (!state || proof->holder != number) return {"son fichier est abîmé ou n’est pas le sien", ""};
    if (proof->record_hash != crypto::sha_hex(record)) return {"son état est celui d’une autre clé du bureau", ""};
    if (!crypto::ceremony::check_possession(folder.opening().group, record, number, proof->challenge, proof->proof))
        return {"la preuve de son état est fausse", ""};
    if (auto why = why_red(*state, now, most_days); !why.empty()) return {std::move(why), ""};
    return {"", util::to_sql(state->at).substr(0, 16) + " UTC, " + counted(state->media, "support", "supports") +
                    (state->media < 2 ? " : il en faut deux, de marques différentes" : "")};
}

}  // namespace

std::string write_state(const KeyState& state) {
    return std::string(k_begins) + util::to_iso(state.at) + "|" + std::to_string(state.media);
}

std::optional<KeyState> read_state(std::string_view challenge) {
    const std::size_t bar = challenge.rfind('|');
    if (!challenge.starts_with(k_begins) || bar < k_begins.size()) return std::nullopt;
    KeyState state{};
    const std::string_view media = challenge.substr(bar + 1);
    std::string_view at = challenge.substr(k_begins.size(), bar - k_begins.size());
    if (at.ends_with('Z')) at.remove_suffix(1);
    const auto instant = util::from_sql(at);
    const auto [end, error] = std::from_chars(media.data(), media.data() + media.size(), state.media);
    if (!instant || error != std::errc() || end != media.data() + media.size()) return std::nullopt;
    state.at = *instant;
    if (write_state(state) != challenge) return std::nullopt;
    return state;
}

std::string why_red(const KeyState& state, util::Instant now, unsigned most_days) {
    if (state.at > now + std::chrono::hours(24)) return "son état est daté d’un autre jour que celui de cette machine, plus tard";
    if (now - state.at > std::chrono::hours(24) * most_days) return "son dernier état a " + days_ago(now - state.at);
    if (state.media == 0) return "aucun support n’a été essayé";
    return "";
}

util::Status health(const Arguments& arguments) {
    const auto folder = CeremonyFolder::find(arguments.positional[0]);
    if (!folder) return folder.error();
    const auto record = folder->read_record();
    if (!record) return record.error();
    const auto most_days = arguments.number("--days", 2, 1, 60);
    if (!most_days) return most_days.error();
    const util::Instant now = util::SystemClock().now();
    say_heading(folder->opening(), "État des clés, " + util::to_sql(now).substr(0, 16) + " UTC");
    unsigned red = 0;
    for (unsigned number = 1; number <= folder->opening().holders; ++number) {
        const Verdict verdict = judge(*folder, *record, number, now, *most_days);
        red += !verdict.red.empty();
        say(std::string(verdict.red.empty() ? "  [bon]      " : "  [ROUGE]    ") + folder->opening().holder(number) + " : " +
            (verdict.red.empty() ? verdict.good : verdict.red));
    }
    const unsigned good = folder->opening().holders - red;
    if (good < folder->opening().threshold)
        say("  Attention : " + counted(good, "clé est bonne", "clés sont bonnes") + " pour " +
            std::to_string(folder->opening().threshold) + " nécessaires : le dépouillement n’est pas assuré");
    if (red == 0) return util::Done{};
    return refused(counted(red, "porteur est", "porteurs sont") +
                   " au rouge : chacun, « scrutin-trustee check SA-CLE --report », et remet le fichier");
}

}  // namespace trustee
