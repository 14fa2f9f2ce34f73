// SPDX-License-Identifier: AGPL-3.0-or-later
#include "trustee/archives.hpp"

#include <algorithm>
#include <optional>

#include "cli/progress.hpp"
#include "cli/sentence.hpp"
#include "cli/small_file.hpp"
#include "crypto/archive/reader.hpp"
#include "crypto/log_end.hpp"

namespace trustee {

using namespace cli;

namespace {

namespace fs = std::filesystem;

util::Result<std::vector<fs::path>> archive_paths(const std::vector<std::string>& places) {
    std::vector<fs::path> paths;
    for (const std::string& place : places) {
        std::error_code error;
        if (!fs::is_directory(place, error)) {
            if (!fs::is_regular_file(place, error)) return bad_input(place + " n’est ni un dossier ni une archive");
            paths.emplace_back(place);
            continue;
        }
        for (const auto& entry : fs::recursive_directory_iterator(place, error))
            if (entry.path().extension() == ".bel") paths.push_back(entry.path());
        if (error) return bad_input("le dossier " + place + " ne peut pas être lu");
    }
    std::sort(paths.begin(), paths.end());
    paths.erase(std::unique(paths.begin(), paths.end()), paths.end());  // a folder that was named twice
    return paths;
}

// The second record of an archive, by its name alone: whether to look further. The verifier compares names with contents.
bool is_under_key(const fs::path& path, const std::string& record_hash) {
    const crypto::RandomFile file(path);
    crypto::ArchiveReader archive(file);
    if (!file.is_open() || !archive.read_header() || !archive.next()) return false;
    const auto trustees = archive.next();
    return trustees && trustees->hash == record_hash;
}

constexpr std::uintmax_t k_most_seal = 8 << 20, k_most_note = 64 << 10;

std::string log_end_sentence(crypto::LogEndFault fault) {
    switch (fault) {
        case crypto::LogEndFault::no_seal: return "son élection ne nomme aucun scellement";
        case crypto::LogEndFault::other_seal: return "le texte du scellement n’est pas celui que l’élection nomme";
        case crypto::LogEndFault::not_signed:
            return "son point de contrôle n’est pas signé pour ce scrutin par la clé scellée du journal public";
        case crypto::LogEndFault::not_final:
            return "son point de contrôle n’est pas le dernier : le journal public grandissait encore";
        case crypto::LogEndFault::other_count: return "le journal public n’a pas fini avec ce nombre de bulletins";
        case crypto::LogEndFault::other_ballots: return "les bulletins ne sont pas ceux du journal public, dans leur ordre";
    }
    return {};
}

}  // namespace

util::Status check_log_end(const fs::path& archive, const crypto::VerifyReport& report) {
    const fs::path folder = archive.parent_path();
    const std::string seal_name = crypto::seal_text_name(report.uuid), note_name = crypto::checkpoint_name(report.uuid);
    const auto seal = read_small_file(folder / seal_name, k_most_seal);
    const auto note = read_small_file(folder / note_name, k_most_note);
    if (!seal || !note)
        return bad_input((seal ? note_name : seal_name) +
                         " manque à côté de l’archive : « scrutinctl dossier export » l’y écrit après la clôture");
    if (const auto fault = crypto::compare_log_end(report, *seal, *note)) return bad_input(log_end_sentence(*fault));
    return util::Done{};
}

util::Result<std::vector<CheckedArchive>> read_archives(const std::vector<std::string>& places, const std::string& record_hash) {
    const auto paths = archive_paths(places);
    if (!paths) return paths.error();
    std::vector<CheckedArchive> all;
    for (const fs::path& path : *paths) {
        if (!is_under_key(path, record_hash)) continue;
        std::uint64_t seen = 0;
        std::optional<Progress> progress;
        CheckedArchive checked{path,
                               crypto::verify_archive(path, {},
                                                      [&](std::uint64_t done, std::uint64_t total) {
                                                          if (!progress)
                                                              progress.emplace("Archive " + path.filename().string(), total);
                                                          progress->advance(done - seen);
                                                          seen = done;
                                                      }),
                               nullptr};
        progress.reset();
        const auto election = crypto::Election::parse(checked.report.election);
        if (!checked.report.all_passed() || !election)
            return bad_input("contrôle refusé : l’archive ne se vérifie pas : voyez « scrutin-verify " + path.string() + " »");
        checked.election = *election;
        for (const CheckedArchive& other : all)
            if (other.report.uuid == checked.report.uuid)
                return bad_input("contrôle refusé : deux archives d’un même scrutin : " + other.path.string() + " et " +
                                 path.string());
        all.push_back(std::move(checked));
    }
    if (all.empty())
        return bad_input("il n’y a là aucune archive (.bel) scellée avec la clé de bureau que vous avez confirmée" +
                         std::string(paths->empty() ? ""
                                                    : " ; " + counted(paths->size(), "archive est", "archives sont") +
                                                          " d’une autre clé ou abîmées"));
    return all;
}

}  // namespace trustee
