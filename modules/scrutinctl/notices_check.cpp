// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/notices_check.hpp"

#include <fstream>
#include <optional>
#include <unordered_map>

#include "scrutinctl/csv.hpp"
#include "scrutinctl/store_codes.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

constexpr std::uint64_t k_opened = 200;  // codes tried: a quarter of a millisecond each

}  // namespace

util::Status check_notices(Office& office, unsigned batch, const std::filesystem::path& notices) {
    const std::uint64_t every = store::count_codes(office.db(), batch) / k_opened + 1;
    std::unordered_map<std::string, std::optional<util::SecretText>> codes;  // by the elector's field; with the code in the sample
    std::uint64_t twice = 0, missing = 0, shut = 0, line_number = 0;
    std::ifstream file(notices);
    std::string line;
    std::getline(file, line);  // titles
    while (std::getline(file, line)) {
        const std::size_t first = line.find(';'), last = line.rfind(';');
        if (last == std::string::npos) continue;
        std::optional<util::SecretText> code;
        if (line_number++ % every == 0) code.emplace(line.substr(last + 1));
        twice += !codes.emplace(line.substr(0, first), std::move(code)).second;
    }
    store::each_envelope(office.db(), batch, [&](const std::string& email, const domain::Envelope& envelope) {
        const auto found = codes.find(csv_field(email));
        if (found == codes.end()) {
            ++missing;
            return;
        }
        if (found->second && !domain::open_envelope(envelope, found->second->view())) ++shut;
        codes.erase(found);
    });
    if (twice + missing + shut + codes.size() == 0) return util::Done{};
    std::string what;
    const auto add = [&](std::uint64_t count, const char* one, const char* many) {
        if (count > 0) what += (what.empty() ? "" : ", ") + counted(count, one, many);
    };
    add(missing, "électeur sans code", "électeurs sans code");
    add(twice, "électeur deux fois", "électeurs deux fois");
    add(codes.size(), "ligne de trop", "lignes de trop");
    add(shut, "code essayé n’ouvre rien", "codes essayés n’ouvrent rien");
    return bad_input(notices.string() + " n’a pas le code de chaque électeur : " + what);
}

}  // namespace scrutinctl
