// SPDX-License-Identifier: AGPL-3.0-or-later
// Whether an archive has all the ballots that the public log ended with (SPECIFICATION.md 12). The archive alone cannot say it: with its last
// ballots left out it is as sound as before. The log's key comes from the sealed text, which the election's record names.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "crypto/archive/verify.hpp"

namespace crypto {

enum class LogEndFault {
    no_seal,      // the election's record names no seal: it is not of a portal
    other_seal,   // the text is not the one that the record names
    not_signed,   // the checkpoint is none, or not of this scrutin's log and the sealed key
    not_final,    // the log was still growing when it was signed
    other_count,  // it has more ballots than the archive, or fewer
    other_ballots,
};
std::string_view what_of(LogEndFault fault);

// `seal`: the text of the scrutin's seal; `note`: the log's last checkpoint, signed. Nothing: the archive has these ballots and no others.
// Precondition: the report is of an archive that passed.
std::optional<LogEndFault> compare_log_end(const VerifyReport& report, std::string_view seal, std::string_view note);

// Names of the two files beside an archive that a holder is given.
std::string seal_text_name(const std::string& uuid);   // <uuid>.scellement.txt
std::string checkpoint_name(const std::string& uuid);  // <uuid>.checkpoint

}  // namespace crypto
