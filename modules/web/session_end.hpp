// SPDX-License-Identifier: AGPL-3.0-or-later
// When a signed-in session ends, and the words that tell its person two minutes before: idle time, which any click begins anew, or the whole
// limit, which the password alone moves. Asks no database.
#pragma once

#include <chrono>
#include <string>

namespace web {

class Env;

struct SessionEnd {
    std::chrono::seconds left{0};  // 0: nobody is signed in
    bool is_whole = false;         // ends so whatever is done
    std::string words;             // « Sans action de votre part, votre connexion se terminera à 14 h 32 (heure de Paris). »
    std::string warns;             // "m0" to "m18": after how many minutes a page that was answered now warns by itself
};
SessionEnd session_end(const Env& env);

// Whether the password may move the whole limit. On a shared machine its beginning moves with it, which after the close says who may still
// finish his vote: then it stays.
bool may_move_whole_end(const Env& env);

}  // namespace web
