// SPDX-License-Identifier: AGPL-3.0-or-later
// The fuzz targets of crypto: one program, the environment variable FUZZ_TARGET chooses the target. The same function runs under
// libFuzzer and in the replay.
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>

#include "crypto/archive/companion.hpp"
#include "crypto/archive/verify.hpp"
#include "crypto/ballot_maker.hpp"
#include "crypto/groups.hpp"
#include "crypto/protocol.hpp"
#include "crypto/tally.hpp"
#include "crypto/tlog.hpp"
#include "crypto/trustees/ceremony_steps.hpp"
#include "util/ensure.hpp"
#include "util/text.hpp"

namespace {

using crypto::Ed25519;
using crypto::Toy607;

// Elections whose ballots stand in the corpus: the toy one's key is the generator, so that its corpus can be made again.
const std::string& toy_election() {
    static const std::string record = crypto::make_election_record("11111111111111", "TOY-607", "64", "n", "d", {"q", {"a", "b"}});
    return record;
}

// Accepted means: written back to the same bytes, here and by the protocol's face.
template <class G>
void read_as_ballot(std::string_view input, const std::string& record) {
    static const auto election = crypto::read_election_record(record);
    crypto::BallotFault fault;
    const auto ballot = crypto::read_ballot<G>(input, *election, fault);
    if (!ballot) {
        ENSURE(!fault.check.empty());
        return;
    }
    ENSURE(crypto::write_signed(crypto::write_unsigned(*ballot), *ballot) == input);
}

void target_ballot(std::string_view input) {
    read_as_ballot<Toy607>(input, toy_election());
    static const std::string ed = crypto::make_election_record("11111111111111", "Ed25519", Ed25519::encode(Ed25519::generator()),
                                                               "n", "d", {"q", {"a", "b"}});
    read_as_ballot<Ed25519>(input, ed);
    static const auto election = crypto::Election::parse(toy_election());
    (void)(*election)->check_ballot(input);
}

void target_archive(std::string_view input) {
    if (const auto companion = crypto::read_companion(input)) ENSURE(crypto::write_companion(*companion) == input);
    const int file = memfd_create("fuzz", 0);
    ENSURE(file >= 0);
    ENSURE(write(file, input.data(), input.size()) == static_cast<ssize_t>(input.size()));
    const std::string path = "/proc/self/fd/" + std::to_string(file);
    const auto report = crypto::verify_archive(path, {.jobs = 1, .toy_group = true});
    ENSURE(!crypto::to_json(report).empty());
    close(file);
}

template <class G>
void read_as_trustees(std::string_view input) {
    const auto trustees = crypto::read_trustees<G>(input);
    if (trustees) ENSURE(!crypto::is_identity<G>(trustees->public_key));
    // The ceremony's messages share the grammar.
    const auto cert = crypto::read_whole<crypto::SignedMessage<G>>(input, crypto::read_signed_message<G>);
    if (cert) (void)crypto::check_cert<G>(*cert, 3, 2, 1);
    const auto polynomial = crypto::read_whole<crypto::PolynomialText<G>>(input, crypto::read_polynomial<G>);
    if (polynomial) ENSURE(crypto::commit_to_polynomial<G>(input).has_value());
    const crypto::HolderKeys<G> own("1111111111111111111111");
    (void)crypto::receive_channel<G>(own, own.vk.point, input);
    (void)crypto::read_holder_file(input);
}

void target_trustees(std::string_view input) {
    read_as_trustees<Toy607>(input);
    read_as_trustees<Ed25519>(input);
}

void target_credentials(std::string_view input) {
    std::string why;
    if (const auto list = crypto::read_public_creds(input, why)) {
        for (const auto& credential : *list) (void)crypto::parse_key<Ed25519>(credential.key);
    } else {
        ENSURE(!why.empty());
    }
    (void)crypto::Election::parse(input);
    const auto tally = crypto::read_election_record(toy_election());
    if (const auto rows = crypto::read_encrypted_tally<Toy607>(input, *tally))
        ENSURE(crypto::write_encrypted_tally<Toy607>(*rows) == input);
}

void target_code(std::string_view input) {
    const auto key = crypto::derive_public_key("TOY-607", "11111111111111", input);
    if (key) ENSURE(crypto::is_full_code(input) || crypto::is_old_code(input));
    if (const auto point = Ed25519::decode_var(input)) ENSURE(Ed25519::encode(*point) == input);
    if (const auto number = crypto::Belenios2048::decode_var(input)) ENSURE(crypto::Belenios2048::encode(*number) == input);
    if (const auto scalar = Ed25519::Scalar::parse(input)) ENSURE(scalar->text() == input);
}

// What witnesses and followers of a public log are sent, and what a witness sends to the portal.
void target_note(std::string_view input) {
    namespace tlog = crypto::tlog;
    static const tlog::Verifier log{"elections.example/urne/1", tlog::KeyKind::log, std::string(32, 'k')};
    if (const auto note = tlog::Note::parse(input)) {
        ENSURE(note->write() == input && util::is_utf8(note->text) && !note->signatures.empty());
        if (const auto checkpoint = tlog::Checkpoint::parse(note->text)) ENSURE(note->text.starts_with(checkpoint->text()));
        ENSURE(!tlog::open_checkpoint(input, log));  // nobody has that key
    }
    if (const auto request = tlog::AddCheckpoint::parse(input)) ENSURE(request->write() == input);
    if (const auto verifier = tlog::Verifier::parse(input)) ENSURE(verifier->text() == input);
    if (const auto entries = tlog::parse_entries(input)) ENSURE(tlog::write_entries(*entries) == input);
}

using Target = void (*)(std::string_view);

Target chosen_target() {
    const char* name = std::getenv("FUZZ_TARGET");
    ENSURE(name != nullptr);
    const std::pair<std::string_view, Target> k_targets[] = {{"ballot", target_ballot},     {"archive", target_archive},
                                                             {"trustees", target_trustees}, {"credentials", target_credentials},
                                                             {"code", target_code},         {"note", target_note}};
    for (const auto& [known, target] : k_targets)
        if (known == name) return target;
    ENSURE(false && "unknown target");
    return nullptr;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Target target = chosen_target();
    target(std::string_view(reinterpret_cast<const char*>(data), size));
    return 0;
}
