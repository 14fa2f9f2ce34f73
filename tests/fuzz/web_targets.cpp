// SPDX-License-Identifier: AGPL-3.0-or-later
// The fuzz targets of what reads a browser's bytes, or nginx's: path, form (a query too), cookies, the opening of a FastCGI connection, a CSV
// file of the office. FUZZ_TARGET chooses; the same function runs under libFuzzer and in the replay.
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>

#include "scrutinctl/csv.hpp"
#include "util/ensure.hpp"
#include "util/text.hpp"
#include "web/fastcgi_guard.hpp"
#include "web/form_reader.hpp"

namespace {

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
    const int file = memfd_create("fuzz", 0);
    ENSURE(file >= 0);
    ENSURE(write(file, input.data(), input.size()) == static_cast<ssize_t>(input.size()));
    scrutinctl::ImportFaults faults;
    scrutinctl::CsvReader rows("/proc/self/fd/" + std::to_string(file), {{"nom", 20, true}, {"ville", 10, false}}, faults);
    while (rows.read()) {
        ENSURE(!rows.field(0).empty());
        for (const std::size_t column : {0u, 1u}) {
            ENSURE(is_clean(rows.field(column)));
            ENSURE(util::count_code_points(rows.field(column)) <= (column == 0 ? 20u : 10u));
        }
    }
    close(file);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const char* const chosen = std::getenv("FUZZ_TARGET");
    const std::string_view target = chosen != nullptr ? chosen : "form", input(reinterpret_cast<const char*>(data), size);
    if (target == "path") target_path(input);
    else if (target == "form") target_form(input);
    else if (target == "cookie") target_cookie(input);
    else if (target == "fastcgi") target_fastcgi(input);
    else if (target == "csv") target_csv(input);
    else std::abort();
    return 0;
}
