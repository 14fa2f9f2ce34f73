// SPDX-License-Identifier: AGPL-3.0-or-later
// trustee demo-ceremony: the bureaux' keys made in one place, for demonstrations and rehearsals only.
#include <sys/stat.h>

#include <set>

#include "crypto/protocol.hpp"
#include "crypto/trustees/ceremony.hpp"
#include "scrutinctl/audit.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/select.hpp"
#include "trustee/trustee_file.hpp"
#include "util/file.hpp"
#include "util/json.hpp"

namespace scrutinctl {

using namespace cli;

util::Status trustee_demo_ceremony(Office& office, const Arguments& arguments) {
    const std::filesystem::path folder = arguments.positional[0];
    const auto holders = arguments.number("--holders", 3, 3, 20);
    if (!holders) return holders.error();
    const auto threshold = arguments.number("--threshold", *holders - 1, 2, *holders - 1);
    if (!threshold) return threshold.error();
    const auto election = the_election(office);
    if (!election) return election.error();
    if (!election->demonstration) {
        return refused("cette commande fait toutes les clés au même endroit : elle n’est permise que pour une démonstration");
    }

    std::set<std::pair<std::string, std::string>> wanted;
    for (const store::Scrutin& scrutin : store::scrutins(office.db())) wanted.emplace(scrutin.bureau, scrutin.crypto_group);
    std::filesystem::create_directories(folder);
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
    std::size_t made = 0;
    for (const auto& [bureau, group] : wanted) {
        const std::filesystem::path record = trustee::trustees_path(folder, bureau, group);
        if (std::filesystem::exists(record)) continue;
        crypto::Ceremony ceremony = crypto::run_ceremony(group, *holders, *threshold);
        util::Json confirmations = util::Json::array();
        for (unsigned i = 0; i < *holders; ++i) {
            confirmations.push_back(crypto::ceremony::confirm(group, ceremony.record, ceremony.keys[i].view()).value());
            trustee::write_holder_key(trustee::holder_path(folder, bureau, group, i + 1),
                                      {bureau, group, i + 1, std::move(ceremony.keys[i])});
        }
        util::replace_file(folder / (trustee::file_stem(bureau, group) + ".confirmations.json"),
                           util::Json{{"bureau", bureau}, {"group", group}, {"content", std::move(confirmations)}}.dump());
        // Last: a record without its holders' keys must never be sealed.
        util::replace_file(record, ceremony.record);
        record_alone(office, "ceremony",
                     bureau + ", " + group + " : " + std::to_string(*threshold) + " porteurs sur " + std::to_string(*holders) +
                         ", empreinte " + crypto::sha_hex(ceremony.record));
        say(bureau + " (" + group + ") : " + std::to_string(*holders) + " porteurs, " + std::to_string(*threshold) +
            " nécessaires.");
        ++made;
    }
    say(made == 0 ? "Toutes les clés sont déjà là ; rien n’est changé."
                  : counted(made, "cérémonie", "cérémonies") + ", fichiers dans " + folder.string() + ".");
    return util::Done{};
}

}  // namespace scrutinctl
