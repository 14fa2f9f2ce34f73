// SPDX-License-Identifier: AGPL-3.0-or-later
// seal show: the fingerprints of what is sealed, for the minutes, in the one writing that every page and poster has.
#include "domain/seal.hpp"
#include "scrutinctl/audit.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/seal_keeper.hpp"
#include "util/bytes.hpp"

namespace scrutinctl {

using namespace cli;

util::Status seal_show(Office& office, const Arguments& arguments) {
    const auto all = what_is_sealed(office, arguments);
    if (!all) return all.error();
    for (const SealKeeper::Sealed& sealed : *all) {
        const std::string fingerprint = util::sha256_hex(sealed.setup.election);
        say(sealed.seal.code + " : " + sealed.seal.title + ", " + counted(sealed.seal.electors, "inscrit", "inscrits"));
        say("  empreinte de l’affiche   " + domain::short_fingerprint(fingerprint));
        say("  empreinte de l’élection  " + fingerprint);
        say("  empreinte du scellement  " + sealed.digest);
    }
    say("Élection entière : " + util::sha256_hex(election_seal_text(office)));
    say_journal(office);
    return util::Done{};
}

}  // namespace scrutinctl
