// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/office.hpp"

#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

namespace scrutinctl {

namespace {

constexpr const char* k_nobody = "root";

}  // namespace

const web::Settings& Office::settings() {
    if (!settings_) settings_ = web::Settings::load(config_, secrets_, "scrutinctl");
    return *settings_;
}

db::Connection& Office::db() {
    if (!db_) {
        db::Settings database = settings().database;
        database.read_timeout_seconds = 3600;  // rolls of a million lines
        db_ = std::make_unique<db::Connection>(std::move(database));
    }
    return *db_;
}

const std::string& Office::actor() {
    if (actor_.empty()) {
        const passwd* const entry = getpwuid(getuid());
        const char* const sudo = std::getenv("SUDO_USER");
        // root and the office's own account (portail-office) are nobody: who called them is.
        const bool is_somebody = entry != nullptr && getuid() != 0 && std::string_view(entry->pw_name) != "portail-scrutinctl";
        actor_ = is_somebody ? entry->pw_name : sudo != nullptr ? sudo : k_nobody;
        if (actor_ == k_nobody && !named_actor_.empty()) actor_ = named_actor_;
        std::replace(actor_.begin(), actor_.end(), '|', '_');  // the chain's separator
        actor_.resize(std::min<std::size_t>(actor_.size(), 80));
    }
    return actor_;
}

void Office::warn_once(const std::string& line) {
    if (warned_.insert(line).second) std::cerr << "scrutinctl : " << line << std::endl;
}

}  // namespace scrutinctl
