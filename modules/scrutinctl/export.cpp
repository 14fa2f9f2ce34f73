// SPDX-License-Identifier: AGPL-3.0-or-later
// export: the archive of each scrutin, and the second proofs beside it.
#include "scrutinctl/archive_file.hpp"
#include "scrutinctl/audit.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/select.hpp"

namespace scrutinctl {

using namespace cli;

util::Status export_archives(Office& office, const Arguments& arguments) {
    const auto scrutins = chosen_scrutins(office, arguments);
    if (!scrutins) return scrutins.error();
    std::size_t written = 0;
    for (const store::Scrutin& scrutin : *scrutins) {
        const auto setup = store::find_setup(office.db(), scrutin.id);
        if (!setup) {
            say(scrutin.code + " : pas encore scellé, pas d’archive.");
            continue;
        }
        const auto archive = write_archive(office, scrutin, *setup, arguments.positional[0]);
        if (!archive) return archive.error();
        say(archive->path.string() + " : " + counted(archive->ballots, "bulletin", "bulletins") +
            (archive->left_out > 0 ? " (" + std::to_string(archive->left_out) + " pas encore au journal public)" : "") +
            ", état « " + scrutin.state_word() + " ».");
        ++written;
    }
    record_alone(office, "export", std::to_string(written) + " archives");
    return util::Done{};
}

}  // namespace scrutinctl
