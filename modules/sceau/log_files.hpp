// SPDX-License-Identifier: AGPL-3.0-or-later
// What sceau keeps outside the database. `last`: the last checkpoint that it signed for each log, so that a database that was set
// back is noticed. `public`: checkpoint, tiles and entries as files, which nginx serves (c2sp.org/tlog-tiles). Knows no table.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "crypto/tlog.hpp"

namespace sceau {

class LogFiles {
public:
    // Makes the two folders. Throws std::runtime_error with the folder and the reason.
    explicit LogFiles(const std::filesystem::path& folder);

    // Nothing if none was signed yet. Throws std::runtime_error on a file that is not a checkpoint of this key.
    std::optional<crypto::tlog::SignedCheckpoint> last_signed(const std::string& uuid, const crypto::tlog::Verifier& log_key) const;
    // On the disk when it returns.
    void remember(const std::string& uuid, const crypto::tlog::Note& checkpoint) const;

    // Leaves (32 raw bytes each) of the log from index `first` to its end.
    using Leaves = std::function<std::vector<std::string>(std::uint64_t first)>;
    // Brings the public files up to this tree and this checkpoint, which comes last: what it promises is there. An
    // interruption before is made good by the next call.
    void publish(const std::string& uuid, const crypto::tlog::Verifier& log_key, const crypto::merkle::Tree& tree,
                 const crypto::tlog::Note& checkpoint, const Leaves& leaves) const;

private:
    std::filesystem::path last_, public_;
};

}  // namespace sceau
