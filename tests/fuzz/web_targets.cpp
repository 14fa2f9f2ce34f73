// SPDX-License-Identifier: AGPL-3.0-or-later
// The fuzz targets of what reads a browser's bytes, or nginx's: path, form (a query too), form with a file, names of candidates, cookies, the opening of a FastCGI
// connection; and of the office's files, CSV and TOML, and an elector's, his receipt. FUZZ_TARGET chooses; the same function runs under libFuzzer and in the replay.
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

#include "auditor/receipt_file.hpp"
#include "domain/candidature.hpp"
#include "domain/edition.hpp"
#include "domain/places.hpp"
#include "scrutinctl/csv.hpp"
#include "scrutinctl/import_model.hpp"
#include "util/ensure.hpp"
#include "util/text.hpp"
#include "web/fastcgi_guard.hpp"
#include "web/form_reader.hpp"
#include "web/multipart.hpp"
#include "web/settings.hpp"

namespace {

namespace fs = std::filesystem;

// A file with the input in it, in memory.
class InputFile {
public:
    InputFile() : file_(memfd_create("fuzz", 0)) { ENSURE(file_ >= 0); }
    void write(std::string_view input) const {
        ENSURE(ftruncate(file_, 0) == 0);
        ENSURE(pwrite(file_, input.data(), input.size(), 0) == static_cast<ssize_t>(input.size()));
    }
    std::string path() const { return "/proc/self/fd/" + std::to_string(file_); }

private:
    int file_;
};

// A folder where that file bears every name under which the portal reads TOML.
class TomlFolder {
public:
    explicit TomlFolder(const std::string& file) : path_(fs::temp_directory_path() / ("fuzz-toml." + std::to_string(getpid()))) {
        fs::create_directories(path_ / "editions");
        for (const char* name : {"portail.toml", "fuseaux.toml", "calendrier.toml", "editions/2026.toml"})
            fs::create_symlink(file, path_ / name);
    }
    ~TomlFolder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

bool is_clean(std::string_view text) { return util::is_utf8(text) && text.find('\0') == std::string_view::npos; }

void target_path(std::string_view input) {
    const auto path = web::decode_path(input);
    if (path) ENSURE(path->starts_with('/') && is_clean(*path) && path->size() <= input.size());
}

void target_form(std::string_view input) {
    const auto form = web::read_form(input);
    if (!form) return;
    for (const auto& [name, value] : *form) ENSURE(is_clean(name) && is_clean(value));
}

// The first line is the header with the boundary. What was read is all there, and nothing twice; a form has a file or none.
void target_upload(std::string_view input) {
    const std::size_t end = std::min(input.find('\n'), input.size());
    const std::string_view body = input.substr(std::min(end + 1, input.size()));
    const auto with = web::read_file_form(input.substr(0, end), body, "piece");
    const auto without = web::read_file_form(input.substr(0, end), body, "");
    ENSURE(!(with && without));
    if (!with && !without) return;
    const web::FileForm& form = with ? *with : *without;
    ENSURE(with || (form.file.name.empty() && form.file.bytes.empty()));
    std::size_t size = form.file.bytes.size() + form.file.name.size();
    ENSURE(is_clean(form.file.name) && body.find(form.file.bytes) != std::string_view::npos);
    for (const auto& [name, value] : form.fields) {
        ENSURE(is_clean(name) && is_clean(value));
        size += name.size() + value.size();
    }
    ENSURE(size < body.size());
}

// What was read without a fault is read again from the lines that it is kept as; every fault can be shown.
void target_names(std::string_view input) {
    if (!util::is_utf8(input)) return;  // as the form has it
    const auto read = domain::read_candidate_names(input);
    for (const std::string& fault : read.faults) ENSURE(util::is_printable_line(fault, 1000));
    if (!read.faults.empty()) return;
    ENSURE(read.names.size() <= domain::k_most_names);
    const auto again = domain::read_candidate_names(domain::candidate_lines(read.names));
    ENSURE(again.faults.empty() && again.names == read.names);
}

void target_cookie(std::string_view input) {
    std::size_t size = 0;
    for (const auto& [name, value] : web::read_cookies(input)) size += name.size() + value.size();
    ENSURE(size <= input.size());
}

// What is broken stays broken, whatever comes after; no beginning of what is whole is broken.
void target_fastcgi(std::string_view input) {
    const auto judged = web::judge_beginning(input);
    const auto shorter = web::judge_beginning(input.substr(0, input.size() / 2));
    if (shorter == web::Beginning::broken) ENSURE(judged == web::Beginning::broken);
    if (shorter == web::Beginning::whole) ENSURE(judged == web::Beginning::whole);
}

void target_csv(std::string_view input) {
    static const InputFile file;
    file.write(input);
    scrutinctl::ImportFaults faults;
    scrutinctl::CsvReader rows(file.path(), {{"nom", 20, true}, {"ville", 10, false}}, faults);
    while (rows.read()) {
        ENSURE(!rows.field(0).empty());
        for (const std::size_t column : {0u, 1u}) {
            ENSURE(is_clean(rows.field(column)));
            ENSURE(util::count_code_points(rows.field(column)) <= (column == 0 ? 20u : 10u));
        }
    }
}

// What an elector kept, whoever gives it to an auditor: found in it, never more than it.
void target_receipt(std::string_view input) {
    const auto file = auditor::read_receipt_file(input);
    ENSURE(file.receipt.size() <= input.size() && input.ends_with(file.proof));
    ENSURE(input.starts_with("%PDF-") || input.starts_with(file.receipt));
}

void read_settings(const fs::path& folder) {
    const auto settings = web::Settings::load(folder / "portail.toml", folder, "account");
    ENSURE(settings.base_url.starts_with("http") && !settings.base_url.ends_with('/'));
    ENSURE(settings.database.socket.empty() != settings.database.host.empty());
    ENSURE(settings.threads >= 1 && settings.threads <= 256 && settings.database.port >= 1 && settings.database.port <= 65'535);
}

void read_edition(const fs::path& folder) {
    const auto edition = domain::Edition::load(folder, "2026");
    for (const auto key : domain::k_edition_words) edition.word_capital(key);
    ENSURE(!edition.asks_defi || !edition.defi_questions.empty());
}

// Whatever is wrong is a fault that can be shown; what has none can be stored and shown.
void read_calendar(const fs::path& folder) {
    scrutinctl::ImportFaults faults;
    const auto election = scrutinctl::read_election(folder, faults);
    bool is_good = true;
    for (const std::string& line : faults.lines()) {
        ENSURE(util::is_printable_line(line, 100'000));
        if (line.starts_with("calendrier.toml")) is_good = false;
    }
    if (!is_good) return;
    for (const std::string& text : {election.title, election.administration})
        ENSURE(util::is_printable_line(text, 640) && util::count_code_points(text) <= 160);
    ENSURE(election.calendar.at(domain::CalendarEvent::vote_closes) > election.calendar.at(domain::CalendarEvent::vote_opens));
}

void target_toml(std::string_view input) {
    static const InputFile file;
    static const TomlFolder folder(file.path());
    file.write(input);
    const auto read = [](auto reader) {
        try {
            reader(folder.path());
        } catch (const std::runtime_error&) {  // a sentence for the operator
        }
    };
    read(read_settings);
    read(read_edition);
    read([](const fs::path& path) { domain::Places::load(path); });
    read_calendar(folder.path());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const char* const chosen = std::getenv("FUZZ_TARGET");
    const std::string_view target = chosen != nullptr ? chosen : "form", input(reinterpret_cast<const char*>(data), size);
    if (target == "path") target_path(input);
    else if (target == "form") target_form(input);
    else if (target == "upload") target_upload(input);
    else if (target == "names") target_names(input);
    else if (target == "cookie") target_cookie(input);
    else if (target == "fastcgi") target_fastcgi(input);
    else if (target == "csv") target_csv(input);
    else if (target == "toml") target_toml(input);
    else if (target == "receipt") target_receipt(input);
    else std::abort();
    return 0;
}
