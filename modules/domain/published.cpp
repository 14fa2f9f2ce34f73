// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/published.hpp"

#include <algorithm>
#include <set>

#include "util/bytes.hpp"
#include "util/digest.hpp"

namespace domain {

namespace {

namespace fs = std::filesystem;

// The file at this path is whole and has this digest.
std::string why_not_served(const fs::path& path, std::string_view what, const std::string& digest, std::uint64_t size,
                           std::uint64_t most_read) {
    std::error_code error;
    const std::uint64_t there = fs::file_size(path, error);
    if (error) return path.string() + " (" + std::string(what) + ") : ce fichier manque, ou ne se lit pas";
    const bool is_read = there <= most_read;
    if ((size > 0 && there != size) || (is_read && util::sha256_hex_of_file(path) != digest))
        return path.string() + " (" + std::string(what) + ") : ce fichier n’a plus l’empreinte sous laquelle il a été publié";
    return {};
}

// What lies in a folder under a name that nobody noted; nothing for a folder that is not there.
std::vector<fs::path> others_in(const fs::path& folder, const std::set<std::string>& noted) {
    std::vector<fs::path> others;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
        if (!noted.contains(entry->path().filename().string())) others.push_back(entry->path());
    std::sort(others.begin(), others.end());
    return others;
}

std::string words_of_others(const std::vector<fs::path>& others) {
    if (others.empty()) return {};
    const std::string more = others.size() == 1 ? "" : ", et " + std::to_string(others.size() - 1) + " de plus";
    return others.front().string() + " : ce fichier est de trop, rien de publié ne le nomme" + more;
}

std::set<std::string> names_of_logos(const std::vector<std::string>& digests) {
    std::set<std::string> names;
    for (const std::string& digest : digests) names.insert(digest + ".png");
    return names;
}

}  // namespace

std::string list_of_papers(const std::vector<PublishedPaper>& papers) {
    std::string list;
    for (const PublishedPaper& paper : papers)
        if (paper.name != k_papers_list) list += paper.digest + "  " + paper.name + "\n";
    return list;
}

std::string why_papers_differ(const fs::path& papers_folder, std::string_view code, const std::vector<PublishedPaper>& papers,
                              std::string_view act, std::uint64_t most_read) {
    const fs::path folder = papers_folder / code;
    std::set<std::string> names;
    if (!papers.empty() || !act.empty()) {
        const auto list =
            std::find_if(papers.begin(), papers.end(), [](const PublishedPaper& one) { return one.name == k_papers_list; });
        if (list == papers.end() || !act.starts_with(std::string(code) + " " + list->digest + " ") ||
            util::sha256_hex(list_of_papers(papers)) != list->digest)
            return "la liste des pièces publiées n’est pas celle du journal des actes";
        for (const PublishedPaper& one : papers) {
            if (std::string why = why_not_served(folder / one.digest, one.name, one.digest, one.size, most_read); !why.empty())
                return why;
            names.insert(one.digest);
        }
    }
    return words_of_others(others_in(folder, names));
}

std::string why_logos_differ(const fs::path& papers_folder, const std::vector<SealedList>& sealed,
                             const std::vector<std::string>& shown) {
    if (sealed.size() != shown.size()) return "les listes du scrutin ne sont pas celles qui sont scellées";
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        if (sealed[i].logo != shown[i])
            return "liste « " + sealed[i].name + " » : la page nomme un autre logo que celui qui est scellé";
        if (shown[i].empty()) continue;
        std::string why = why_not_served(papers_folder / k_logos_folder / (shown[i] + ".png"), "logo de « " + sealed[i].name + " »",
                                         shown[i], 0, UINT64_MAX);
        if (!why.empty()) return why;
    }
    return {};
}

std::vector<fs::path> logos_of_nobody(const fs::path& papers_folder, const std::vector<std::string>& digests) {
    return others_in(papers_folder / k_logos_folder, names_of_logos(digests));
}

std::string why_too_many(const fs::path& papers_folder, const std::vector<std::string>& codes,
                         const std::vector<std::string>& logo_digests) {
    std::set<std::string> folders(codes.begin(), codes.end());
    folders.emplace(k_logos_folder);
    std::vector<fs::path> others = others_in(papers_folder, folders), logos = logos_of_nobody(papers_folder, logo_digests);
    others.insert(others.end(), logos.begin(), logos.end());
    return words_of_others(others);
}

}  // namespace domain
