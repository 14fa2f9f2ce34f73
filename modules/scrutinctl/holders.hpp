// SPDX-License-Identifier: AGPL-3.0-or-later
// Who holds which share of a bureau's key: as its ceremony named them, noted in the journal at the sealing, and as the bureau writes them for minutes.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <utility>

#include "domain/seal.hpp"
#include "scrutinctl/office.hpp"
#include "scrutinctl/store_audit.hpp"

namespace scrutinctl {

// Notes the names of this key's holders, once. What stands beside the key is the ceremony's opening with its lists of certificates and commitments; they
// must lead to this key. Done where there is no opening, or one without names. invalid: they do not, or the journal has other names for this key.
util::Status note_holders(Office& office, const std::filesystem::path& folder, const std::string& bureau, const std::string& group,
                          const std::string& trustees_record);

// As the journal has them, of one key.
struct CeremonyHolders {
    std::map<unsigned, std::string> names;  // by number; none: the ceremony named nobody
    std::string fingerprint;                // which all holders read aloud, and which is of these names too
};
CeremonyHolders ceremony_holders(Office& office, const domain::Seal& seal);

struct HolderName {
    std::string name, quality;
};
using HolderNames = std::map<std::pair<std::string, unsigned>, HolderName>;  // by bureau and number
// --porteurs: « bureau;porteur;nom;qualite », or none. invalid: a bureau of no scrutin, too.
util::Result<HolderNames> read_holder_names(Office& office, const cli::Arguments& arguments);

// What minutes write of a scrutin's holders, by number: name and quality. invalid: who is written is not whom the ceremony named, or no holder.
util::Result<std::map<unsigned, std::string>> holders_to_write(const domain::Seal& seal, const CeremonyHolders& ceremony,
                                                               const HolderNames& written);

}  // namespace scrutinctl
