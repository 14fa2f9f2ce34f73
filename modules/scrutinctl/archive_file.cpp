// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/archive_file.hpp"

#include <fstream>
#include <system_error>

#include "cli/progress.hpp"
#include "crypto/archive/companion.hpp"
#include "crypto/log_end.hpp"
#include "crypto/protocol.hpp"
#include "scrutinctl/public_log.hpp"
#include "scrutinctl/store_audit.hpp"
#include "scrutinctl/urne_reader.hpp"
#include "util/file.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

namespace fs = std::filesystem;

// The archive's timestamp is the sealing's: the same at each export, so that an earlier archive is a prefix of a later one.
std::int64_t sealed_at(Office& office, const store::Scrutin& scrutin) {
    const auto at = store::audit_time(office.db(), "seal", scrutin.code);
    if (!at) throw std::runtime_error("le journal n’a pas l’heure du scellement de " + scrutin.code);
    return at->time_since_epoch().count();
}

util::Status write_ballots(Office& office, const store::Scrutin& scrutin, const std::string& log_key,
                           crypto::ArchiveWriter& archive, WrittenArchive& written) {
    const bool closed = scrutin.state >= domain::ScrutinState::closed;
    const store::Attendance counts = store::attendance(office.db(), scrutin.id);
    if (closed && counts.waiting > 0)
        return refused("scrutin " + scrutin.code + " : " + counted(counts.waiting, "bulletin attend", "bulletins attendent") +
                       " encore d’entrer dans l’urne : recommencez dans quelques secondes");
    HeadCheck head(office, scrutin, log_key);
    Progress progress("Archive de " + scrutin.code, counts.ballots);
    ArchivedBallots ballots(office.db(), scrutin.id);
    while (const std::optional<std::string> ballot = ballots.next()) {
        if (ballot->empty()) return bad_input("scrutin " + scrutin.code + " : un bulletin du journal public manque dans l’urne");
        archive.ballot(*ballot);
        head.add(*ballot);
        ++written.ballots;
        progress.advance();
    }
    if (const util::Status is_signed = head.outcome(closed); !is_signed) return is_signed;
    written.left_out = counts.waiting;
    if (closed && written.ballots != counts.ballots)
        return bad_input("scrutin " + scrutin.code + " : " + counted(counts.ballots, "bulletin", "bulletins") + " dans l’urne, " +
                         std::to_string(written.ballots) + " au journal public");
    return util::Done{};
}

util::Status write_events(Office& office, const store::Scrutin& scrutin, const SealKeeper::Sealed& sealed, ArchivePart part,
                          const std::string& pending_result, const std::vector<store::StoredPartial>& partials, std::ostream& out,
                          WrittenArchive& written) {
    db::Connection& db = office.db();
    const store::Setup& setup = sealed.setup;
    const auto public_creds = crypto::make_public_creds(store::public_keys(db, scrutin.id));
    if (!public_creds || crypto::sha_hex(*public_creds) != sealed.seal.public_creds) {
        return bad_input("scrutin " + scrutin.code + " : la liste des clés publiques n’est plus celle du scellement");
    }
    crypto::ArchiveWriter archive(
        [&](std::string_view bytes) { out.write(bytes.data(), static_cast<std::streamsize>(bytes.size())); },
        sealed_at(office, scrutin));
    archive.setup(setup.election, setup.trustees, *public_creds);
    if (part == ArchivePart::sealing) return util::Done{};
    if (const auto done = write_ballots(office, scrutin, sealed.seal.log_key, archive, written); !done) return done;
    if (scrutin.state < domain::ScrutinState::closed) return util::Done{};
    archive.end_ballots();
    const auto tally = store::find_tally(db, scrutin.id);
    if (!tally) return util::Done{};
    archive.encrypted_tally(tally->tally.encrypted_tally, tally->tally.sized);
    // All that were taken in: who checks sees that they agree, or which does not.
    for (const auto& one : partials) archive.partial_decryption(one.partial, crypto::make_owned(one.owner, one.partial));
    const std::string& result = pending_result.empty() ? tally->result : pending_result;
    if (!partials.empty() && !result.empty()) archive.result(result);
    return util::Done{};
}

// Nothing to write for decryptions taken in before there were second proofs; those of an earlier export go. Written before the archive gets
// its name: what stands between the two is refused by the verifier, never taken for whole.
void write_second_proofs(Office& office, const store::Scrutin& scrutin, const store::Setup& setup,
                         const std::vector<store::StoredPartial>& partials, const fs::path& folder) {
    const auto tally = store::find_tally(office.db(), scrutin.id);
    crypto::Companion companion{scrutin.uuid,
                                crypto::setup_event_hash(setup.election, setup.trustees, setup.public_creds_hash),
                                tally ? crypto::sha_hex(tally->tally.encrypted_tally) : "",
                                {}};
    for (const auto& one : partials)
        if (!one.second_proof.empty()) companion.decryptions.push_back({one.owner, crypto::sha_hex(one.partial), one.second_proof});
    const fs::path path = folder / crypto::companion_name(scrutin.uuid);
    if (companion.decryptions.empty()) fs::remove(path);
    else util::replace_file(path, crypto::write_companion(companion));
}

}  // namespace

util::Result<WrittenArchive> write_archive(Office& office, const store::Scrutin& scrutin, const SealKeeper::Sealed& sealed,
                                           const fs::path& folder, ArchivePart part, const std::string& pending_result) {
    fs::create_directories(folder / scrutin.code);
    WrittenArchive written{folder / scrutin.code / (scrutin.uuid + ".bel")};
    const fs::path beside = folder / (scrutin.code + ".new");
    std::vector<store::StoredPartial> partials;
    if (part == ArchivePart::all) partials = store::partials(office.db(), scrutin.id);
    std::ofstream out(beside, std::ios::binary | std::ios::trunc);
    const auto done = write_events(office, scrutin, sealed, part, pending_result, partials, out, written);
    out.close();
    if (!done || !out) {
        fs::remove(beside);
        if (!done) return done.error();
        throw std::system_error(std::make_error_code(std::errc::io_error), beside.string());
    }
    write_second_proofs(office, scrutin, sealed.setup, partials, folder / scrutin.code);
    fs::rename(beside, written.path);
    return written;
}

bool write_log_end(Office& office, const store::Scrutin& scrutin, const SealKeeper::Sealed& sealed, const fs::path& archive) {
    const auto note = published_note(office, scrutin.uuid);
    const auto parsed = note ? crypto::tlog::Note::parse(*note) : std::nullopt;
    if (!parsed || !crypto::tlog::is_final(parsed->text)) return false;
    util::replace_file(archive.parent_path() / crypto::seal_text_name(scrutin.uuid), domain::write_seal(sealed.seal));
    util::replace_file(archive.parent_path() / crypto::checkpoint_name(scrutin.uuid), *note);
    return true;
}

}  // namespace scrutinctl
