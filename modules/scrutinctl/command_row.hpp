// SPDX-License-Identifier: AGPL-3.0-or-later
// A row of the table of the office's commands, and what several rows share. Knows no election.
#pragma once

#include <string_view>
#include <vector>

#include "scrutinctl/commands.hpp"

namespace scrutinctl {

inline const cli::Option k_json{"--json", "", "en JSON, sur une ligne"};
inline const cli::Option k_scrutin{"--scrutin", "CODE", "ce scrutin seulement ; peut être répété. Sans elle : tous"};

// cli::Command says what each field is.
struct Row {
    std::string_view name, arguments, help, manual;
    std::vector<cli::Option> options;
    util::Status (*act)(Office&, const cli::Arguments&);
    // acts: says who and why, one at a time; answers: says who and why, and waits for nobody; plays: in demonstrations alone
    enum class Kind { reads, acts, answers, plays } kind = Kind::reads;

    bool says_why() const { return kind == Kind::acts || kind == Kind::answers; }
    bool takes_turn() const { return kind == Kind::acts || act == decrypt; }
};

// Who sits at the desk, and what list delegates deposit there.
std::vector<Row> desk_rows();

}  // namespace scrutinctl
