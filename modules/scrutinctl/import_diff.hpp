// SPDX-License-Identifier: AGPL-3.0-or-later
// What a second import changes of the election that is stored, for who is asked whether to go on. Keeps 24 bytes of each stored elector.
#pragma once

#include <string>
#include <vector>

#include "db/connection.hpp"
#include "scrutinctl/import_model.hpp"

namespace scrutinctl {

class ImportDiff {
public:
    // Reads the stored roll. Throws db::Error.
    explicit ImportDiff(db::Connection& db);

    // Each elector of the files, once.
    void see(const Elector& elector);

    // Lines to show, after all electors; `election` is the files'. Empty: nothing that is compared has changed.
    std::vector<std::string> lines(const ImportedElection& election);

private:
    struct Known {
        std::uint64_t email = 0, content = 0;  // hashes
        unsigned id = 0;
        bool is_struck_off = false, is_seen = false;
    };
    struct Some {
        std::uint64_t count = 0;
        std::vector<std::string> first;  // names
        void add(std::string name, std::size_t longest = 170);
        std::string words(std::string_view one, std::string_view many) const;
    };
    static void join(std::vector<std::string>& lines, std::string_view what, std::initializer_list<std::string> parts);

    db::Connection& db_;
    std::vector<Known> known_;  // by email
    Some added_, changed_, back_;
};

}  // namespace scrutinctl
