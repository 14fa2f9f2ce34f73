// SPDX-License-Identifier: AGPL-3.0-or-later
// A one-page PDF of a title and paragraphs, with the structure that readers for the blind need (title, language, tags).
// For the demonstration's professions de foi. Fonts are the standard ones, texts Windows-1252.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace scrutinctl::demonstration {

std::string make_pdf(std::string_view title, const std::vector<std::string>& paragraphs);

}  // namespace scrutinctl::demonstration
