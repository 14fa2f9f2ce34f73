// SPDX-License-Identifier: AGPL-3.0-or-later
// The same words as a page, for mail programs that show one: made from the text, so that the two never differ. Knows no template.
#pragma once

#include <string>
#include <string_view>

namespace courrier {

// Paragraphs are what blank lines part; lines end as in the text; an address of the web is a link that reads as where it leads. No picture, no
// style sheet from elsewhere, nothing that tells the sender that it was opened.
std::string html_of(std::string_view subject, std::string_view body);

}  // namespace courrier
