// SPDX-License-Identifier: AGPL-3.0-or-later
// Files that people bring, judged by their bytes and never by their name. No SQL, no page, no parser of what is inside.
#pragma once

#include <string>
#include <string_view>

namespace domain {

// "pdf", "jpeg" or "png", as the columns have it; empty for anything else, and for a PDF without its end.
std::string_view kind_of_file(std::string_view bytes);

// "application/pdf" and ".pdf" of "pdf".
std::string_view media_type_of(std::string_view kind);
std::string_view ending_of(std::string_view kind);

// The name as its owner will know it again: without folders and control characters, 100 characters at most; « sans nom » for none.
std::string shown_file_name(std::string_view given);

// « 1,2 Mo », « 812 ko ».
std::string size_text(std::size_t bytes);

}  // namespace domain
