// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutins/store_attachments.hpp"

#include <stdexcept>

#include "util/bytes.hpp"

namespace scrutins {

std::vector<Attachment> attachments_of(db::Connection& db, domain::VoterId voter, std::string_view number) {
    std::vector<Attachment> attachments;
    for (const auto& row : db.select("SELECT a.position, a.name, a.kind, a.size, a.added_at FROM reclamation_attachment a "
                                     "JOIN reclamation r ON r.number = a.number WHERE r.voter_id = ? AND r.number = ? "
                                     "ORDER BY a.position",
                                     {voter.value, number}))
        attachments.push_back({static_cast<unsigned>(row.number(0)), row.text(1), row.text(2),
                               static_cast<std::size_t>(row.number(3)), row.instant(4)});
    return attachments;
}

std::optional<AttachedFile> attached_file(db::Connection& db, domain::VoterId voter, std::string_view number, unsigned position) {
    const auto row = db.select_one(
        "SELECT a.kind, a.content FROM reclamation_attachment a JOIN reclamation r ON r.number = a.number "
        "WHERE r.voter_id = ? AND r.number = ? AND a.position = ?",
        {voter.value, number, position});
    return row ? std::optional(AttachedFile{row->text(0), row->text(1)}) : std::nullopt;
}

namespace {

std::uint64_t bytes_of_all(db::Connection& db) {
    const auto row = db.select_one("SELECT CAST(COALESCE(SUM(size), 0) AS UNSIGNED) FROM reclamation_attachment");
    return static_cast<std::uint64_t>(row->number(0));
}

}  // namespace

AddedFile add_attachment(db::Connection& db, std::string_view number, const NewAttachment& attachment, unsigned most,
                         std::uint64_t most_bytes, util::Instant now) {
    const std::string digest = util::sha256_hex(attachment.bytes);
    // A refused insert is another file at the same moment: the next turn takes the next place, or finds that none is left.
    for (unsigned turn = 0; turn <= most; ++turn) {
        unsigned count = 0;
        for (const auto& row : db.select("SELECT digest FROM reclamation_attachment WHERE number = ?", {number})) {
            if (row.text(0) == digest) return {Added::kept, bytes_of_all(db) - attachment.bytes.size()};
            ++count;
        }
        if (count >= most) return {Added::too_many, 0};
        const std::uint64_t before = bytes_of_all(db);
        if (before + attachment.bytes.size() > most_bytes) return {Added::no_room, before};
        if (db.insert_unique("INSERT INTO reclamation_attachment (number, position, name, kind, size, digest, content, added_at) "
                             "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                             {number, count + 1, attachment.name, attachment.kind, attachment.bytes.size(), digest,
                              attachment.bytes, util::to_sql(now)}))
            return {Added::kept, before};
    }
    throw std::runtime_error("reclamation_attachment: no free place");
}

}  // namespace scrutins
