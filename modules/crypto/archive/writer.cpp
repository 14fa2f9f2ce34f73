// SPDX-License-Identifier: AGPL-3.0-or-later
// ArchiveWriter of protocol.hpp: the order of events is the writer's own promise, kept by ENSURE.
#include "crypto/archive/format.hpp"
#include "crypto/protocol.hpp"
#include "util/ensure.hpp"

namespace crypto {

enum class Part { start, ballots, ended, tallied, decrypting, done };

struct ArchiveWriter::State {
    std::function<void(std::string_view)> sink;
    std::int64_t timestamp;
    Part stage = Part::start;
    std::uint64_t height = 0;
    std::string parent;

    void entry(std::string_view name, std::string_view body) const {
        sink(tar_header(name, body.size(), timestamp));
        sink(body);
        static constexpr char k_zeros[k_tar_block] = {};
        sink(std::string_view(k_zeros, tar_padding(body.size())));
    }
    std::string record(std::string_view body) const {
        std::string hash = sha_hex(body);
        entry(hash + ".data.json", body);
        return hash;
    }
    void event(std::string_view type, std::string_view payload) {
        const std::string body = write_event(parent, height, type, payload);
        parent = sha_hex(body);
        ++height;
        entry(parent + ".event.json", body);
    }
};

ArchiveWriter::ArchiveWriter(std::function<void(std::string_view)> sink, std::int64_t timestamp)
    : state_(std::make_unique<State>()) {
    state_->sink = std::move(sink);
    state_->timestamp = timestamp;
    state_->entry("BELENIOS", archive_header(timestamp));
}
ArchiveWriter::~ArchiveWriter() = default;

void ArchiveWriter::setup(std::string_view election, std::string_view trustees, std::string_view public_creds) {
    ENSURE(state_->stage == Part::start);
    state_->stage = Part::ballots;
    state_->record(election);
    state_->record(trustees);
    state_->record(public_creds);
    state_->event("Setup", state_->record(write_setup_data(election, trustees, public_creds)));
}

void ArchiveWriter::ballot(std::string_view ballot) {
    ENSURE(state_->stage == Part::ballots);
    state_->event("Ballot", state_->record(ballot));
}

void ArchiveWriter::end_ballots() {
    ENSURE(state_->stage == Part::ballots);
    state_->stage = Part::ended;
    state_->event("EndBallots", {});
}

void ArchiveWriter::encrypted_tally(std::string_view encrypted_tally, std::string_view sized) {
    ENSURE(state_->stage == Part::ended);
    state_->stage = Part::tallied;
    state_->record(encrypted_tally);
    state_->event("EncryptedTally", state_->record(sized));
}

void ArchiveWriter::partial_decryption(std::string_view partial, std::string_view owned) {
    ENSURE(state_->stage == Part::tallied || state_->stage == Part::decrypting);
    state_->stage = Part::decrypting;
    state_->record(partial);
    state_->event("PartialDecryption", state_->record(owned));
}

void ArchiveWriter::result(std::string_view result) {
    ENSURE(state_->stage == Part::decrypting);
    state_->stage = Part::done;
    state_->event("Result", state_->record(result));
}

}  // namespace crypto
