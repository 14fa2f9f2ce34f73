// SPDX-License-Identifier: AGPL-3.0-or-later
// The checks of an archive's records in one group (SPECIFICATION.md 7, 10 and 14). The event order is archive/verify.cpp's affair.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <unordered_set>

#include "crypto/archive/companion.hpp"
#include "crypto/archive/reader.hpp"
#include "crypto/archive/verify.hpp"
#include "crypto/archive/work_queue.hpp"
#include "crypto/ballot_fast.hpp"
#include "crypto/credential.hpp"
#include "crypto/decryption_binding.hpp"
#include "util/text.hpp"

namespace crypto {

// Collects failures from all threads.
class Findings {
public:
    explicit Findings(VerifyReport& report) : report_(report) {}
    void fail(std::string_view what, std::string_view record, std::string_view check, std::string_view where = {}) {
        const std::lock_guard lock(mutex_);
        if (report_.failures.size() < 1000)
            report_.failures.push_back(
                {util::printable(what), util::printable(record), util::printable(check), util::printable(where)});
        else ++report_.further_failures;
    }

private:
    VerifyReport& report_;
    std::mutex mutex_;
};

// What archive/verify.cpp calls, event after event. Records come with their hashes checked.
class RecordVerifier {
public:
    virtual ~RecordVerifier() = default;
    virtual void ballot(std::string bytes, const std::string& hash, std::uint64_t offset, bool known) = 0;
    // Whether the ballot at this offset is the last one of its credential.
    virtual bool is_last(std::uint64_t offset) const = 0;
    virtual void end_ballots() = 0;
    virtual void encrypted_tally(std::string_view tally, std::string_view sized, const std::string& hash) = 0;
    virtual void partial_decryption(std::string_view partial, std::string_view owned, const std::string& hash) = 0;
    virtual void result(std::string_view result, const std::string& hash) = 0;
    // The total that the ballots make, as a record.
    virtual std::string own_tally() const = 0;
    virtual bool has_decryptions() const = 0;
    // `name`: of the companion's file. Its uuid and Setup event were compared.
    virtual void second_proofs(const Companion& companion, const std::string& name) = 0;
    virtual void compare_decryptions() = 0;
};

template <class G>
class GroupRecordVerifier final : public RecordVerifier {
public:
    // `known_setup`: the Setup event stood in the earlier copy.
    GroupRecordVerifier(const RandomFile& file, ElectionRecord election, std::string_view trustees, std::string public_creds,
                        const VerifyOptions& options, bool known_setup, VerifyReport& report, Findings& findings)
        : file_(file),
          election_(std::move(election)),
          public_creds_(std::move(public_creds)),
          options_(options),
          allow_revotes_(options.revotes == Revotes::allowed ||
                         (options.revotes == Revotes::as_sealed && !election_.rules.final_vote)),
          report_(report),
          findings_(findings),
          y_(G::identity()) {
        const unsigned cores = std::max(1u, std::thread::hardware_concurrency());
        const unsigned jobs = std::min(options.jobs == 0 ? cores : options.jobs, 256u);
        for (unsigned i = 0; i < jobs; ++i) workers_.push_back({empty_tally<G>(election_), empty_tally<G>(election_)});
        read_key(trustees);
        read_credentials(known_setup);
        queue_ = std::make_unique<Queue>(workers_, [this](Worker& worker, Job& job) { check(worker, job); });
    }

    void ballot(std::string bytes, const std::string& hash, std::uint64_t offset, bool known) override {
        ++report_.ballots;
        if (!known && !checker_) checker_.emplace(BallotContext<G>{election_, y_}, 8);  // before the job that needs it
        if (known) ++report_.ballots_not_rechecked;
        std::array<std::uint64_t, 4> key{};
        const std::string digest = util::from_hex(hash).value();
        std::memcpy(key.data(), digest.data(), 32);
        Job job{std::move(bytes), hash, offset, known, k_nobody, 0, 0};
        if (!seen_.insert(key).second) findings_.fail("ballot", hash, "the same ballot twice");
        Reader in(job.text);
        in.literal(R"({"election_uuid":)");
        in.plain_string();
        in.literal(R"(,"election_hash":)");
        in.plain_string();
        in.literal(R"(,"credential":)");
        const std::string_view credential = in.plain_string();
        if (in.ok()) {
            job.voter = find_credential(credential);
            if (job.voter == k_nobody) {
                findings_.fail("ballot", hash, "credential is not in the list", "credential");
            } else {
                auto& last = last_[job.voter];
                job.previous_offset = last.offset;
                job.previous_size = last.size;
                if (last.size != 0) {
                    ++report_.revotes;
                    if (!allow_revotes_) findings_.fail("ballot", hash, "second ballot of a credential", "credential");
                }
                last = {offset, job.text.size()};
            }
        }
        queue_->push(std::move(job));
    }

    bool is_last(std::uint64_t offset) const override {
        return std::any_of(last_.begin(), last_.end(), [&](const Place& place) { return place.offset == offset; });
    }

    void end_ballots() override {
        queue_->drain();
        rows_ = empty_tally<G>(election_);
        auto superseded = empty_tally<G>(election_);
        for (const auto& worker : workers_) {
            merge_tally<G>(rows_, worker.counted);
            merge_tally<G>(superseded, worker.superseded);
        }
        for (std::size_t q = 0; q < rows_.size(); ++q)
            for (std::size_t i = 0; i < rows_[q].size(); ++i) {
                rows_[q][i].a = G::multiply(rows_[q][i].a, G::invert_var(superseded[q][i].a));
                rows_[q][i].b = G::multiply(rows_[q][i].b, G::invert_var(superseded[q][i].b));
            }
        report_.counted = 0;
        total_weight_ = 0;
        for (std::size_t i = 0; i < last_.size(); ++i)
            if (last_[i].size != 0) {
                ++report_.counted;
                total_weight_ += credentials_[i].weight;
            }
        if (options_.attendance && *options_.attendance != report_.counted)
            findings_.fail("archive", "roll", "credentials counted differ from the signatures of the roll",
                           std::to_string(report_.counted) + " and " + std::to_string(*options_.attendance));
    }

    std::string own_tally() const override { return write_encrypted_tally<G>(rows_); }

    void encrypted_tally(std::string_view tally, std::string_view sized, const std::string& hash) override {
        tally_ = tally;
        if (tally != write_encrypted_tally<G>(rows_)) {
            findings_.fail("encrypted tally", hash, "differs from the product of the ballots");
            // Decryptions were made of what was published: judge them by it.
            if (const auto published = read_encrypted_tally<G>(tally, election_)) rows_ = *published;
            else findings_.fail("encrypted tally", hash, "canonical form or membership");
        }
        if (sized != write_sized(report_.counted, total_weight_, tally))
            findings_.fail("encrypted tally", hash, "num_tallied, total_weight or hash differ from what was counted",
                           std::string(sized));
    }

    void partial_decryption(std::string_view partial, std::string_view owned, const std::string& hash) override {
        Reader in(owned);
        in.literal(R"({"owner":)");
        const std::uint64_t owner = in.number();
        in.literal(R"(,"payload":")" + sha_hex(partial) + "\"}");
        if (!in.at_end()) return findings_.fail("partial decryption", hash, "owner record is not in canonical form");
        const auto place = trustees_ ? trustees_->find_owner(owner) : std::nullopt;
        if (!place) return findings_.fail("partial decryption", hash, "owner out of range", std::to_string(owner));
        if (factors_.count(owner) != 0)
            return findings_.fail("partial decryption", hash, "second one of an owner", std::to_string(owner));
        std::string why;
        auto factors = check_partial<G>(election_, rows_, trustees_->key_of(*place), partial, why);
        if (!factors) return findings_.fail("partial decryption", hash, "decryption of trustee " + std::to_string(owner), why);
        factors_.emplace(owner, std::move(*factors));
        decrypted_.emplace(owner, hash);
    }

    void result(std::string_view result, const std::string& hash) override {
        Reader in(result);
        std::vector<std::vector<std::uint64_t>> counts;
        in.literal(R"({"result":[)");
        for (const auto& row : rows_) {
            if (!counts.empty()) in.literal(",");
            auto& own = counts.emplace_back();
            in.literal("[");
            for (std::size_t i = 0; i < row.size() && in.ok(); ++i) {
                if (i != 0) in.literal(",");
                own.push_back(read_count(in));
            }
            in.literal("]");
        }
        in.literal("]}");
        if (!in.at_end() || result != write_result(counts)) return findings_.fail("result", hash, "canonical form");
        report_.result = counts;
        const auto F = trustees_ ? combine_factors(*trustees_, factors_) : std::nullopt;
        if (!F) return findings_.fail("result", hash, "not enough valid partial decryptions");
        for (std::size_t q = 0; q < counts.size(); ++q)
            for (std::size_t i = 0; i < counts[q].size(); ++i) {
                const std::string where = "result[" + std::to_string(q) + "][" + std::to_string(i) + "]";
                const auto claimed = G::power_var(G::generator(), G::Scalar::from(counts[q][i]));
                if (counts[q][i] > total_weight_ || !G::equal(claimed, opened<G>(rows_[q][i], (*F)[q][i])))
                    findings_.fail("result", hash, "differs from the decryption", where);
            }
    }

    bool has_decryptions() const override { return !factors_.empty(); }

    void second_proofs(const Companion& companion, const std::string& name) override {
        if (companion.encrypted_tally != sha_hex(tally_))
            return findings_.fail("second proofs", name, "file of another encrypted total");
        std::set<std::uint64_t> met;
        for (const auto& one : companion.decryptions) {
            met.insert(one.owner);
            const auto decrypted = decrypted_.find(one.owner);
            const std::string where = "decryption of trustee " + std::to_string(one.owner);
            if (decrypted == decrypted_.end() || decrypted->second != one.partial) {
                findings_.fail("second proofs", name, "not of a decryption of the archive", where);
                continue;
            }
            const auto& X = trustees_->key_of(*trustees_->find_owner(one.owner));
            Reader in(one.proof);
            const auto proof = read_proof<G>(in);
            if (in.at_end() && verify_binding<G>({report_.setup, tally_, one.owner, X, rows_, factors_.at(one.owner)}, proof)) {
                ++report_.second_proofs;
                continue;
            }
            doubted_.insert(one.owner);
            findings_.fail("partial decryption", one.partial, "second proof", where);
        }
        for (const auto& [owner, hash] : decrypted_)
            if (met.count(owner) == 0)
                findings_.fail("partial decryption", hash, "no second proof", "decryption of trustee " + std::to_string(owner));
    }

    void compare_decryptions() override {
        if (!trustees_) return;
        for (const auto owner : disagreeing_owners(*trustees_, factors_, doubted_))
            findings_.fail("partial decryption", decrypted_.at(owner), "does not agree with the others",
                           "decryption of trustee " + std::to_string(owner));
    }

private:
    static constexpr std::size_t k_nobody = ~std::size_t{0};

    struct Job {
        std::string text, hash;
        std::uint64_t offset;
        bool known;
        std::size_t voter;
        std::uint64_t previous_offset, previous_size;
    };
    struct Worker {
        TallyRows<G> counted, superseded;
    };
    struct Place {
        std::uint64_t offset = 0, size = 0;  // size 0: no ballot yet
    };
    struct FirstWord {
        std::size_t operator()(const std::array<std::uint64_t, 4>& hash) const { return hash[0]; }
    };
    using Queue = WorkQueue<Worker, Job>;

    static std::uint64_t read_count(Reader& in) {
        if (!in.skip("\"")) return in.number();
        const std::uint64_t count = in.number();
        in.literal("\"");
        return count;
    }

    void read_key(std::string_view record) {
        auto trustees = read_trustees<G>(record);
        const std::string hash = sha_hex(record);
        if (!trustees) {
            findings_.fail("trustees", hash, trustees.error().detail);
        } else {
            if (trustees->form_2_5_1)
                report_.remarks.push_back("trustees: 2.5.1 form, verification keys without signature: not readable by version 3.0");
            for (const auto& item : trustees->items) {
                if (item.threshold != 1) continue;
                if (election_.rules.bound_decryption) findings_.fail("trustees", hash, "threshold of one in an election of ours");
                else report_.remarks.push_back("trustees: threshold of one: each holder decrypts alone");
            }
            trustees_ = std::move(*trustees);
        }
        auto y = parse_key<G>(election_.public_key);
        if (!y) findings_.fail("election", sha_hex(election_.bytes), "public_key is not a key of the group");
        else y_ = y->point;
        if (y && trustees_ && !G::equal(y_, trustees_->public_key))
            findings_.fail("election", sha_hex(election_.bytes), "public_key is not that of the trustees");
    }

    void read_credentials(bool known) {
        const std::string hash = sha_hex(public_creds_);
        report_.credentials_fingerprint = sha_b64(public_creds_);
        if (options_.credentials_fingerprint && *options_.credentials_fingerprint != report_.credentials_fingerprint)
            findings_.fail("credentials", hash, "fingerprint differs from the published one");
        std::string why;
        auto list = read_public_creds(public_creds_, why);
        if (!list) return findings_.fail("credentials", hash, why);
        credentials_ = std::move(*list);
        std::sort(credentials_.begin(), credentials_.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
        last_.resize(credentials_.size());
        report_.credentials = credentials_.size();
        if (known) return;
        // Membership of each, in slices on all threads, the group's many-at-once functions on each slice.
        constexpr std::size_t k_slice = 16;
        struct Slice {
            std::size_t from, to;
        };
        WorkQueue<Worker, Slice> queue(workers_, [&](Worker&, Slice& slice) { check_credentials(slice.from, slice.to, hash); });
        for (std::size_t from = 0; from < credentials_.size(); from += k_slice)
            queue.push({from, std::min(from + k_slice, credentials_.size())});
        queue.drain();
    }

    // Each a key of the group (parse_key of group.hpp).
    void check_credentials(std::size_t from, std::size_t to, const std::string& hash) {
        std::vector<std::string_view> texts;
        for (std::size_t i = from; i < to; ++i) texts.push_back(credentials_[i].key);
        const auto points = G::decode_many_var(texts);
        std::vector<PowerTask<G>> tasks;
        tasks.reserve(points.size());
        for (const auto& point : points) tasks.push_back({point.value_or(G::identity()), {}, true});
        G::power_many_var(tasks);
        for (std::size_t i = 0; i < points.size(); ++i)
            if (!points[i] || !tasks[i].is_member || is_identity<G>(*points[i]))
                findings_.fail("credentials", hash, "not a key of the group (writing, subgroup or identity)",
                               std::string(texts[i]));
    }

    std::size_t find_credential(std::string_view key) const {
        const auto it = std::lower_bound(credentials_.begin(), credentials_.end(), key,
                                         [](const ListedCredential& a, std::string_view b) { return a.key < b; });
        return it == credentials_.end() || it->key != key ? k_nobody : static_cast<std::size_t>(it - credentials_.begin());
    }

    // On a worker's thread.
    void check(Worker& worker, Job& job) {
        BallotFault fault;
        const auto ballot = read_ballot<G>(job.text, election_, fault);
        if (!ballot) return findings_.fail("ballot", job.hash, fault.check, fault.where);
        const bool listed = job.voter != k_nobody;
        if (const auto found =
                job.known ? check_form<G>({election_, y_}, *ballot, job.text) : checker_->check(*ballot, job.text, listed))
            findings_.fail("ballot", job.hash, found->check, found->where);
        if (!listed) return;
        const std::uint64_t weight = credentials_[job.voter].weight;
        add_ballot(worker.counted, *ballot, weight);
        if (job.previous_size == 0) return;
        const auto previous = file_.read(job.previous_offset, job.previous_size);
        const auto superseded = previous ? read_ballot<G>(*previous, election_, fault) : std::nullopt;
        if (superseded) add_ballot(worker.superseded, *superseded, weight);
    }

    const RandomFile& file_;
    const ElectionRecord election_;
    const std::string public_creds_;
    const VerifyOptions& options_;
    const bool allow_revotes_;
    VerifyReport& report_;
    Findings& findings_;
    typename G::Element y_;
    std::optional<Trustees<G>> trustees_;
    std::vector<ListedCredential> credentials_;  // sorted by key
    std::vector<Place> last_;                    // the last ballot of each
    std::unordered_set<std::array<std::uint64_t, 4>, FirstWord> seen_;
    std::optional<FastChecker<G>> checker_;
    std::vector<Worker> workers_;
    std::unique_ptr<Queue> queue_;
    TallyRows<G> rows_;
    std::uint64_t total_weight_ = 0;
    std::string tally_;                               // the record, as published
    std::map<std::uint64_t, Factors<G>> factors_;     // by owner, of decryptions whose own proofs hold
    std::map<std::uint64_t, std::string> decrypted_;  // hashes of their records
    std::set<std::uint64_t> doubted_;                 // whose second proof does not hold
};

}  // namespace crypto
