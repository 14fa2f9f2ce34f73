// SPDX-License-Identifier: AGPL-3.0-or-later
// export: the archive of each scrutin (modules/crypto/SPECIFICATION.md section 8).
#include <filesystem>
#include <fstream>
#include <system_error>

#include "cli/progress.hpp"
#include "crypto/protocol.hpp"
#include "scrutinctl/audit.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/select.hpp"
#include "scrutinctl/store_audit.hpp"
#include "scrutinctl/store_count.hpp"
#include "scrutinctl/urne_reader.hpp"
#include "trustee/trustee_file.hpp"

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

struct Exported {
    std::uint64_t ballots = 0, left_out = 0;
};

util::Result<Exported> write_archive(Office& office, const store::Scrutin& scrutin, const store::Setup& setup, std::ostream& out) {
    db::Connection& db = office.db();
    const auto public_creds = crypto::make_public_creds(store::public_keys(db, scrutin.id));
    if (!public_creds || crypto::sha_hex(*public_creds) != setup.public_creds_hash) {
        return bad_input("scrutin " + scrutin.code + " : la liste des clés publiques n’est plus celle du scellement");
    }
    const bool closed = scrutin.state >= domain::ScrutinState::closed;
    const std::uint64_t in_urne = store::attendance(db, scrutin.id).ballots;
    crypto::ArchiveWriter archive(
        [&](std::string_view bytes) { out.write(bytes.data(), static_cast<std::streamsize>(bytes.size())); },
        sealed_at(office, scrutin));
    archive.setup(setup.election, setup.trustees, *public_creds);

    Exported exported;
    {
        Progress progress("Archive de " + scrutin.code, in_urne);
        ArchivedBallots ballots(db, scrutin.id, closed);
        while (const std::optional<std::string> ballot = ballots.next()) {
            if (ballot->empty())
                return bad_input("scrutin " + scrutin.code + " : un bulletin du journal public manque dans l’urne");
            archive.ballot(*ballot);
            ++exported.ballots;
            progress.advance();
        }
    }
    exported.left_out = in_urne > exported.ballots ? in_urne - exported.ballots : 0;
    if (!closed) return exported;

    archive.end_ballots();
    const auto tally = store::find_tally(db, scrutin.id);
    if (!tally) return exported;
    archive.encrypted_tally(tally->tally.encrypted_tally, tally->tally.sized);
    auto partials = store::partials(db, scrutin.id);
    // One archive has the partial decryptions that were combined: those of the lowest numbers.
    if (!tally->result.empty())
        partials.resize(std::min<std::size_t>(partials.size(), trustee::decryptions_needed(setup.trustees)));
    for (const auto& [owner, partial] : partials) archive.partial_decryption(partial, crypto::make_owned(owner, partial));
    if (!tally->result.empty()) archive.result(tally->result);
    return exported;
}

}  // namespace

util::Status export_archives(Office& office, const Arguments& arguments) {
    const auto scrutins = chosen_scrutins(office, arguments);
    if (!scrutins) return scrutins.error();
    const fs::path folder = arguments.positional[0];
    std::size_t written = 0;
    for (const store::Scrutin& scrutin : *scrutins) {
        const auto setup = store::find_setup(office.db(), scrutin.id);
        if (!setup) {
            say(scrutin.code + " : pas encore scellé, pas d’archive.");
            continue;
        }
        // A folder per scrutin: the reference tool wants the archive alone in its folder.
        fs::create_directories(folder / scrutin.code);
        const fs::path path = folder / scrutin.code / (scrutin.uuid + ".bel"), beside = folder / (scrutin.code + ".new");
        std::ofstream out(beside, std::ios::binary | std::ios::trunc);
        const auto exported = write_archive(office, scrutin, *setup, out);
        out.close();
        if (!exported || !out) {
            fs::remove(beside);
            if (!exported) return exported.error();
            throw std::system_error(std::make_error_code(std::errc::io_error), beside.string());
        }
        fs::rename(beside, path);
        say(path.string() + " : " + counted(exported->ballots, "bulletin", "bulletins") +
            (exported->left_out > 0 ? " (" + std::to_string(exported->left_out) + " pas encore au journal public)" : "") +
            ", état « " + scrutin.state_word() + " ».");
        ++written;
    }
    record_alone(office, "export", std::to_string(written) + " archives");
    return util::Done{};
}

}  // namespace scrutinctl
