// SPDX-License-Identifier: AGPL-3.0-or-later
// What the minutes of a scrutin say: from its seal, its proclamation and the journal of acts, and from nothing else. Knows no file.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/proclamation.hpp"
#include "scrutinctl/office.hpp"
#include "scrutinctl/paper_text.hpp"
#include "scrutinctl/seal_keeper.hpp"
#include "scrutinctl/store_audit.hpp"

namespace scrutinctl {

struct MinutesFacts {
    store::Election election;
    store::Scrutin scrutin;
    SealKeeper::Sealed sealed;
    store::Attendance counts;
    std::optional<domain::Proclamation> result;
    std::vector<store::AuditEntry> entries;  // of the journal, those that are of this scrutin or of all
    std::map<unsigned, std::string>
        holders;  // number → name and capacity, as the ceremony named them, or else as the bureau gave them
    std::uint64_t journal_size = 0;
    std::string journal_hash;
    std::string ceremony_fingerprint =
        {};  // which holders read aloud, and which is of their names too; empty: the ceremony named nobody
    std::string bundle =
        {};  // digest of the scrutin's bundle: the version for everybody, without people and without the words of acts

    bool is_public() const { return !bundle.empty(); }
};

// An entry is of this scrutin: it names it, or the key of its bureau (`trustees`: digest of its record), or none of the others.
bool is_entry_of(const store::AuditEntry& entry, const store::Scrutin& scrutin, const std::string& trustees,
                 const std::vector<store::Scrutin>& all);

PaperText minutes_text(const MinutesFacts& facts);

// Until when all of a scrutin is kept, if nobody contests it: two years (CGFP, R211-580).
util::Instant kept_until(util::Instant proclaimed_at);

}  // namespace scrutinctl
