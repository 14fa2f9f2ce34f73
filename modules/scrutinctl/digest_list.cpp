// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/digest_list.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "util/digest.hpp"
#include "util/file.hpp"
#include "util/text.hpp"

namespace scrutinctl {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t k_hex = 64;

// Names to digests; a line of another form has an empty digest, which no file has.
std::map<std::string, std::string> read_digests(std::string_view list) {
    std::map<std::string, std::string> digests;
    while (!list.empty()) {
        const std::size_t end = std::min(list.find('\n'), list.size());
        const std::string_view line = list.substr(0, end);
        list.remove_prefix(std::min(end + 1, list.size()));
        if (line.size() > k_hex + 2) digests.emplace(line.substr(k_hex + 2), line.substr(0, k_hex));
        else digests.emplace(line, "");
    }
    return digests;
}

}  // namespace

std::string list_digests(const fs::path& folder) {
    std::vector<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        const std::string name = entry.path().lexically_relative(folder).generic_string();
        if (!entry.is_directory() && name != k_digest_list) names.push_back(name);
    }
    std::sort(names.begin(), names.end());
    std::string list;
    for (const std::string& name : names) {
        const auto digest = util::sha256_hex_of_file(folder / name);
        if (!digest) throw std::runtime_error((folder / name).string() + " ne se relit pas");
        list += *digest + "  " + name + "\n";
    }
    return list;
}

std::vector<std::string> compare_digests(const fs::path& folder) {
    const auto kept = util::read_file(folder / k_digest_list);
    if (!kept) return {folder.string() + " n’a pas de liste " + k_digest_list};
    const std::string found = list_digests(folder);
    if (found == *kept) return {};
    std::vector<std::string> differences;
    const auto expected = read_digests(*kept), there = read_digests(found);
    for (const auto& [name, digest] : expected) {
        const auto file = there.find(name);
        if (file == there.end()) differences.push_back(util::printable(name, 300) + " est dans SHA256SUMS et n’est pas là");
        else if (file->second != digest) differences.push_back(util::printable(name, 300) + " n’a pas l’empreinte de SHA256SUMS");
    }
    for (const auto& [name, digest] : there)
        if (!expected.contains(name)) differences.push_back(util::printable(name, 300) + " n’est pas dans SHA256SUMS");
    if (differences.empty()) differences.push_back("SHA256SUMS n’a pas la forme attendue");
    return differences;
}

}  // namespace scrutinctl
