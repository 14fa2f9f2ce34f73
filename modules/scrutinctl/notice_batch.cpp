// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/notice_batch.hpp"

#include <algorithm>
#include <fstream>
#include <functional>
#include <stdexcept>
#include <unordered_map>

#include "cli/sentence.hpp"
#include "domain/voting_code.hpp"
#include "scrutinctl/csv.hpp"
#include "util/bytes.hpp"
#include "util/digest.hpp"
#include "util/text.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

namespace fs = std::filesystem;

constexpr std::string_view k_notice_titles = "courriel;civilite;nom;prenom;lieu_notice;code_de_vote";
constexpr std::string_view k_print_titles = "courriel;scrutin;titre;empreinte";
constexpr std::size_t k_notice_cells = 6, k_print_cells = 4, k_print_length = 39;

fs::path prints_path(const NoticesFolder& folder) { return folder.folder / "empreintes.csv"; }

util::Failure bad_line(const fs::path& path, std::uint64_t line, std::string_view why) {
    return bad_input(path.filename().string() + ", ligne " + std::to_string(line) + " : " + std::string(why));
}

// What `seal` writes: the cells with a right code.
std::vector<std::string> notice_cells(std::string_view line) {
    std::vector<std::string> cells = csv_cells(line);
    if (cells.size() != k_notice_cells || cells[0].empty() || cells[2].empty() || !domain::normalise_voting_code(cells[5]))
        return {};
    return cells;
}

std::vector<std::string> print_cells(std::string_view line) {
    std::vector<std::string> cells = csv_cells(line);
    if (cells.size() != k_print_cells || cells[3].size() != k_print_length) return {};
    return cells;
}

// Two addresses with one hash are told apart by the lines themselves.
std::uint64_t address_hash(std::string_view address) { return std::hash<std::string_view>{}(address); }

// In the order in which a person looks for a name.
std::string order_of(const NoticeLine& line) { return util::fold(line.last_name + " " + line.first_name) + " " + line.email; }

}  // namespace

util::Result<NoticeBatch> NoticeBatch::read(const NoticesFolder& folder, unsigned number) {
    NoticeBatch batch;
    batch.folder_ = folder;
    batch.number_ = number;
    if (!fs::exists(batch.path()))
        return util::failure(util::Fault::not_found,
                             batch.path().string() + " n’existe pas : donnez le dossier --notices des codes, une fois ce lot fini");
    batch.has_fingerprints_ = fs::exists(prints_path(folder));
    if (const util::Status done = batch.index_notices(); !done) return done.error();
    if (batch.has_fingerprints_)
        if (const util::Status done = batch.index_fingerprints(); !done) return done.error();
    const auto digest = [&](const fs::path& path) { return util::sha256_hex_of_file(path).value_or(""); };
    batch.digest_ =
        util::sha256_hex(digest(batch.path()) + "\n" + (batch.has_fingerprints_ ? digest(prints_path(folder)) : "") + "\n");
    return batch;
}

util::Status NoticeBatch::index_notices() {
    std::ifstream file(path(), std::ios::binary);
    std::string line;
    if (!std::getline(file, line) || line != k_notice_titles)
        return bad_line(path(), 1, "ce ne sont pas les titres que le scellement écrit ; rendez le fichier tel qu’il était");
    std::unordered_map<std::string, std::size_t> places;
    std::vector<std::uint64_t> addresses;
    for (std::uint64_t number = 2, at = line.size() + 1; std::getline(file, line); ++number) {
        if (file.eof()) return bad_line(path(), number, "elle est coupée");
        const auto cells = notice_cells(line);
        if (cells.empty()) return bad_line(path(), number, "ce n’est pas une ligne que le scellement écrit");
        const auto [place, is_new] = places.try_emplace(cells[4], places_.size());
        if (is_new) places_.push_back({cells[4], {}});
        places_[place->second].lines.push_back(at);
        addresses.push_back(address_hash(cells[0]));
        ++electors_;
        at += line.size() + 1;
    }
    std::sort(addresses.begin(), addresses.end());
    if (std::adjacent_find(addresses.begin(), addresses.end()) != addresses.end())
        return bad_input(path().string() + " : un électeur y est deux fois");
    const auto key = [](const Place& place) { return util::fold(place.name) + "\n" + place.name; };
    std::sort(places_.begin(), places_.end(), [&](const Place& a, const Place& b) { return key(a) < key(b); });
    return util::Done{};
}

util::Status NoticeBatch::index_fingerprints() {
    const fs::path prints = prints_path(folder_);
    std::ifstream file(prints, std::ios::binary);
    std::string line, before;
    if (!std::getline(file, line) || line != k_print_titles)
        return bad_line(prints, 1, "ce ne sont pas les titres que le scellement écrit ; rendez le fichier tel qu’il était");
    for (std::uint64_t number = 2, at = line.size() + 1; std::getline(file, line); ++number) {
        if (file.eof()) return bad_line(prints, number, "elle est coupée");
        const auto cells = print_cells(line);
        if (cells.empty()) return bad_line(prints, number, "ce n’est pas une ligne que le scellement écrit");
        if (cells[0] != before) fingerprints_.emplace_back(address_hash(cells[0]), at);
        before = cells[0];
        at += line.size() + 1;
    }
    std::sort(fingerprints_.begin(), fingerprints_.end());
    const auto twice = std::adjacent_find(fingerprints_.begin(), fingerprints_.end(),
                                          [](const auto& a, const auto& b) { return a.first == b.first; });
    if (twice != fingerprints_.end()) return bad_input(prints.string() + " : les lignes d’un électeur ne se suivent pas");
    return util::Done{};
}

std::vector<NoticeLine> NoticeBatch::electors_of(const Place& place) const {
    const auto changed = [&] {
        return std::runtime_error(folder_.folder.string() + " : les fichiers ont changé pendant la lecture");
    };
    std::ifstream notices(path(), std::ios::binary), prints(prints_path(folder_), std::ios::binary);
    std::vector<NoticeLine> electors;
    electors.reserve(place.lines.size());
    std::string line;
    for (const std::uint64_t at : place.lines) {
        notices.seekg(static_cast<std::streamoff>(at));
        if (!std::getline(notices, line)) throw changed();
        auto cells = notice_cells(line);
        if (cells.empty() || cells[4] != place.name) throw changed();
        electors.push_back({cells[0], cells[1], cells[2], cells[3], util::SecretText(std::move(cells[5])), {}});
        const auto found =
            std::lower_bound(fingerprints_.begin(), fingerprints_.end(), std::pair(address_hash(cells[0]), std::uint64_t{0}));
        if (found == fingerprints_.end() || found->first != address_hash(cells[0])) continue;
        prints.clear();
        prints.seekg(static_cast<std::streamoff>(found->second));
        while (std::getline(prints, line)) {
            const auto print = print_cells(line);
            if (print.empty()) throw changed();
            if (print[0] != cells[0]) break;
            electors.back().scrutins.emplace_back(print[2], print[3]);
        }
    }
    std::sort(electors.begin(), electors.end(), [](const NoticeLine& a, const NoticeLine& b) { return order_of(a) < order_of(b); });
    return electors;
}

}  // namespace scrutinctl
