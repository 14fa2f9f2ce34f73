// SPDX-License-Identifier: AGPL-3.0-or-later
// The order of an archive's events (SPECIFICATION.md 8.2, checks 10.4 to 10.11, 10.36, 10.39; 14.4); the records themselves are judged by
// archive/verify_records.hpp.
#include "crypto/archive/verify.hpp"

#include <algorithm>
#include <chrono>
#include <set>

#include "crypto/archive/companion.hpp"
#include "crypto/archive/format.hpp"
#include "crypto/archive/verify_records.hpp"
#include "crypto/groups.hpp"
#include "crypto/merkle.hpp"
#include "util/json.hpp"

namespace crypto {

namespace {

// Far above any real election, so that a hostile one costs no more memory than a few times its file.
constexpr std::size_t k_largest_record = 2 << 20;  // of election and trustees
constexpr std::size_t k_most_choices = 4096;       // of all questions together

struct Event {
    std::string parent, type, payload;
    std::uint64_t height = 0;
};

std::optional<Event> read_event(std::string_view bytes) {
    Reader in(bytes);
    Event event;
    in.literal("{");
    if (in.skip(R"("parent":)")) {
        event.parent = in.plain_string();
        in.literal(",");
    }
    in.literal(R"("height":)");
    event.height = in.number();
    in.literal(R"(,"type":)");
    event.type = in.plain_string();
    if (in.skip(R"(,"payload":)")) event.payload = in.plain_string();
    in.literal("}");
    if (!in.at_end() || write_event(event.parent, event.height, event.type, event.payload) != bytes) return std::nullopt;
    return event;
}

// Setup Ballot* [EndBallots [EncryptedTally PartialDecryption* [Result]]]
enum class Stage { start, ballots, ended, tallied, finished };

struct EventRule {
    std::string_view type;
    std::set<Stage> allowed;
    std::size_t records;  // just before the event, the last one its payload
    Stage next;
};
const EventRule k_rules[] = {
    {"Setup", {Stage::start}, 4, Stage::ballots},
    {"Ballot", {Stage::ballots}, 1, Stage::ballots},
    {"EndBallots", {Stage::ballots}, 0, Stage::ended},
    {"EncryptedTally", {Stage::ended}, 2, Stage::tallied},
    {"PartialDecryption", {Stage::tallied}, 2, Stage::tallied},
    {"Result", {Stage::tallied}, 1, Stage::finished},
};

bool begins_as_archive(const RandomFile& file) { return file.read(0, 9) == std::string("BELENIOS\0", 9); }
std::string not_an_archive(const std::filesystem::path& path) {
    return path.string() + " is not a .bel archive: it does not begin with the entry BELENIOS";
}

class ArchiveVerifier {
public:
    ArchiveVerifier(const RandomFile& file, const std::filesystem::path& path, const VerifyOptions& options, VerifyReport& report)
        : file_(file),
          path_(path),
          reader_(file),
          options_(options),
          report_(report),
          findings_(report),
          wanted_(options.trackers.begin(), options.trackers.end()) {}

    void run(const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
        if (!reader_.read_header()) {
            findings_.fail("archive", "BELENIOS", reader_.fault());
            return;
        }
        if (!compare_with_earlier_copy()) return;
        auto told = std::chrono::steady_clock::now();
        while (auto entry = reader_.next()) {
            if (entry->kind == ArchiveEntry::Kind::data) pending_.push_back(std::move(*entry));
            else take_event(*entry);
            if (fatal_) break;
            if (pending_.size() > 4) {
                findings_.fail("archive", pending_.front().hash, "record that no event refers to");
                break;
            }
            const auto now = std::chrono::steady_clock::now();
            if (progress && now - told > std::chrono::milliseconds(250)) {
                told = now;
                progress(reader_.position(), file_.size());
            }
        }
        finish();
        if (progress) progress(file_.size(), file_.size());
    }

private:
    // Byte for byte: an archive only grows.
    bool compare_with_earlier_copy() {
        if (!options_.since) return true;
        const RandomFile earlier(*options_.since);
        if (!earlier.is_open()) {
            report_.unreadable = "cannot read " + options_.since->string();
            return false;
        }
        if (!begins_as_archive(earlier)) {
            report_.unreadable = not_an_archive(*options_.since);
            return false;
        }
        if (earlier.is_same_file(file_)) {
            findings_.fail("archive", "BELENIOS", "the earlier copy is this very file");
            return true;
        }
        earlier_size_ = earlier.size();
        constexpr std::uint64_t k_piece = 1 << 20;
        for (std::uint64_t at = 0; at < earlier_size_; at += k_piece) {
            const std::uint64_t length = std::min(k_piece, earlier_size_ - at);
            const auto theirs = earlier.read(at, length), ours = file_.read(at, length);
            if (!theirs || !ours || *theirs != *ours) {
                const auto same =
                    theirs && ours ? std::mismatch(theirs->begin(), theirs->end(), ours->begin()).first - theirs->begin() : 0;
                findings_.fail("archive", "byte " + std::to_string(at + static_cast<std::uint64_t>(same)),
                               "the earlier copy is not a prefix of this one");
                earlier_size_ = 0;  // trust nothing of it
                return true;
            }
        }
        return true;
    }

    void take_event(const ArchiveEntry& entry) {
        const auto event = read_event(entry.body);
        std::vector<ArchiveEntry> records;
        records.swap(pending_);
        if (!event) return findings_.fail("event", entry.hash, "canonical form");
        if (event->parent != report_.head || event->height != height_)
            findings_.fail("event", entry.hash, "parent or height breaks the chain", event->type);
        report_.head = entry.hash;
        if (height_ == 0) report_.setup = entry.hash;
        ++height_;
        if (reader_.position() == earlier_size_) earlier_ends_on_event_ = true;
        const auto rule =
            std::find_if(std::begin(k_rules), std::end(k_rules), [&](const auto& r) { return r.type == event->type; });
        if (rule == std::end(k_rules)) return findings_.fail("event", entry.hash, "unknown type", event->type);
        if (records.size() != rule->records || (!records.empty() && event->payload != records.back().hash) ||
            event->payload.empty() != records.empty())
            return findings_.fail("event", entry.hash, "records before it are not those it refers to", event->type);
        if (rule->allowed.count(stage_) == 0) return findings_.fail("event", entry.hash, "out of order", event->type);
        // Lists of credentials alone may be that large.
        for (std::size_t i = 0; i < records.size(); ++i)
            if (!records[i].is_held() && !(rule->type == "Setup" && i == 2))
                return findings_.fail("event", entry.hash, "a record of it is above 16 MiB", event->type);
        stage_ = rule->next;
        apply(event->type, records);
    }

    void apply(const std::string& type, std::vector<ArchiveEntry>& records) {
        const bool known = reader_.position() <= earlier_size_;
        if (type == "Setup") return set_up(records, known);
        if (!verifier_) return;  // the Setup event was not understood: said already
        if (type == "Ballot") {
            look_for_tracker(records[0]);
            log_.append(util::from_hex(records[0].hash).value());
            verifier_->ballot(std::move(records[0].body), records[0].hash, records[0].offset, known);
        } else if (type == "EndBallots") {
            report_.closed = true;
            verifier_->end_ballots();
            report_.encrypted_tally = verifier_->own_tally();
        } else if (type == "EncryptedTally") {
            verifier_->encrypted_tally(records[0].body, records[1].body, records[0].hash);
        } else if (type == "PartialDecryption") {
            verifier_->partial_decryption(records[0].body, records[1].body, records[0].hash);
        } else {
            report_.finished = true;
            verifier_->result(records[0].body, records[0].hash);
        }
    }

    void set_up(std::vector<ArchiveEntry>& records, bool known) {
        if (records[3].body != write_setup_hashes(records[0].hash, records[1].hash, records[2].hash))
            findings_.fail("setup", records[3].hash, "hashes of election, trustees and credentials");
        if (records[0].body.size() > k_largest_record || records[1].body.size() > k_largest_record) {
            findings_.fail("setup", records[3].hash, "election or trustees record above 2 MiB");
            fatal_ = true;
            return;
        }
        if (!records[2].is_held() && !hold_credentials(records[2])) {
            findings_.fail("credentials", records[2].hash, "not a list of keys");
            fatal_ = true;
            return;
        }
        auto election = read_election_record(records[0].body);
        if (!election) {
            findings_.fail("election", records[0].hash, election.error().detail);
            fatal_ = true;
            return;
        }
        std::size_t choices = 0;
        for (const auto& question : election->questions) choices += question.choices();
        if (choices > k_most_choices) {
            findings_.fail("election", records[0].hash, "more than 4096 choices");
            fatal_ = true;
            return;
        }
        report_.uuid = election->uuid;
        report_.group = util::printable(election->group);
        report_.name = util::printable(election->name);
        report_.fingerprint = election->fingerprint;
        report_.rules = election->rules;
        report_.election = election->bytes;
        report_.trustees = records[1].body;
        for (const auto& question : election->questions) {
            auto& labels = report_.answers.emplace_back();
            if (question.blank) labels.emplace_back();
            for (const auto& answer : question.answers) labels.push_back(answer.empty() ? "-" : util::printable(answer));
        }
        verifier_ = with_group(
            election->group,
            [&]<class G>(GroupTag<G>) -> std::unique_ptr<RecordVerifier> {
                return std::make_unique<GroupRecordVerifier<G>>(file_, std::move(*election), records[1].body,
                                                                std::move(records[2].body), options_, known, report_, findings_);
            },
            []() -> std::unique_ptr<RecordVerifier> { return nullptr; });
        if (!verifier_ || (report_.group == Toy607::k_name && !options_.toy_group)) {
            findings_.fail("election", records[0].hash, "unknown group", report_.group);
            fatal_ = true;
        }
    }

    // Of a list too large to be read at once: printable bytes alone, before memory is asked for; a hole in a sparse file is none.
    bool hold_credentials(ArchiveEntry& record) {
        constexpr std::uint64_t k_piece = 1 << 20;
        for (std::uint64_t at = 0; at < record.size; at += k_piece) {
            const auto piece = file_.read(record.offset + at, std::min(k_piece, record.size - at));
            if (!piece || std::any_of(piece->begin(), piece->end(), [](char c) { return c < ' ' || c > '~'; })) return false;
        }
        auto body = file_.read(record.offset, record.size);
        if (body) record.body = std::move(*body);
        return body.has_value();
    }

    void look_for_tracker(const ArchiveEntry& record) {
        if (wanted_.empty()) return;
        const std::string shown = util::to_base64_unpadded(util::from_hex(record.hash).value());
        if (wanted_.erase(record.hash) + wanted_.erase(shown) != 0) found_.emplace_back(shown, record.offset);
    }

    // Second proofs, and whether more decryptions than enough agree (section 14).
    void judge_decryptions() {
        const std::string name = companion_name(report_.uuid);
        const RandomFile file(options_.companion.value_or(path_.parent_path() / name));
        if (!verifier_->has_decryptions() && !options_.companion) return;
        std::optional<Companion> companion;
        if (file.is_open()) {
            const auto text = file.size() <= k_held_body ? file.read(0, file.size()) : std::nullopt;
            if (text) companion = read_companion(*text);
            if (!companion) findings_.fail("second proofs", name, "file not in its one writing");
        } else if (report_.rules.bound_decryption) {
            findings_.fail("second proofs", name, "the record demands them, and their file is missing");
        } else {
            report_.remarks.push_back("no file of second proofs, and the record demands none");
        }
        if (companion && (companion->uuid != report_.uuid || companion->setup != report_.setup)) {
            findings_.fail("second proofs", name, "file of another election or Setup event");
            companion.reset();
        }
        if (companion) verifier_->second_proofs(*companion, name);
        verifier_->compare_decryptions();
    }

    void finish() {
        if (!reader_.fault().empty()) findings_.fail("archive", "byte " + std::to_string(reader_.position()), reader_.fault());
        for (const auto& record : pending_) findings_.fail("archive", record.hash, "record that no event refers to");
        if (earlier_size_ != 0 && !earlier_ends_on_event_)
            findings_.fail("archive", "byte " + std::to_string(earlier_size_), "the earlier copy does not end with an event");
        if (fatal_) return;
        if (stage_ == Stage::start) findings_.fail("archive", "end", "no Setup event");
        if (stage_ == Stage::ballots && verifier_) verifier_->end_ballots();
        report_.log_root = log_.root();
        if (verifier_) judge_decryptions();
        for (const auto& tracker : wanted_) findings_.fail("tracker", tracker, "no ballot of the archive has it");
        for (const auto& [tracker, offset] : found_)
            if (verifier_ && !verifier_->is_last(offset))
                report_.remarks.push_back("tracker " + tracker + ": superseded by a later ballot of its credential, not counted");
        if (report_.revotes != 0)
            report_.remarks.push_back(std::to_string(report_.revotes) + " superseded ballots (a credential's last one counts)");
        if (report_.ballots_not_rechecked != 0)
            report_.remarks.push_back(std::to_string(report_.ballots_not_rechecked) +
                                      " ballots of the earlier copy were counted, their proofs not checked again");
        if (stage_ == Stage::ballots) report_.remarks.push_back("running election: the ballot box is not closed");
        if (stage_ == Stage::ended || stage_ == Stage::tallied) report_.remarks.push_back("closed election, without result yet");
    }

    const RandomFile& file_;
    const std::filesystem::path& path_;
    ArchiveReader reader_;
    const VerifyOptions& options_;
    VerifyReport& report_;
    Findings findings_;
    merkle::Frontier log_;                                      // over the ballots
    std::set<std::string> wanted_;                              // trackers not met yet
    std::vector<std::pair<std::string, std::uint64_t>> found_;  // and those met, with the place of the ballot
    std::vector<ArchiveEntry> pending_;
    std::unique_ptr<RecordVerifier> verifier_;
    Stage stage_ = Stage::start;
    std::uint64_t height_ = 0, earlier_size_ = 0;
    bool earlier_ends_on_event_ = false, fatal_ = false;
};

}  // namespace

VerifyReport verify_archive(const std::filesystem::path& path, const VerifyOptions& options,
                            const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
    VerifyReport report;
    const RandomFile file(path);
    if (!file.is_open()) {
        report.unreadable = "cannot read " + path.string() + " as a file";
        return report;
    }
    if (!begins_as_archive(file)) {
        report.unreadable = not_an_archive(path);
        return report;
    }
    if (options.companion && !RandomFile(*options.companion).is_open()) {
        report.unreadable = "cannot read " + options.companion->string();
        return report;
    }
    ArchiveVerifier(file, path, options, report).run(progress);
    return report;
}

std::string to_line(const VerifyFailure& failure) {
    // A ballot's hash is also the tracker that the elector was shown, in its other writing.
    const auto digest = failure.what == "ballot" ? util::from_hex(failure.record) : std::nullopt;
    const std::string tracker = digest ? " (tracker " + util::to_base64_unpadded(*digest) + ")" : "";
    return failure.what + " " + failure.record + tracker + ": " + failure.check +
           (failure.where.empty() ? "" : " (" + failure.where + ")");
}

std::string to_json(const VerifyReport& report) {
    util::Json json = {{"all_passed", report.all_passed()},
                       {"uuid", report.uuid},
                       {"group", report.group},
                       {"name", report.name},
                       {"election_fingerprint", report.fingerprint},
                       {"credentials_fingerprint", report.credentials_fingerprint},
                       {"head", report.head},
                       {"setup", report.setup},
                       {"second_proofs", report.second_proofs},
                       {"credentials", report.credentials},
                       {"ballots", report.ballots},
                       {"log_root", util::to_hex(report.log_root)},
                       {"ballots_not_rechecked", report.ballots_not_rechecked},
                       {"counted", report.counted},
                       {"revotes", report.revotes},
                       {"closed", report.closed},
                       {"finished", report.finished},
                       {"answers", report.answers},
                       {"result", report.result},
                       {"remarks", report.remarks},
                       {"further_failures", report.further_failures},
                       {"failures", util::Json::array()}};
    if (report.unreadable) json["unreadable"] = *report.unreadable;
    for (const auto& f : report.failures)
        json["failures"].push_back({{"what", f.what}, {"record", f.record}, {"check", f.check}, {"where", f.where}});
    return json.dump(-1, /*replaces=*/true);
}

}  // namespace crypto
