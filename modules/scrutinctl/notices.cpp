// SPDX-License-Identifier: AGPL-3.0-or-later
// notices: the print shop's batch. For each place of delivery its sheets, in files of some hundreds, and its list to sign; a list of all files
// with their digests, and one digest of that list. A file comes whole or not at all, and the same codes give the same bytes: who is stopped goes
// on, and who asks twice gets the same batch.
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <atomic>
#include <future>
#include <mutex>
#include <thread>

#include "cli/progress.hpp"
#include "domain/edition.hpp"
#include "domain/local_time.hpp"
#include "scrutinctl/audit.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/csv.hpp"
#include "scrutinctl/notice_batch.hpp"
#include "scrutinctl/notice_sheet.hpp"
#include "scrutinctl/notices_check.hpp"
#include "scrutinctl/select.hpp"
#include "util/bytes.hpp"
#include "util/digest.hpp"
#include "util/file.hpp"
#include "util/text.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

namespace fs = std::filesystem;

constexpr std::size_t k_sheets_in_file = 200;
constexpr std::string_view k_source_name = "source.txt", k_list_name = "lot.csv", k_digests_name = "SHA256SUMS";

// One run in a folder at a time; the system gives the lock back however the run ends.
class FolderLock {
public:
    explicit FolderLock(const fs::path& folder)
        : fd_(::open((folder / ".verrou").c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)) {
        held_ = fd_ >= 0 && ::flock(fd_, LOCK_EX | LOCK_NB) == 0;
    }
    ~FolderLock() {
        if (fd_ >= 0) ::close(fd_);
    }
    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;
    bool held() const { return held_; }

private:
    int fd_;
    bool held_ = false;
};

struct PrintedFile {
    std::string name, sha256;
    std::size_t sheets = 0;  // notices; 0: the list of the place
};

NoticeWords words_of(Office& office, const store::Election& election) {
    const domain::Calendar calendar = store::read_calendar(office.db());
    const domain::Edition edition = domain::Edition::load(office.settings().templates, election.edition);
    return {election.title,
            office.settings().base_url,
            edition.word("voting_code"),
            edition.word("voting_code_yours"),
            domain::period_for(nullptr, calendar.at(domain::CalendarEvent::vote_opens),
                               calendar.at(domain::CalendarEvent::vote_closes)),
            domain::paris_date(calendar.at(domain::CalendarEvent::reassort_opens)),
            domain::paris_date(calendar.at(domain::CalendarEvent::results_shown)),
            election.demonstration};
}

// All that the sheets say, so that files of other codes or dates are never taken for these.
std::string source_text(const NoticeWords& words, const NoticeBatch& batch) {
    const std::string rest = words.election + "\n" + words.base_url + "\n" + words.code + "\n" + words.vote + "\n" +
                             words.reassort_from + "\n" + words.results + "\n" + (words.demonstration ? "1" : "0");
    return "codes " + batch.digest() + "\ntextes " + util::sha256_hex(rest) + "\n";
}

std::string file_stem(std::size_t number, const std::string& place) {
    std::string stem = std::to_string(number + 1);
    stem.insert(0, stem.size() < 5 ? 5 - stem.size() : 0, '0');
    stem += '-';
    for (const char c : util::fold(place)) {
        if (stem.size() > 60) break;
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) stem += c;
        else if (stem.back() != '-') stem += '-';
    }
    while (stem.back() == '-') stem.pop_back();
    return stem;
}

// Made unless it is there: a file has its name only once it is whole.
PrintedFile print_file(const fs::path& folder, const std::string& name, std::size_t sheets,
                       const std::function<std::string()>& make) {
    const fs::path path = folder / name;
    if (const auto there = util::sha256_hex_of_file(path)) return {name, *there, sheets};
    const std::string bytes = make();
    util::replace_file(path, bytes, /*secret=*/true);
    return {name, util::sha256_hex(bytes), sheets};
}

std::vector<PrintedFile> print_place(const fs::path& folder, std::size_t number, const NoticeBatch& batch,
                                     const NoticeWords& words) {
    const NoticeBatch::Place& place = batch.places()[number];
    const std::vector<NoticeLine> electors = batch.electors_of(place);
    const std::string stem = file_stem(number, place.name);
    std::vector<PrintedFile> files;
    for (std::size_t first = 0; first < electors.size(); first += k_sheets_in_file) {
        const std::size_t last = std::min(electors.size(), first + k_sheets_in_file);
        const std::string part = electors.size() > k_sheets_in_file ? "." + std::to_string(first / k_sheets_in_file + 1) : "";
        files.push_back(print_file(folder, stem + part + ".pdf", last - first,
                                   [&] { return notice_sheets(words, place.name, electors, first, last); }));
    }
    files.push_back(print_file(folder, stem + ".remise.pdf", 0, [&] { return hand_over_list(words, place.name, electors); }));
    return files;
}

// All places, by so many threads. The first failure stops them.
std::vector<std::vector<PrintedFile>> print_places(const fs::path& folder, const NoticeBatch& batch, const NoticeWords& words,
                                                   unsigned threads) {
    std::vector<std::vector<PrintedFile>> printed(batch.places().size());
    std::atomic<std::size_t> next{0};
    std::mutex shown;
    Progress progress("Notices", batch.electors());
    std::vector<std::future<void>> workers;
    for (unsigned i = 0; i < threads; ++i)
        workers.push_back(std::async(std::launch::async, [&] {
            try {
                for (std::size_t one; (one = next++) < printed.size();) {
                    printed[one] = print_place(folder, one, batch, words);
                    const std::lock_guard lock(shown);
                    progress.advance(batch.places()[one].lines.size());
                }
            } catch (...) {
                next = printed.size();
                throw;
            }
        }));
    for (auto& worker : workers) worker.wait();
    for (auto& worker : workers) worker.get();
    return printed;
}

// A folder of one's own: what a run that was killed left without a name goes, and what other codes left is refused.
util::Status prepare_folder(const fs::path& folder, const std::string& source) {
    const auto before = util::read_file(folder / k_source_name);
    for (const auto& entry : fs::directory_iterator(folder)) {
        const std::string name = entry.path().filename().string();
        if (name.find(".pdf.") != std::string::npos && !name.ends_with(".pdf")) util::wipe_file(entry.path());
        else if (!before && name != ".verrou" && !name.starts_with(k_source_name))
            return refused(folder.string() + " contient déjà autre chose (" + util::printable(name) +
                           ") : donnez un dossier vide à --out");
    }
    if (before && *before != source)
        return refused(
            folder.string() +
            " contient les notices d’autres codes, d’autres empreintes ou d’autres dates : donnez un autre dossier à --out, ou détruisez "
            "celui-ci s’il n’est pas imprimé");
    if (!before) util::replace_file(folder / k_source_name, source, /*secret=*/true);
    return util::Done{};
}

}  // namespace

util::Status notices(Office& office, const Arguments& arguments) {
    const auto election = the_election(office);
    if (!election) return election.error();
    const auto threads = arguments.number("--threads", std::max(1U, std::thread::hardware_concurrency()), 1, 64);
    if (!threads) return threads.error();
    const auto number = arguments.number("--lot", 1, 1, 100'000);
    if (!number) return number.error();
    const NoticesFolder source{arguments.positional[0]};
    const auto batch = NoticeBatch::read(source, *number);
    if (!batch) return batch.error();
    if (!arguments.has("--sans-comparer"))
        if (const util::Status same = check_notices(office, *number, source.notices(*number)); !same) return same;

    const fs::path folder =
        arguments.get("--out").value_or((source.folder / (*number == 1 ? "plis" : "plis-" + std::to_string(*number))).string());
    fs::create_directories(folder);
    fs::permissions(folder, fs::perms::owner_all);
    const FolderLock lock(folder);
    if (!lock.held()) return refused(folder.string() + " sert déjà à une autre commande « notices » : attendez sa fin");
    const NoticeWords words = words_of(office, *election);
    if (const util::Status ready = prepare_folder(folder, source_text(words, *batch)); !ready) return ready;

    std::string list = "fichier;lieu;contenu;feuilles;sha256\n", digests;
    const auto printed = print_places(folder, *batch, words, *threads);
    for (std::size_t i = 0; i < printed.size(); ++i)
        for (const PrintedFile& file : printed[i]) {
            list += file.name + ";" + csv_field(batch->places()[i].name) + ";" + (file.sheets > 0 ? "notices" : "liste de remise") +
                    ";" + (file.sheets > 0 ? std::to_string(file.sheets) : "") + ";" + file.sha256 + "\n";
            digests += file.sha256 + "  " + file.name + "\n";
        }
    util::replace_file(folder / k_list_name, list, /*secret=*/true);
    digests += util::sha256_hex(list) + "  " + std::string(k_list_name) + "\n";
    util::replace_file(folder / k_digests_name, digests, /*secret=*/true);
    const std::string digest = util::sha256_hex(digests);
    record_alone(office, "notices",
                 std::to_string(batch->electors()) + " notices, " + std::to_string(printed.size()) + " lieux, lot " + digest);
    say(counted(batch->electors(), "notice", "notices") + " pour " + counted(printed.size(), "lieu de remise", "lieux de remise") +
        " dans " + folder.string() + ", une liste à signer par lieu, et " + std::string(k_list_name) + ".");
    say("EMPREINTE DU LOT (SHA-256 de " + std::string(k_digests_name) + "), à porter sur la commande de l’imprimeur :   " + digest);
    say("L’imprimeur contrôle par « sha256sum -c " + std::string(k_digests_name) +
        " ». Ces fichiers portent les codes en clair : transmettez-les "
        "chiffrés, et détruisez-les, comme " +
        source.notices(*number).string() + ", une fois imprimés.");
    if (!batch->has_fingerprints())
        say("Sans empreintes.csv, qui vient avec le scellement, ces feuilles ne portent pas l’empreinte des scrutins.");
    return util::Done{};
}

}  // namespace scrutinctl
