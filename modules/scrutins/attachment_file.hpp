// SPDX-License-Identifier: AGPL-3.0-or-later
// Which files may stand beside a réclamation: judged by their bytes, never by their name. No SQL, no page.
#pragma once

#include <string>
#include <string_view>

namespace scrutins {

inline constexpr std::size_t k_attachment_bytes = 2 * 1024 * 1024;
inline constexpr unsigned k_attachments = 3;  // of one réclamation

// "pdf", "jpeg" or "png", as the column has it; empty for anything else, and for a PDF without its end.
std::string_view kind_of_file(std::string_view bytes);

// "application/pdf" and ".pdf" of "pdf".
std::string_view media_type_of(std::string_view kind);
std::string_view ending_of(std::string_view kind);

// The name as its owner will know it again: without folders and control characters, 100 characters at most; « sans nom » for none.
std::string shown_file_name(std::string_view given);

// « 1,2 Mo », « 812 ko ».
std::string size_text(std::size_t bytes);

}  // namespace scrutins
