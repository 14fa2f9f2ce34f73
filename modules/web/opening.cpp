// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/opening.hpp"

#include <filesystem>
#include <mutex>

#include "util/log.hpp"

namespace web {

namespace {

std::string newest_edition(const std::filesystem::path& templates) {
    std::string newest;
    for (const auto& entry : std::filesystem::directory_iterator(templates / "editions"))
        if (entry.path().extension() == ".toml") newest = std::max(newest, entry.path().stem().string());
    return newest;
}

}  // namespace

// Empty: nobody knows.
std::string Opening::year_now(db::Connection& db) const {
    try {
        return elections_.get(db)->edition;
    } catch (const NoElection&) {
        return {};
    } catch (const db::Error&) {  // the dispatcher meets it too, and answers
        return {};
    }
}

std::shared_ptr<const Site> Opening::site(db::Connection& db) {
    const std::string year = year_now(db);
    const std::lock_guard lock(mutex_);
    if (site_ && (year.empty() || year == site_->edition.year)) return site_;
    const bool first = site_ == nullptr;
    site_ = std::make_shared<const Site>(settings_, clock_, hash_pool_, elections_, router_,
                                         year.empty() ? newest_edition(settings_.templates) : year);
    if (!first || year.empty())
        util::log(util::Level::info, year.empty() ? "no-election-yet" : "edition", {{"edition", site_->edition.year}});
    return site_;
}

}  // namespace web
