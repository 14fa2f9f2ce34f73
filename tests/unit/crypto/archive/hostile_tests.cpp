// SPDX-License-Identifier: AGPL-3.0-or-later
// Files made to make the verifier crash, wait, or ask for memory: it says what is wrong instead. Each runs in a child whose memory
// and time are bounded, so that a breach is a failed test and not a lost machine.
#include <sodium.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>

#include <set>
#include <utility>

#include "crypto/forge.hpp"
#include "util/bytes.hpp"

using crypto::Ed25519;
using test::Chain;
using test::Forge;

namespace {

struct Verdict {
    std::string text;    // as of lines(); "crash <signal>", "too long"
    long grown_mib = 0;  // memory at its peak above what the child was born with
};

long status_mib(const char* field) {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with(field)) return std::stol(line.substr(line.find(':') + 1)) / 1024;
    return -1;
}

// A sanitizer takes several times the time, and memory for its shadow and for what was freed; an input that costs without end is
// still told.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool k_is_sanitized = true;
#else
constexpr bool k_is_sanitized = false;
#endif
#ifdef __OPTIMIZE__
constexpr bool k_is_quick = !k_is_sanitized;
#else
constexpr bool k_is_quick = false;  // under counters
#endif

namespace hostile_tests {

constexpr unsigned k_seconds = k_is_quick ? 20 : 200;
constexpr long allowed_mib(long plain) { return k_is_sanitized ? 4 * plain + 600 : plain; }

// What verify says of a file, in a child of its own with two threads; k_seconds of its time at most.
Verdict verify_in_child(const std::filesystem::path& path, const crypto::VerifyOptions& options = {}) {
    int ends[2];
    BOOST_REQUIRE(pipe(ends) == 0);
    const pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        const rlimit time{k_seconds, k_seconds};
        setrlimit(RLIMIT_CPU, &time);
        const rlimit memory{3ul << 30, 3ul << 30};
        if (!k_is_sanitized) setrlimit(RLIMIT_AS, &memory);  // their shadow takes terabytes of addresses
        alarm(3 * k_seconds);
        std::ofstream("/proc/self/clear_refs") << "5";  // the peak starts anew
        const long born = status_mib("VmRSS");
        crypto::VerifyOptions own = options;
        own.jobs = 2;
        const auto report = crypto::verify_archive(path, own);
        std::string text = report.unreadable     ? "unreadable: " + *report.unreadable
                           : report.all_passed() ? "all checks passed"
                                                 : test::lines(report);
        const std::string json = crypto::to_json(report);  // must be writable too
        text = std::to_string(status_mib("VmHWM") - born) + "\n" + text.substr(0, 60'000) + (json.empty() ? "no json" : "");
        [[maybe_unused]] const auto written = write(ends[1], text.data(), text.size());
        _exit(0);
    }
    close(ends[1]);
    Verdict verdict;
    char buffer[4096];
    for (ssize_t got; (got = read(ends[0], buffer, sizeof buffer)) > 0;) verdict.text.append(buffer, static_cast<std::size_t>(got));
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    if (WIFSIGNALED(status))
        verdict.text =
            WTERMSIG(status) == SIGALRM || WTERMSIG(status) == SIGXCPU ? "too long" : "crash " + std::to_string(WTERMSIG(status));
    else verdict.grown_mib = std::stol(verdict.text);
    return verdict;
}

class File {
public:
    explicit File(std::string_view bytes) { std::ofstream(path(), std::ios::binary) << bytes; }
    std::filesystem::path path() const { return directory_.path() / "x.bel"; }
    std::uint64_t size() const { return std::filesystem::file_size(path()); }

private:
    test::TemporaryDirectory directory_;
};

bool says(const Verdict& verdict, std::string_view reason) {
    const bool found = verdict.text.find(reason) != std::string::npos;
    if (!found) BOOST_TEST_MESSAGE("wanted: " << reason << "\ngot: " << verdict.text.substr(0, 2000));
    return found;
}

const Forge<Ed25519>& good() {
    static const Forge<Ed25519> forge;
    return forge;
}

std::string hash_of_zeros(std::uint64_t size) {
    const std::vector<unsigned char> piece(1 << 20);
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    for (std::uint64_t done = 0; done < size; done += piece.size()) crypto_hash_sha256_update(&state, piece.data(), piece.size());
    std::string digest(32, '\0');
    crypto_hash_sha256_final(&state, reinterpret_cast<unsigned char*>(digest.data()));
    return util::to_hex(digest);
}

// A Setup whose election record is this.
std::string setup_with(const std::string& election) {
    Chain chain;
    chain.setup(election, good().trustees, good().public_creds);
    return chain.bytes;
}

std::string election_with(const std::string& questions) {
    const std::string& record = good().election;
    const std::size_t from = record.find("\"questions\":") + 12, to = record.find(",\"uuid\"");
    return record.substr(0, from) + questions + record.substr(to);
}

std::string repeat(std::string_view piece, std::size_t times) {
    std::string text;
    text.reserve(piece.size() * times);
    for (std::size_t i = 0; i < times; ++i) text += piece;
    return text;
}

}  // namespace hostile_tests

BOOST_AUTO_TEST_SUITE(hostile_tests)

BOOST_AUTO_TEST_CASE(a_header_that_claims_eight_gibibytes_asks_for_none) {
    const std::string start = good().archive().substr(0, 1024);
    const File file(start + crypto::tar_header(std::string(64, 'a') + ".data.json", 0x1ffffffff, 1'790'000'000) +
                    std::string(4096, 'x'));
    const auto verdict = verify_in_child(file.path());
    BOOST_TEST(says(verdict, "truncated entry"));
    BOOST_TEST(verdict.grown_mib < allowed_mib(32));
}

// Half a gibibyte on paper, nothing on the disk: read in pieces, never held.
BOOST_AUTO_TEST_CASE(a_large_sparse_file_is_read_in_pieces) {
    constexpr std::uint64_t k_size = 512 << 20;
    const std::string start = good().archive().substr(0, 1024);
    const File wrong(start + crypto::tar_header(std::string(64, 'a') + ".data.json", k_size, 1'790'000'000));
    BOOST_REQUIRE(truncate(wrong.path().c_str(), static_cast<off_t>(1024 + 512 + k_size)) == 0);
    const auto verdict = verify_in_child(wrong.path());
    BOOST_TEST(says(verdict, "is not the hash of its content"));
    BOOST_TEST(verdict.grown_mib < allowed_mib(64));
}

// A list of credentials that is one large hole, its hash right, in a chain of events that is right.
BOOST_AUTO_TEST_CASE(a_hole_for_a_list_of_credentials_is_no_list) {
    constexpr std::uint64_t k_size = 128 << 20;
    const std::string hash = hash_of_zeros(k_size);
    const File file("");
    Chain chain;
    for (const auto* record : {&good().election, &good().trustees}) chain.entry(crypto::sha_hex(*record) + ".data.json", *record);
    const std::string data = crypto::write_setup_hashes(crypto::sha_hex(good().election), crypto::sha_hex(good().trustees), hash);
    Chain rest;
    rest.bytes.clear();
    rest.entry(crypto::sha_hex(data) + ".data.json", data);
    const std::string event = crypto::write_event("", 0, "Setup", crypto::sha_hex(data));
    rest.entry(crypto::sha_hex(event) + ".event.json", event);
    const std::string before = chain.bytes + crypto::tar_header(hash + ".data.json", k_size, 1'790'000'000);
    std::ofstream(file.path(), std::ios::binary) << before;
    BOOST_REQUIRE(truncate(file.path().c_str(), static_cast<off_t>(before.size() + k_size)) == 0);
    std::ofstream(file.path(), std::ios::binary | std::ios::app) << rest.bytes;
    const auto verdict = verify_in_child(file.path());
    BOOST_TEST(says(verdict, "not a list of keys"));
    BOOST_TEST(verdict.grown_mib < allowed_mib(40));
}

// A long list is held, since it may be true: above 16 MiB it goes another way through the reader.
BOOST_AUTO_TEST_CASE(a_list_of_credentials_above_sixteen_mebibytes_is_read) {
    std::string list = "[";
    for (std::size_t i = 0; list.size() < (17u << 20); ++i) list += "\"" + crypto::sha_hex(std::to_string(i)) + "\",";
    list.back() = ']';
    Chain chain;
    chain.setup(good().election, good().trustees, list);
    const File file(chain.bytes);
    const auto verdict = verify_in_child(file.path());
    BOOST_TEST(says(verdict, "not a key of the group"));  // half of all texts are no point
    BOOST_TEST(verdict.grown_mib < allowed_mib(5 * 17));
}

BOOST_AUTO_TEST_CASE(a_ballot_above_sixteen_mebibytes_is_not_held) {
    Chain chain;
    chain.setup(good().election, good().trustees, good().public_creds);
    chain.event("Ballot", {std::string(40 << 20, 'x')});
    const File file(chain.bytes);
    const auto verdict = verify_in_child(file.path());
    BOOST_TEST(says(verdict, "a record of it is above 16 MiB"));
}

BOOST_AUTO_TEST_CASE(a_multitude_of_tiny_records_is_refused_at_once) {
    Chain chain;
    const std::string entry = [] {
        Chain one;
        one.bytes.clear();
        one.entry(crypto::sha_hex("{}") + ".data.json", "{}");
        return one.bytes;
    }();
    chain.setup(good().election, good().trustees, good().public_creds);
    chain.bytes += repeat(entry, 100'000);
    const File file(chain.bytes);
    const auto verdict = verify_in_child(file.path());
    BOOST_TEST(says(verdict, "record that no event refers to"));
    BOOST_TEST(verdict.grown_mib < allowed_mib(32));
}

// Each with an event of its own, all bad: failures are counted, the first thousand kept.
BOOST_AUTO_TEST_CASE(a_multitude_of_bad_ballots_keeps_a_bounded_report) {
    Chain chain;
    chain.setup(good().election, good().trustees, good().public_creds);
    for (int i = 0; i < 20'000; ++i) chain.event("Ballot", {std::to_string(i)});
    const File file(chain.bytes);
    const auto verdict = verify_in_child(file.path());
    BOOST_TEST(says(verdict, "canonical form"));
    BOOST_TEST(verdict.grown_mib < allowed_mib(40));
    const auto report = crypto::verify_archive(file.path());
    BOOST_TEST(report.failures.size() == 1000u);
    BOOST_TEST(report.further_failures == 19'000u);
}

BOOST_AUTO_TEST_CASE(deep_nesting_and_long_texts_cost_a_few_times_the_file) {
    const struct {
        const char* what;
        std::string record, reason;
    } k_cases[] = {
        {"nested arrays", repeat("[", 1'900'000), "nested too deep"},
        {"nested objects", repeat("{\"a\":", 300'000), "nested too deep"},
        {"nested in a question", election_with("[" + repeat("[", 900'000) + repeat("]", 900'000) + "]"), "nested too deep"},
        {"many small values", election_with("[" + repeat("{},", 600'000) + "{}]"),
         "a question is not homomorphic or out of bounds"},
        {"many answers",
         election_with("[{\"answers\":[" + repeat("\"\",", 500'000) +
                       "\"\"],\"blank\":true,\"min\":1,\"max\":1,\"question\":\"\"}]"),
         "more than 4096 choices"},
        {"many questions",
         election_with("[" + repeat("{\"answers\":[\"\"],\"min\":0,\"max\":1,\"question\":\"\"},", 30'000) +
                       "{\"answers\":[\"\"],\"min\":0,\"max\":1,\"question\":\"\"}]"),
         "more than 4096 choices"},
        {"a long text", test::replaced(good().election, "\"description\":\"", "\"description\":\"" + std::string(1'800'000, 'x')),
         "all checks passed"},
        {"a longer one", test::replaced(good().election, "\"description\":\"", "\"description\":\"" + std::string(3'000'000, 'x')),
         "above 2 MiB"},
        {"an endless text", good().election.substr(0, 40) + std::string(1'000'000, '\\'), "not a JSON object"},
    };
    for (const auto& one : k_cases) {
        const File file(setup_with(one.record));
        const auto verdict = verify_in_child(file.path());
        BOOST_TEST(says(verdict, one.reason), one.what);
        BOOST_TEST(verdict.grown_mib < allowed_mib(80), one.what << ": " << verdict.grown_mib);
    }
    // In places that only the strict reader sees.
    for (const std::string& bomb :
         {repeat("[", 4'000'000), "\"" + std::string(4'000'000, '1') + "\"", repeat("[\"Single\",", 400'000)}) {
        Forge<Ed25519> forge;
        for (std::string* place : {&forge.trustees, &forge.public_creds, &forge.ballots[0], &forge.tally.encrypted_tally,
                                   &forge.tally.sized, &forge.partials[0].second, &forge.result}) {
            const std::string before = std::exchange(*place, bomb);
            const File file(forge.archive());
            *place = before;
            const auto verdict = verify_in_child(file.path());
            BOOST_TEST(says(verdict, ": "));
            BOOST_TEST(!says(verdict, "all checks passed"));
            BOOST_TEST(verdict.text.find("crash") == std::string::npos);
            BOOST_TEST(verdict.grown_mib < allowed_mib(80));
        }
    }
}

// A number where a decimal of megabytes stands.
BOOST_AUTO_TEST_CASE(giant_numbers_are_not_computed_with) {
    const Forge<crypto::Belenios2048> forge;
    for (const char* key : {"alpha", "challenge", "credential"}) {
        Forge<crypto::Belenios2048> own;
        own.ballots[0] = test::replaced(own.ballots[0], test::value_of(own.ballots[0], key), std::string(8'000'000, '7'));
        const File file(own.archive());
        BOOST_TEST(says(verify_in_child(file.path()), "canonical form"));
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_ordinary_file_is_unreadable_and_a_link_is_followed) {
    const test::TemporaryDirectory directory;
    const auto at = [&](const char* name) { return directory.path() / name; };
    BOOST_TEST(says(verify_in_child(directory.path()), "unreadable"));
    BOOST_TEST(says(verify_in_child("/dev/zero"), "unreadable"));
    BOOST_REQUIRE(mkfifo(at("fifo").c_str(), 0600) == 0);
    BOOST_TEST(says(verify_in_child(at("fifo")), "unreadable"));
    std::ofstream(at("empty")) << "";
    BOOST_TEST(says(verify_in_child(at("empty")), "unreadable"));
    std::filesystem::create_symlink("loop", at("loop"));
    BOOST_TEST(says(verify_in_child(at("loop")), "unreadable"));
    std::ofstream(at("good.bel"), std::ios::binary) << good().archive();
    std::filesystem::create_symlink("good.bel", at("link"));
    BOOST_TEST(says(verify_in_child(at("link")), "all checks passed"));
    // The earlier copy of --since is read with the same care.
    BOOST_TEST(says(verify_in_child(at("good.bel"), {.since = at("fifo")}), "unreadable"));
    BOOST_TEST(says(verify_in_child(at("good.bel"), {.since = at("empty")}), "unreadable"));
}

// Whatever block an interrupted download ends with: accepted exactly where an event ends, as a running election.
BOOST_AUTO_TEST_CASE(cut_at_every_block_it_is_refused_or_ends_with_an_event) {
    const std::string bytes = good().archive();
    std::set<std::size_t> ends;  // of events
    std::size_t at = 0;
    for (const auto& entry : test::read_tar(bytes)) {
        at += 512 + (entry.body.size() + 511) / 512 * 512;
        if (entry.name.ends_with(".event.json")) ends.insert(at);
    }
    std::size_t accepted = 0;
    for (std::size_t length = 0; length <= bytes.size(); length += 512) {
        const auto report = test::verify(bytes.substr(0, length));
        BOOST_TEST(report.all_passed() == (ends.count(length) != 0), length << "\n" << test::lines(report));
        accepted += report.all_passed();
        BOOST_TEST(report.finished == (length == bytes.size()));
    }
    BOOST_TEST(accepted == ends.size());
}

// What a file says is shown to people on a terminal: it neither moves the cursor nor writes a line of its own.
BOOST_AUTO_TEST_CASE(texts_of_the_file_cannot_write_on_the_terminal) {
    Forge<Ed25519> forge;
    forge.election = test::replaced(forge.election, "\"name\":\"",
                                    "\"name\":\"\\u001b[2J\\nall checks passed\\n\xc2\x9b"
                                    "2J");
    forge.tally.sized = "\x1b[2J\nall checks passed\n" + std::string(5'000, 'x');
    auto report = test::verify(forge.archive());
    const auto clean = [](std::string_view text) {
        return std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
    };
    BOOST_TEST(report.failures.size() > 1u);
    BOOST_TEST(clean(report.name));
    BOOST_TEST(report.name.find("\xc2\x9b") == std::string::npos);
    for (const auto& failure : report.failures) {
        BOOST_TEST(clean(crypto::to_line(failure)));
        BOOST_TEST(crypto::to_line(failure).size() < 1500u);
    }
    // A group that nobody knows is named before it is refused.
    forge.election = test::replaced(good().election, "\"group\":\"", "\"group\":\"\\u001b[8m)\\nall checks passed\\n");
    report = test::verify(forge.archive());
    BOOST_TEST(!report.all_passed());
    BOOST_TEST(report.group.starts_with("?[8m)?all checks passed?"), report.group);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
