// SPDX-License-Identifier: AGPL-3.0-or-later
// How many files may stand beside a réclamation, and how heavy.
#pragma once

#include "domain/uploaded_file.hpp"

namespace scrutins {

inline constexpr std::size_t k_attachment_bytes = 2 * 1024 * 1024;
inline constexpr unsigned k_attachments = 3;  // of one réclamation

using domain::ending_of;
using domain::kind_of_file;
using domain::media_type_of;
using domain::shown_file_name;
using domain::size_text;

}  // namespace scrutins
