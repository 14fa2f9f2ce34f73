// SPDX-License-Identifier: AGPL-3.0-or-later
// What a batch of codes wrote for the notices (notices.csv or notices-2.csv…, and, where it is there, empreintes.csv), by place of delivery. Kept in memory are the places
// and where each line stands; a place's lines are read when they are wanted. Knows no paper and no database.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "scrutinctl/seal_codes.hpp"
#include "util/result.hpp"
#include "util/secret.hpp"

namespace scrutinctl {

// What is printed for one elector.
struct NoticeLine {
    std::string email, civility, last_name, first_name;
    util::SecretText code;                                      // in four groups
    std::vector<std::pair<std::string, std::string>> scrutins;  // title and short fingerprint; empty where they are not known yet
};

class NoticeBatch {
public:
    // not_found: this batch is not there; invalid: a line that no batch has, an elector twice. The sentence names file and line, and never a code.
    static util::Result<NoticeBatch> read(const NoticesFolder& folder, unsigned number);

    struct Place {
        std::string name;  // as imported; may be empty
        std::vector<std::uint64_t> lines;
    };
    const std::vector<Place>& places() const { return places_; }  // in alphabetical order
    std::uint64_t electors() const { return electors_; }
    bool has_fingerprints() const { return has_fingerprints_; }
    const std::string& digest() const { return digest_; }  // of both files

    // The electors of one place, in the order of their names. Throws std::runtime_error where the files have changed meanwhile. May be
    // called by several threads.
    std::vector<NoticeLine> electors_of(const Place& place) const;

private:
    std::filesystem::path path() const { return folder_.notices(number_); }
    util::Status index_notices();
    util::Status index_fingerprints();

    NoticesFolder folder_;
    unsigned number_ = 1;
    std::vector<Place> places_;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> fingerprints_;  // hash of the address, where its first line stands; sorted
    std::uint64_t electors_ = 0;
    bool has_fingerprints_ = false;
    std::string digest_;
};

}  // namespace scrutinctl
