// SPDX-License-Identifier: AGPL-3.0-or-later
// returns: the electors whose mailbox takes nothing, so that the office mends an address before the vote. Changes nothing.
#include "scrutinctl/returns.hpp"

#include "domain/local_time.hpp"
#include "scrutinctl/commands.hpp"
#include "util/json.hpp"
#include "util/text.hpp"

namespace scrutinctl {

using namespace cli;

std::string words_of_return(const store::MailReturn& returned) {
    const std::string at = ", " + domain::paris_full(returned.at);
    if (returned.kind == "delayed") return "le courriel attend encore" + at;
    if (returned.kind == "full") return "messagerie pleine" + at;
    return (returned.kind == "unknown" ? "adresse inconnue" : "courriel refusé") + at;
}

util::Status returns(Office& office, const Arguments& arguments) {
    const auto all = store::list_returns(office.db(), arguments.get("--academie").value_or(""));
    if (arguments.has("--json")) {
        util::Json json = util::Json::array();
        for (const auto& one : all)
            json.push_back(
                {{"address", one.address}, {"academie", one.academie}, {"kind", one.kind}, {"at", util::to_iso(one.at)}});
        say(json.dump());
        return util::Done{};
    }
    for (const auto& one : all) say(util::printable(one.address, 190) + "  " + one.academie + "  " + words_of_return(one));
    say(counted(all.size(), "adresse", "adresses") + ".");
    return util::Done{};
}

}  // namespace scrutinctl
