// SPDX-License-Identifier: AGPL-3.0-or-later
// What an officer reads of a mail that came back.
#pragma once

#include <string>

#include "scrutinctl/store_desk.hpp"

namespace scrutinctl {

// « messagerie pleine, jeudi 12 novembre 2026 à 10 h 00 (heure de Paris) ».
std::string words_of_return(const store::MailReturn& returned);

}  // namespace scrutinctl
