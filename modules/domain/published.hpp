// SPDX-License-Identifier: AGPL-3.0-or-later
// The files that nginx serves for the office, compared with the digests that were noted: minutes and archives of a proclaimed scrutin, as
// <papers>/<scrutin's code>/<digest>, and logos of lists, as <papers>/_logos/<digest>.png. Knows no table and no page; reasons are French and name the
// path, empty where all is as it was noted.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "domain/seal.hpp"

namespace domain {

inline constexpr std::string_view k_logos_folder = "_logos";  // no scrutin's code has such a sign
inline constexpr std::string_view k_papers_list = "SHA256SUMS",
                                  k_papers_act = "papers";  // the list's name, and its act in the journal

struct PublishedPaper {
    std::string name, digest;  // digest: hex SHA-256
    std::uint64_t size = 0;    // bytes
};
// What the published list says: « <digest>  <name> », a line each, but for the list itself.
std::string list_of_papers(const std::vector<PublishedPaper>& papers);

// `act`: the detail of the scrutin's last act `papers`, empty for none. `most_read`: bytes; of a larger file its size alone is compared.
std::string why_papers_differ(const std::filesystem::path& papers_folder, std::string_view code,
                              const std::vector<PublishedPaper>& papers, std::string_view act,
                              std::uint64_t most_read = UINT64_MAX);

// `sealed`: the scrutin's lists, in their order. `shown`: digests of the logos that its page names, in that order; empty for a list without.
std::string why_logos_differ(const std::filesystem::path& papers_folder, const std::vector<SealedList>& sealed,
                             const std::vector<std::string>& shown);

// What lies in the folder of logos and none of these digests (of all scrutins) names.
std::vector<std::filesystem::path> logos_of_nobody(const std::filesystem::path& papers_folder,
                                                   const std::vector<std::string>& digests);
// And beside that folder, where scrutins of these codes alone have one.
std::string why_too_many(const std::filesystem::path& papers_folder, const std::vector<std::string>& codes,
                         const std::vector<std::string>& logo_digests);

}  // namespace domain
