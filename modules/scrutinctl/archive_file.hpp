// SPDX-License-Identifier: AGPL-3.0-or-later
// A scrutin's archive (modules/crypto/SPECIFICATION.md 8) written from the database into a folder, whole or not at all, with the second
// proofs of its decryptions beside it (SPECIFICATION-2.md 14.3).
#pragma once

#include <filesystem>

#include "scrutinctl/office.hpp"
#include "scrutinctl/seal_keeper.hpp"
#include "scrutinctl/store_count.hpp"
#include "scrutinctl/store_scrutin.hpp"

namespace scrutinctl {

// How far: the Setup event alone; up to the encrypted total, as holders want it; all that there is.
enum class ArchivePart { sealing, total, all };

struct WrittenArchive {
    std::filesystem::path path;
    std::uint64_t ballots = 0;
    std::uint64_t left_out = 0;  // ballots of a running vote that the public log has not numbered yet
};

// folder/<code>/<uuid>.bel: a folder for each scrutin, since the reference tool wants an archive alone in its folder. refused: its ballots
// are not those that the public log signed, in its order. Throws std::system_error when the disk refuses; what was there is as it
// was. `pending_result`: the result that is not stored yet because this archive is to be judged first.
util::Result<WrittenArchive> write_archive(Office& office, const store::Scrutin& scrutin, const SealKeeper::Sealed& sealed,
                                           const std::filesystem::path& folder, ArchivePart part = ArchivePart::all,
                                           const std::string& pending_result = "");

// Beside the archive of a closed scrutin: the last checkpoint of its public log and the text of its seal (crypto/log_end.hpp). False: sceau has
// not published its end yet, or it cannot be read.
bool write_log_end(Office& office, const store::Scrutin& scrutin, const SealKeeper::Sealed& sealed,
                   const std::filesystem::path& archive);

}  // namespace scrutinctl
