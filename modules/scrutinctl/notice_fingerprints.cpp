// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/notice_fingerprints.hpp"

#include <map>

#include "domain/seal.hpp"
#include "scrutinctl/csv.hpp"
#include "scrutinctl/secret_file.hpp"
#include "scrutinctl/store_count.hpp"
#include "scrutinctl/store_seal.hpp"
#include "util/bytes.hpp"

namespace scrutinctl {

namespace {

constexpr std::size_t k_piece = 1 << 20;

}  // namespace

void write_notice_fingerprints(Office& office, const std::vector<store::Scrutin>& scrutins, const NoticesFolder& folder) {
    std::map<unsigned, std::string> ends;  // of a line, by scrutin
    for (const store::Scrutin& scrutin : scrutins) {
        const auto setup = store::find_setup(office.db(), scrutin.id);
        if (!setup) continue;
        ends[scrutin.id.value] = csv_field(scrutin.code) + ";" + csv_field(scrutin.title) + ";" +
                                 domain::short_fingerprint(util::sha256_hex(setup->election)) + "\n";
    }
    const std::filesystem::path path = folder.folder / "empreintes.csv", beside = folder.folder / "empreintes.csv.new";
    std::filesystem::remove(beside);
    SecretFile file(beside);
    std::string lines = "courriel;scrutin;titre;empreinte\n";
    store::each_elector_of_rolls(office.db(), [&](const std::string& email, domain::ScrutinId scrutin) {
        const auto end = ends.find(scrutin.value);
        if (end == ends.end()) return;
        lines += csv_field(email) + ";" + end->second;
        if (lines.size() < k_piece) return;
        file.append(lines);
        lines.clear();
    });
    file.append(lines);
    std::filesystem::rename(beside, path);
}

}  // namespace scrutinctl
