// SPDX-License-Identifier: AGPL-3.0-or-later
// export: the archive of each scrutin, and the second proofs beside it.
#include "scrutinctl/archive_file.hpp"
#include "scrutinctl/audit.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/select.hpp"
#include "scrutinctl/stops.hpp"

namespace scrutinctl {

using namespace cli;

util::Status export_archives(Office& office, const Arguments& arguments) {
    const auto scrutins = chosen_scrutins(office, arguments);
    if (!scrutins) return scrutins.error();
    std::size_t written = 0;
    SealKeeper keeper(office);
    Stops stops;
    for (const store::Scrutin& scrutin : *scrutins) {
        if (scrutin.state < domain::ScrutinState::sealed) {
            say(scrutin.code + " : pas encore scellé, pas d’archive.");
            continue;
        }
        const auto sealed = keeper.require(scrutin);
        if (!sealed) {
            stops.add(sealed.error());
            continue;
        }
        const auto archive = write_archive(office, scrutin, *sealed, arguments.positional[0]);
        if (!archive) {
            stops.add(archive.error());
            continue;
        }
        if (scrutin.state >= domain::ScrutinState::closed) write_log_end(office, scrutin, *sealed, archive->path);
        say(archive->path.string() + " : " + counted(archive->ballots, "bulletin", "bulletins") +
            (archive->left_out > 0 ? " (" + std::to_string(archive->left_out) + " pas encore au journal public)" : "") +
            ", état « " + scrutin.state_word() + " ».");
        ++written;
    }
    record_alone(office, "export", std::to_string(written) + " archives");
    return stops.outcome();
}

}  // namespace scrutinctl
