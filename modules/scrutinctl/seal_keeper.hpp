// SPDX-License-Identifier: AGPL-3.0-or-later
// What is sealed, compared with what is there: before each act that moves a scrutin or publishes something of it. The tables are
// never believed alone: the text of the seal must be the one that they give, the journal must name its digest, and the sealed election
// must carry it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/seal.hpp"
#include "scrutinctl/office.hpp"
#include "scrutinctl/store_count.hpp"
#include "scrutinctl/store_scrutin.hpp"

namespace scrutinctl {

// What the seal covers, from the tables as they are now; programs' digest given.
domain::Seal seal_of_tables(Office& office, const store::Scrutin& scrutin, const store::Setup& setup, const std::string& programs);

// One line for each scrutin, "code uuid seal election": its digest is the whole election's.
std::string election_seal_text(Office& office);

class SealKeeper {
public:
    explicit SealKeeper(Office& office) : office_(office) {}

    struct Sealed {
        domain::Seal seal;
        std::string digest;
        store::Setup setup;
    };
    // The seal of a scrutin, if it holds. refused: which lines differ, and what to do.
    util::Result<Sealed> require(const store::Scrutin& scrutin);

    // The same of the tables alone: of an election whose programs are no more on this machine.
    util::Result<Sealed> require_tables(const store::Scrutin& scrutin);

    // What was sealed, whatever the tables say now: the text is whole and the journal has its digest.
    util::Result<Sealed> sealed(const store::Scrutin& scrutin);

    // The election's digest is the one of the journal, and the programs are the sealed ones or those of an intervention.
    util::Status require_election();

private:
    util::Status require_programs(const domain::Seal& seal);

    Office& office_;
    std::optional<std::string> programs_;  // read once
    bool programs_told_ = false;
};

// What was sealed of the chosen scrutins, whatever the tables say now. refused: none of them is sealed.
util::Result<std::vector<SealKeeper::Sealed>> what_is_sealed(Office& office, const cli::Arguments& arguments);

}  // namespace scrutinctl
