// SPDX-License-Identifier: AGPL-3.0-or-later
// Our verifier, and Debian's belenios-tool beside it, on thousands of spoiled archives: ours must refuse each, but for the short list
// below of changes that give another true archive; and whatever the tool refuses, ours must refuse too.
//
//   crypto-mutations [--all | --sample N] [--tool N] [--seed N] [--only REGEX] [--tell]
//     --sample N  about N of them, evenly spread (default 150)      --tool N  the tool judges what we accept and every N-th (0: none; default 20)
//     --tell      each case that the tool accepts and we refuse, with our reason
#include <sodium.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstring>
#include <fstream>
#include <iostream>
#include <map>
#include <mutex>
#include <regex>
#include <thread>

#include "../unit/crypto/election_files.hpp"
#include "cases.hpp"
#include "crypto/archive/verify.hpp"

namespace {

// Changes after which the archive, made whole again, is a true one of another election, or the same with less in it.
struct Allowed {
    const char* pattern;
    const char* why;
};
constexpr Allowed k_allowed[] = {
    {" good$", "the archive itself"},
    {"events: (Result \\d+ deleted|\\w+ \\d+ and all after deleted)$", "the same election before its end"},
    {"events: Ballot \\d+ swapped with Ballot|events: PartialDecryption \\d+ swapped with PartialDecryption",
     "another order of cast ballots or of decryptions"},
    {"(Setup 2|creds recounted) : entries \\d and next swapped$", "the list of credentials has no order"},
    {"(Setup 2|creds recounted) : entry \\d deleted$", "the credential that no ballot used is not in the list"},
    {"(Setup 2|creds recounted) \\[\\d\\]: (times g|inverted|other sign|g)$", "the credential that no ballot used is another key"},
    {"cert signed again encryption: (times g|inverted|other sign|g)$", "another key to encrypt to, signed by its holder"},
    {"weighted creds recounted \\[\\d\\]: longer$", "another weight, counted"},
    {"election remade (name|description|questions\\[0\\]\\.(question|answers\\[\\d\\])): "
     "(empty|longer|shorter|NUL escaped|space before|first letter escaped|other first letter|upper case)$",
     "another text, all made anew"},
    {"election remade (uuid|group|public_key): first letter escaped$",
     "a record in another writing of JSON, all made anew for its bytes"},
    {"election remade uuid: (longer|other first letter|upper case)$", "another uuid, all made anew"},
    {"election remade (questions\\[0\\])?: (entries \\d and next swapped|entry more at the (start|end))$",
     "keys have no order and unknown ones are free"},
    {"election remade questions(\\[0\\].answers)?: (entry \\d (deleted|doubled)|entries \\d and next swapped)$",
     "other answers, all made anew"},
    {"election remade questions\\[0\\](: (entry 1 deleted|key blank renamed)|\\.blank: other word|\\.min: (minus 1|zero|plus 1)|\\.max: (plus 1|minus 1|zero))$",
     "another rule of voting, all made anew"},
    {"trustees remade : (entry \\d deleted|entries \\d and next swapped)$", "other holders, all made anew"},
};

// The same numbers for the same seed and case, on any thread.
thread_local std::uint64_t random_state = 1;
std::uint32_t next_random() {
    std::uint64_t z = random_state += 0x9e3779b97f4a7c15u;  // splitmix64
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return static_cast<std::uint32_t>((z ^ (z >> 31)) >> 16);
}
void fill_random(void* buffer, const std::size_t size) {
    auto* bytes = static_cast<unsigned char*>(buffer);
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<unsigned char>(next_random());
}
const char* random_name() { return "seeded"; }
randombytes_implementation seeded{random_name, next_random, nullptr, nullptr, fill_random, nullptr};

// A file without a name.
class Given {
public:
    explicit Given(const std::string& bytes) : file_(memfd_create("mutation", MFD_CLOEXEC)) {
        if (file_ < 0 || write(file_, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()))
            throw std::runtime_error("memfd");
    }
    Given(const Given&) = delete;
    Given& operator=(const Given&) = delete;
    ~Given() { close(file_); }
    std::string path() const { return "/proc/self/fd/" + std::to_string(file_); }

private:
    int file_;
};

crypto::VerifyReport judge(const std::string& archive, const std::string& companion) {
    const Given file(archive), beside(companion);
    crypto::VerifyOptions options{.jobs = 1};
    if (!companion.empty()) options.companion = beside.path();
    return crypto::verify_archive(file.path(), options);
}

std::string first_reason(const crypto::VerifyReport& report) {
    if (report.unreadable) return "unreadable";
    const auto& failure = report.failures.at(0);
    return std::regex_replace(failure.what + ": " + failure.check, std::regex("[0-9]+"), "N");
}

// The tool wants the file under the election's uuid.
bool tool_accepts(const std::string& archive, const std::string& uuid) {
    std::smatch found;
    const std::string start = archive.substr(0, 8192);
    const bool has = std::regex_search(start, found, std::regex("\"uuid\":\"([1-9A-Za-z]{1,60})\""));
    const test::TemporaryDirectory directory;
    std::ofstream(directory.path() / ((has ? found[1].str() : uuid) + ".bel"), std::ios::binary) << archive;
    return std::system(
               ("timeout 60 belenios-tool election verify --dir " + directory.path().string() + " >/dev/null 2>&1").c_str()) == 0;
}

struct Options {
    std::size_t sample = 150, tool = 20;
    std::uint64_t seed = 1;
    std::string only;
    bool tell = false;
};

class Run {
public:
    Run(std::vector<mutations::Case> cases, std::string uuid, const Options& options)
        : cases_(std::move(cases)), uuid_(std::move(uuid)), options_(options) {}

    void all() {
        std::vector<std::thread> threads;
        for (unsigned i = 0; i < std::max(1u, std::thread::hardware_concurrency()); ++i) threads.emplace_back([this] { work(); });
        for (auto& thread : threads) thread.join();
    }

    bool tell() const {
        std::cout << cases_.front().label.substr(0, cases_.front().label.rfind(' ')) << ": " << tried_ << " spoiled archives of "
                  << cases_.size() << "; judged by the tool too: " << judged_ << "\n";
        for (const auto& [why, count] : accepted_) std::cout << "accepted " << count << ": " << why << "\n";
        for (const auto& [reason, labels] : lenient_) {
            std::cout << "the tool accepts, we refuse " << labels.size() << ": " << reason << "\n";
            for (std::size_t i = 0; i < labels.size() && (options_.tell || i < 2); ++i) std::cout << "    " << labels[i] << "\n";
        }
        for (const auto& label : wrong_) std::cout << "WRONG: " << label << "\n";
        std::cout << std::flush;
        return wrong_.empty() && tried_ > 0;
    }

private:
    void work() {
        const std::size_t stride = options_.sample == 0 ? 1 : std::max<std::size_t>(1, cases_.size() / options_.sample);
        for (std::size_t i; (i = next_.fetch_add(1)) * stride < cases_.size();) one(i * stride, i);
    }

    void one(std::size_t index, std::size_t count) {
        const auto& spoiled = cases_[index];
        random_state = options_.seed * 1'000'003 + index;
        std::string archive;
        try {
            archive = spoiled.archive();
        } catch (const std::exception& error) {
            const std::lock_guard lock(mutex_);
            wrong_.push_back("could not be made: " + spoiled.label + ": " + error.what());
            return;
        }
        const auto report = judge(archive, spoiled.companion);
        const bool ours = report.all_passed();
        const bool asked = options_.tool != 0 && spoiled.companion.empty() && (ours || count % options_.tool == 0);
        const bool tool = asked && tool_accepts(archive, uuid_);
        const char* why = nullptr;
        for (const auto& allowed : k_allowed)
            if (why == nullptr && std::regex_search(spoiled.label, std::regex(allowed.pattern))) why = allowed.why;
        const std::lock_guard lock(mutex_);
        ++tried_;
        judged_ += asked;
        if (ours && why == nullptr) wrong_.push_back("accepted: " + spoiled.label);
        if (ours && why != nullptr) ++accepted_[why];
        if (ours && asked && !tool) wrong_.push_back("the tool refuses, we accept: " + spoiled.label);
        if (!ours && tool) lenient_[first_reason(report)].push_back(spoiled.label);
    }

    const std::vector<mutations::Case> cases_;
    const std::string uuid_;
    const Options options_;
    std::atomic<std::size_t> next_ = 0;
    std::mutex mutex_;
    std::size_t tried_ = 0, judged_ = 0;
    std::map<std::string, std::size_t> accepted_;
    std::map<std::string, std::vector<std::string>> lenient_;
    std::vector<std::string> wrong_;
};

}  // namespace

int main(int argc, char** argv) {
    Options options;
    const std::vector<std::string> words(argv + 1, argv + argc);
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool more = i + 1 < words.size();
        if (words[i] == "--all") options.sample = 0;
        else if (words[i] == "--tell") options.tell = true;
        else if (words[i] == "--sample" && more) options.sample = std::stoul(words[++i]);
        else if (words[i] == "--tool" && more) options.tool = std::stoul(words[++i]);
        else if (words[i] == "--seed" && more) options.seed = std::stoul(words[++i]);
        else if (words[i] == "--only" && more) options.only = words[++i];
        else return std::cerr << "usage: see the head of main.cpp\n", 64;
    }
    if (options.tool != 0 && std::system("command -v belenios-tool >/dev/null 2>&1") != 0) {
        std::cout << "belenios-tool is not installed: our verdict alone\n";
        if (std::getenv("PORTAIL_FULL_TESTS") != nullptr) return 1;
        options.tool = 0;
    }
    if (randombytes_set_implementation(&seeded) != 0) return 70;
    random_state = options.seed;
    bool good = true;
    const auto started = std::chrono::steady_clock::now();
    for (const unsigned shape : {0u, 1u, 2u, 3u}) {
        const bool threshold = shape % 2 == 1, is_2048 = shape < 2;
        const test::OwnElection own({.group = is_2048 ? "BELENIOS-2048" : "Ed25519",
                                     .holders = threshold ? 3u : 0u,
                                     .threshold = threshold ? 2u : 0u,
                                     .votes = {1, 0}});
        auto cases = mutations::cases_of(own, own.election->group() + (threshold ? " threshold" : " single"));
        if (!options.only.empty())
            std::erase_if(cases, [&](const auto& c) { return !std::regex_search(c.label, std::regex(options.only)); });
        if (cases.empty()) continue;
        Options its = options;
        if (!is_2048) its.tool = 0;  // which Debian's does not know
        Run run(std::move(cases), own.uuid, its);
        run.all();
        good = run.tell() && good;
    }
    std::cout << std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - started).count() << " s\n";
    return good ? 0 : 1;
}
