// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/public_log.hpp"

#include "auditor/source.hpp"
#include "util/bytes.hpp"
#include "util/file.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

std::string ballots(std::uint64_t count) { return counted(count, "bulletin", "bulletins"); }

}  // namespace

std::optional<std::string> published_note(Office& office, const std::string& log) {
    if (const auto& folder = office.settings().log_folder; !folder.empty())
        return util::read_file(folder / "public" / log / "checkpoint");
    const auto portal = auditor::Source::of(office.settings().base_url);
    if (!portal) return std::nullopt;
    auto note = portal->read((log == "journal" ? log : "urne/" + log) + "/checkpoint", 64 << 10);
    if (note) return *std::move(note);
    if (note.error().fault != util::Fault::not_found)
        office.warn_once("le journal public de " + portal->place() + " n’a pas pu être lu (" + note.error().detail +
                         ") : la base de données n’est pas comparée avec lui");
    return std::nullopt;
}

util::Result<std::optional<crypto::tlog::Checkpoint>> published_checkpoint(Office& office, const std::string& log,
                                                                           const crypto::tlog::Verifier& key) {
    const auto note = published_note(office, log);
    if (!note) return std::optional<crypto::tlog::Checkpoint>();
    const auto opened = crypto::tlog::open_checkpoint(*note, key);
    if (!opened) return refused("le point de contrôle publié de « " + log + " » n’est pas signé par la clé du processus sceau");
    return std::optional(opened->checkpoint);
}

HeadCheck::HeadCheck(Office& office, const store::Scrutin& scrutin, std::string log_key)
    : code_(scrutin.code),
      published_(published_checkpoint(office, scrutin.uuid,
                                      {crypto::tlog::origin_of(office.settings().base_url, "/urne/" + scrutin.uuid),
                                       crypto::tlog::KeyKind::log, util::from_base64url(log_key).value_or("")})),
      head_(store::last_log_head(office.db(), scrutin.id)),
      check_(scrutin.uuid, std::move(log_key), head_) {}

void HeadCheck::add(std::string_view ballot) { add_hash(util::sha256(ballot)); }

void HeadCheck::add_hash(std::string_view ballot_hash_raw) { check_.add_hash(ballot_hash_raw); }

util::Status HeadCheck::compare_published() const {
    if (!published_) return published_.error();
    if (!*published_) return util::Done{};
    const crypto::tlog::Checkpoint& there = **published_;
    const std::uint64_t size = head_ ? head_->size : 0;
    if (there.size > size)
        return refused("le processus sceau a publié " + ballots(there.size) + ", la base de données en est à " +
                       std::to_string(size) + " : elle a été ramenée en arrière.");
    if (head_ && there.size == size && util::to_hex(there.root) != head_->root)
        return refused("le processus sceau a publié d’autres bulletins que ceux de la base de données.");
    return util::Done{};
}

util::Status HeadCheck::outcome(bool complete) const {
    const std::string which = "scrutin " + code_ + " : ";
    const std::string what = " Le dépouillement de ce scrutin s’arrête : gardez une copie des bases et prévenez le bureau de vote";
    if (const util::Status same = compare_published(); !same) return refused(which + same.error().detail + what);
    if (const std::string why = check_.why_not(complete); !why.empty()) return refused(which + why + "." + what);
    return util::Done{};
}

util::Status check_public_log(Office& office, const store::Scrutin& scrutin, const std::string& log_key) {
    const std::string which = "scrutin " + scrutin.code + " : ";
    HeadCheck check(office, scrutin, log_key);
    std::uint64_t expected = 0;
    bool in_order = true;
    store::each_leaf(office.db(), scrutin.id, [&](std::uint64_t index, const std::string& ballot_hash) {
        const auto raw = util::from_hex(ballot_hash);
        in_order = in_order && index == expected++ && raw.has_value();
        if (in_order) check.add_hash(*raw);
    });
    if (!in_order) return refused(which + "une feuille du journal public manque");
    if (const auto missing = store::leaves_without_ballot(office.db(), scrutin.id); missing > 0)
        return refused(which + counted(missing, "bulletin du journal public manque", "bulletins du journal public manquent") +
                       " dans l’urne");
    if (const auto both = store::opened_and_cast(office.db(), scrutin.id); both > 0)
        return refused(which + counted(both, "bulletin ouvert pour vérification est", "bulletins ouverts pour vérification sont") +
                       " dans l’urne : qui l’a ouvert peut prouver son vote");
    return check.outcome(/*complete=*/false);
}

}  // namespace scrutinctl
