// SPDX-License-Identifier: AGPL-3.0-or-later
// Statements about files beside a réclamation; each reads or writes what is one elector's own. All throw db::Error when the server fails.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/connection.hpp"
#include "domain/ids.hpp"
#include "util/clock.hpp"

namespace scrutins {

struct Attachment {
    unsigned position = 0;   // 1, 2, 3… of its réclamation
    std::string name, kind;  // kind: "pdf", "jpeg" or "png"
    std::size_t size = 0;    // bytes
    util::Instant added_at{};
};
// In the order in which they came.
std::vector<Attachment> attachments_of(db::Connection& db, domain::VoterId voter, std::string_view number);

struct AttachedFile {
    std::string kind, bytes;
};
// Nothing when the réclamation is not his.
std::optional<AttachedFile> attached_file(db::Connection& db, domain::VoterId voter, std::string_view number, unsigned position);

struct NewAttachment {
    std::string name, kind, bytes;
};
// What became of a file. `before`: bytes of everybody's files together, as they were before this one.
enum class Added { kept, too_many, no_room };
struct AddedFile {
    Added what = Added::kept;
    std::uint64_t before = 0;
};
// `too_many`: the réclamation has `most` already; `no_room`: with it, everybody's files together would be more than `most_bytes` (files that
// come at the same moment may each find room). The same bytes again are there already, and kept. `number` is one of his.
AddedFile add_attachment(db::Connection& db, std::string_view number, const NewAttachment& attachment, unsigned most,
                         std::uint64_t most_bytes, util::Instant now);

}  // namespace scrutins
