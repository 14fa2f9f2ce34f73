// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/urne_reader.hpp"

#include <future>

namespace scrutinctl {

namespace {
constexpr unsigned k_batch = 500;
}

CheckedBallots::CheckedBallots(db::Connection& db, domain::ScrutinId scrutin, const crypto::Election& election, unsigned threads,
                               std::function<void(std::uint64_t)> progress)
    : db_(db), scrutin_(scrutin), election_(election), threads_(threads), progress_(std::move(progress)) {
    for (std::string& key : store::public_keys(db, scrutin)) listed_.insert(std::move(key));
}

void CheckedBallots::read_batch() {
    batch_ = store::ballots_after(db_, scrutin_, last_hash_, k_batch);
    at_ = 0;
    if (batch_.empty()) return;
    last_hash_ = batch_.back().hash;

    struct Verdict {
        std::string credential, fault;
    };
    std::vector<Verdict> verdicts(batch_.size());
    std::vector<std::future<void>> parts;
    for (unsigned t = 0; t < threads_; ++t) {
        parts.push_back(std::async(std::launch::async, [&, t] {
            for (std::size_t i = t; i < batch_.size(); i += threads_) {
                const auto info = election_.check_ballot(batch_[i].bytes);
                if (!info) verdicts[i].fault = info.error().detail;
                else if (info->hash_hex != batch_[i].hash) verdicts[i].fault = "its hash is not the one it is stored under";
                else if (crypto::sha_hex(info->credential) != batch_[i].credential_hash)
                    verdicts[i].fault = "its credential is not the one it is stored under";
                else verdicts[i].credential = info->credential;
            }
        }));
    }
    for (auto& part : parts) part.get();
    for (std::size_t i = 0; i < batch_.size() && fault_.empty(); ++i) {
        if (verdicts[i].fault.empty() && listed_.erase(verdicts[i].credential) == 0)
            verdicts[i].fault = "its credential is not on the list, or voted twice";
        if (!verdicts[i].fault.empty()) fault_ = "bulletin " + batch_[i].hash + " : " + verdicts[i].fault;
    }
    count_ += batch_.size();
    progress_(batch_.size());
}

std::optional<std::string> CheckedBallots::next() {
    if (at_ == batch_.size()) read_batch();
    if (!fault_.empty() || batch_.empty()) return std::nullopt;
    return std::move(batch_[at_++].bytes);
}

std::optional<std::string> ArchivedBallots::next() {
    if (at_ == batch_.size()) {
        batch_ = store::logged_ballots(db_, scrutin_, leaf_, k_batch);
        leaf_ += static_cast<unsigned>(batch_.size());
        at_ = 0;
    }
    if (batch_.empty()) return std::nullopt;
    return std::move(batch_[at_++].bytes);
}

}  // namespace scrutinctl
