// SPDX-License-Identifier: AGPL-3.0-or-later
// A public log as one outsider has seen it: a folder with the log's key and each checkpoint that was verified, the newest of which every
// later one must extend. One process at a time. Knows where the log is read (source.hpp), not what its entries are.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "auditor/source.hpp"
#include "crypto/tlog.hpp"
#include "util/result.hpp"

namespace auditor {

constexpr std::size_t k_most_checkpoint = 64 * 1024;  // bytes, with its signatures; also of a request to a witness

class KeptLog {
public:
    // Makes the folder if there is none. The key is wanted the first time; later it may be left out, and must be the same if given.
    // invalid: no key, another one; unavailable: another process is at work here; forbidden: what the folder holds was changed.
    static util::Result<KeptLog> open(const std::filesystem::path& folder, const std::optional<std::string>& key);
    KeptLog(KeptLog&& other) noexcept;
    ~KeptLog();

    // Reads the log's checkpoint, proves from its tiles that it extends the newest one kept, and keeps it. forbidden: it does not, and what
    // was served is kept as evidence; not_found, unavailable: it cannot be read now, and nothing is decided.
    struct Round {
        crypto::tlog::SignedCheckpoint now;
        std::optional<std::uint64_t> before;  // the size kept until now
    };
    util::Result<Round> follow(const Source& source);

    // A checkpoint and a proof that somebody else brings (c2sp.org/tlog-witness): the same rules. conflict: `old_size` is not the newest
    // kept, which the detail gives in digits.
    util::Result<Round> take(const crypto::tlog::AddCheckpoint& request);

    const crypto::tlog::Verifier& key() const { return key_; }
    const std::filesystem::path& folder() const { return folder_; }

private:
    KeptLog(std::filesystem::path folder, int lock) : folder_(std::move(folder)), lock_(lock) {}
    util::Status read();
    util::Result<Round> keep(crypto::tlog::SignedCheckpoint seen);
    util::Failure contradiction(const std::string& served, std::string sentence) const;

    std::filesystem::path folder_;
    int lock_ = -1;
    crypto::tlog::Verifier key_;
    std::optional<crypto::tlog::SignedCheckpoint> newest_;
};

}  // namespace auditor
