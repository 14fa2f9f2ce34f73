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
// False if the réclamation has `most` already. The same bytes again are there already and true. `number` is one of his.
bool add_attachment(db::Connection& db, std::string_view number, const NewAttachment& attachment, unsigned most, util::Instant now);

}  // namespace scrutins
