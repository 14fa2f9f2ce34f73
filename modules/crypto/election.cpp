// SPDX-License-Identifier: AGPL-3.0-or-later
// Election of protocol.hpp: one generic class per group.
#include <mutex>

#include "crypto/ballot_fast.hpp"
#include "crypto/ballot_maker.hpp"
#include "crypto/decryption_binding.hpp"
#include "crypto/groups.hpp"
#include "crypto/protocol.hpp"
#include "crypto/tally.hpp"
#include "crypto/trustees/key.hpp"

namespace crypto {

namespace {

util::Failure bad(std::string what) { return util::failure(util::Fault::invalid, std::move(what)); }

template <class G>
class GroupElection final : public Election {
public:
    GroupElection(ElectionRecord election, typename G::Element y) : election_(std::move(election)), y_(std::move(y)) {}

    const std::string& record() const override { return election_.bytes; }
    const std::string& uuid() const override { return election_.uuid; }
    const std::string& group() const override { return election_.group; }
    const std::string& fingerprint() const override { return election_.fingerprint; }
    const ElectionRules& rules() const override { return election_.rules; }
    std::size_t choices() const override { return election_.questions[0].choices(); }

    util::Result<BallotInfo> check_ballot(std::string_view text) const override {
        BallotFault fault;
        const auto ballot = read_ballot<G>(text, election_, fault);
        if (ballot)
            if (auto found = checker().check(*ballot, text, /*credential_known=*/false)) fault = *found;
        if (!fault.check.empty()) return bad(fault.check + " (" + fault.where + ")");
        const std::string digest = util::sha256(text);
        return BallotInfo{ballot->credential.text, util::to_hex(digest), util::to_base64_unpadded(digest)};
    }

    std::optional<std::string> make_ballot(std::string_view code, std::size_t choice) const override {
        ENSURE(choice < choices());
        const auto sk = derive_secret<typename G::Scalar>(election_.uuid, code);
        if (!sk) return std::nullopt;
        std::vector<std::uint64_t> plain;
        for (std::size_t i = 0; i < choices(); ++i) plain.push_back(equal_small(i, choice));
        return crypto::make_ballot<G>(context(), **sk, {std::move(plain)});
    }

    util::Result<Tally> tally(const std::function<std::optional<std::string>()>& next) const override {
        auto rows = empty_tally<G>(election_);
        std::uint64_t count = 0;
        for (; const auto text = next(); ++count) {
            BallotFault fault;
            const auto ballot = read_ballot<G>(*text, election_, fault);
            if (!ballot) return bad("ballot " + sha_hex(*text) + ": " + fault.check + " (" + fault.where + ")");
            add_ballot(rows, *ballot, 1);
        }
        Tally tally{write_encrypted_tally<G>(rows), {}, count};
        tally.sized = write_sized(count, count, tally.encrypted_tally);
        return tally;
    }

    util::Result<std::string> partial_decrypt(std::string_view trustees_record, std::string_view encrypted_tally, unsigned owner,
                                              const util::SecretText& trustee_key) const override {
        const auto trustees = own_trustees(trustees_record);
        if (!trustees) return trustees.error();
        const auto place = trustees->find_owner(owner);
        const auto rows = read_encrypted_tally<G>(encrypted_tally, election_);
        if (!place || !rows) return bad(!place ? "owner out of range" : "encrypted tally not canonical");
        const auto& X = trustees->key_of(*place);
        const auto x = open_trustee_key<G>(trustee_key.view(), X);
        if (!x) return bad("the key is not trustee " + std::to_string(owner) + "'s");
        return decrypt_partially<G>(election_, *rows, X, **x);
    }

    bool verify_partial_decryption(std::string_view trustees_record, std::string_view encrypted_tally, unsigned owner,
                                   std::string_view partial) const override {
        const auto trustees = own_trustees(trustees_record);
        const auto rows = read_encrypted_tally<G>(encrypted_tally, election_);
        if (!trustees || !rows) return false;
        const auto place = trustees->find_owner(owner);
        std::string why;
        return place && check_partial<G>(election_, *rows, trustees->key_of(*place), partial, why);
    }

    util::Result<std::string> bind_decryption(std::string_view setup, std::string_view trustees_record,
                                              std::string_view encrypted_tally, unsigned owner, const util::SecretText& trustee_key,
                                              std::string_view partial) const override {
        const auto part = read_part(trustees_record, encrypted_tally, owner, partial);
        if (!part) return part.error();
        const auto x = open_trustee_key<G>(trustee_key.view(), part->X);
        if (!x) return bad("the key is not trustee " + std::to_string(owner) + "'s");
        for (std::size_t q = 0; q < part->rows.size(); ++q)
            for (std::size_t i = 0; i < part->rows[q].size(); ++i)
                if (!G::equal(G::power_secret(part->rows[q][i].a, **x), part->factors[q][i]))
                    return bad("the decryption is not of this total and this key");
        return write_proof(prove_binding<G>({setup, encrypted_tally, owner, part->X, part->rows, part->factors}, **x));
    }

    bool verify_binding(std::string_view setup, std::string_view trustees_record, std::string_view encrypted_tally, unsigned owner,
                        std::string_view partial, std::string_view proof) const override {
        const auto part = read_part(trustees_record, encrypted_tally, owner, partial);
        Reader in(proof);
        const auto read = read_proof<G>(in);
        return part && in.at_end() &&
               crypto::verify_binding<G>({setup, encrypted_tally, owner, part->X, part->rows, part->factors}, read);
    }

    util::Result<Counts> combine(std::string_view trustees_record, const Tally& tally,
                                 const std::vector<std::pair<unsigned, std::string>>& partials) const override {
        const auto trustees = own_trustees(trustees_record);
        if (!trustees) return trustees.error();
        const auto rows = read_encrypted_tally<G>(tally.encrypted_tally, election_);
        if (!rows) return bad("encrypted tally not canonical");
        std::map<std::uint64_t, Factors<G>> by_owner;
        for (const auto& [owner, record] : partials) {
            const auto place = trustees->find_owner(owner);
            std::string why = place ? "" : "owner out of range";
            auto factors = place ? check_partial<G>(election_, *rows, trustees->key_of(*place), record, why) : std::nullopt;
            if (!factors) return bad("partial decryption of " + std::to_string(owner) + ": " + why);
            if (!by_owner.emplace(owner, std::move(*factors)).second) return bad("two partial decryptions of one trustee");
        }
        if (const auto odd = disagreeing_owners(*trustees, by_owner); !odd.empty())
            return util::failure(util::Fault::conflict,
                                 "the partial decryption of " + std::to_string(odd.front()) + " does not agree with the others");
        const auto F = combine_factors(*trustees, by_owner);
        if (!F) return bad("not enough partial decryptions");
        const DiscreteLog<G> logs(tally.count);
        std::vector<std::vector<std::uint64_t>> counts;
        for (std::size_t q = 0; q < rows->size(); ++q) {
            auto& row = counts.emplace_back();
            for (std::size_t i = 0; i < (*rows)[q].size(); ++i) {
                const auto n = logs.solve_var(opened<G>((*rows)[q][i], (*F)[q][i]));
                if (!n) return bad("a count exceeds the number of ballots");
                row.push_back(*n);
            }
        }
        return Counts{write_result(counts), counts[0]};
    }

private:
    // What a second proof speaks of, its writing and the factors' membership checked.
    struct Part {
        Encoded<G> X;
        TallyRows<G> rows;
        Factors<G> factors;
    };
    util::Result<Part> read_part(std::string_view trustees_record, std::string_view encrypted_tally, unsigned owner,
                                 std::string_view record) const {
        const auto trustees = own_trustees(trustees_record);
        if (!trustees) return trustees.error();
        const auto place = trustees->find_owner(owner);
        auto rows = read_encrypted_tally<G>(encrypted_tally, election_);
        if (!place || !rows) return bad(!place ? "owner out of range" : "encrypted tally not canonical");
        std::string why;
        auto partial = read_partial<G>(*rows, record, why);
        if (!partial) return bad("partial decryption " + why);
        for (const auto& row : partial->factors)
            for (const auto& factor : row)
                if (!G::is_member_var(factor)) return bad("membership of decryption_factors");
        return Part{trustees->key_of(*place), std::move(*rows), std::move(partial->factors)};
    }

    BallotContext<G> context() const { return {election_, y_}; }

    // The trustees, if this election's key is theirs.
    util::Result<Trustees<G>> own_trustees(std::string_view record) const {
        auto trustees = read_trustees<G>(record);
        if (trustees && !G::equal(trustees->public_key, y_)) return bad("the election key is not that of the trustees");
        return trustees;
    }

    // Built at the first check: 0.1 MB of tables for Ed25519, 0.5 MB for BELENIOS-2048.
    const FastChecker<G>& checker() const {
        std::call_once(checker_once_, [this] { checker_.emplace(context(), 5); });
        return *checker_;
    }

    ElectionRecord election_;
    typename G::Element y_;
    mutable std::once_flag checker_once_;
    mutable std::optional<FastChecker<G>> checker_;
};

}  // namespace

util::Result<std::shared_ptr<const Election>> Election::parse(std::string_view record) {
    using Shared = std::shared_ptr<const Election>;
    auto election = read_election_record(record);
    if (!election) return election.error();
    return with_group(
        election->group,
        [&]<class G>(GroupTag<G>) -> util::Result<Shared> {
            auto y = parse_key<G>(election->public_key);
            if (!y) return bad("election record: public_key is not a key of the group");
            return Shared(std::make_shared<const GroupElection<G>>(std::move(*election), std::move(y->point)));
        },
        [&]() -> util::Result<Shared> { return bad("election record: unknown group " + election->group); });
}

}  // namespace crypto
