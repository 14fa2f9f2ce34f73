// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/chain_check.hpp"

#include "domain/audit.hpp"
#include "util/bytes.hpp"
#include "util/signature.hpp"
#include "util/text.hpp"

namespace domain {

namespace {

std::string several(std::uint64_t count, std::string_view one, std::string_view many) {
    return util::french_number(static_cast<long long>(count)) + " " + std::string(count > 1 ? many : one);
}
std::string ballots(std::uint64_t count) { return several(count, "bulletin", "bulletins"); }
std::string signed_entries_in_words(std::uint64_t count) { return several(count, "entrée signée", "entrées signées"); }

}  // namespace

BallotLogCheck::BallotLogCheck(std::string uuid, std::string log_key, std::optional<LogHead> head)
    : uuid_(std::move(uuid)), log_key_(std::move(log_key)), head_(std::move(head)) {
    compare();
}

void BallotLogCheck::add_hash(std::string_view ballot_hash_raw) {
    frontier_.append(ballot_hash_raw);
    compare();
}

void BallotLogCheck::compare() {
    if (head_ && head_->size == frontier_.size()) is_over_these_ = util::to_hex(frontier_.root()) == head_->root;
}

std::string BallotLogCheck::why_not(bool complete) const {
    if (!head_) {
        if (frontier_.size() == 0 || !complete) return {};
        return ballots(frontier_.size()) + " dans l’urne et aucune tête signée du journal public";
    }
    const auto root = util::from_hex(head_->root);
    if (!root || !util::verify_signature(log_key_, crypto::merkle::head_message(uuid_, head_->size, *root), head_->signature))
        return "la dernière tête du journal public n’est pas signée par la clé scellée";
    if (frontier_.size() < head_->size)
        return "le journal public a signé " + ballots(head_->size) + ", l’urne n’en a plus que " + std::to_string(frontier_.size());
    if (!is_over_these_) return "les bulletins de l’urne ne sont pas ceux que le journal public a signés, ou pas dans leur ordre";
    if (complete && frontier_.size() > head_->size)
        return "l’urne a " + ballots(frontier_.size()) + ", le journal public n’en a signé que " + std::to_string(head_->size);
    return {};
}

JournalCheck::JournalCheck(crypto::tlog::Verifier key, std::optional<JournalHead> head)
    : key_(std::move(key)), head_(std::move(head)), last_hash_(k_audit_start) {}

void JournalCheck::add(std::uint64_t id, std::string_view at, std::string_view actor, std::string_view action,
                       std::string_view detail, std::string_view hash) {
    if (broken_) return;
    const std::string expected = audit_hash(last_hash_, at, actor, action, detail);
    broken_ = id != entries_ + 1 || hash != expected;
    if (broken_) return;
    tree_.append(*util::from_hex(expected));
    entries_ = id, last_hash_ = expected;
    if (head_ && head_->size == tree_.size()) root_at_head_ = tree_.root();
}

std::string JournalCheck::why_not() const {
    if (broken_) return "journal rompu à l’entrée " + std::to_string(entries_ + 1) + " : elle manque ou elle a été changée";
    if (!head_) return {};
    const auto opened = crypto::tlog::open_checkpoint(head_->note, key_);
    if (!opened || opened->checkpoint.size != head_->size)
        return "la dernière tête du journal n’est pas signée par la clé du processus sceau";
    if (head_->size > entries_)
        return "journal coupé : " + signed_entries_in_words(head_->size) + ", il n’en reste que " + std::to_string(entries_);
    if (opened->checkpoint.root != root_at_head_)
        return "journal changé : ses " + std::to_string(head_->size) + " premières entrées ne sont pas celles qui ont été signées";
    return {};
}

}  // namespace domain
