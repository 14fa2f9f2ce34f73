// SPDX-License-Identifier: AGPL-3.0-or-later
// What the measuring programs share: bursts against a unit, a folder that an interruption removes too, children, elections.
#pragma once

#include <atomic>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "crypto/protocol.hpp"

namespace bench {

double seconds(const std::function<void()>& work);

// One multiplication of a point by a scalar, in libsodium: the unit.
void unit();

// The work in units: smallest of many bursts of each, in turn.
double in_units(const std::function<void()>& work, int rounds = 60);

// Gives index 0 .. count-1 to `work` on that many threads.
void on_threads(unsigned threads, std::size_t count, const std::function<void(std::size_t)>& work);

// A folder in the temporary place; SIGINT, SIGTERM and SIGHUP remove it and end the child at work. Make one, before any thread.
class Folder {
public:
    Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder();
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

struct Outcome {
    int status;  // as of the shell; -1: it could not be started
    std::string output;
};
// A program with its arguments, found on PATH; what it says to stdout and stderr. `setting`: NAME=value for its environment.
Outcome run(const std::vector<std::string>& words, const std::string& setting = {});

// This program itself, also when its file was replaced since it began.
inline constexpr const char* k_self = "/proc/self/exe";

// An election with one question of `lists` lists, a blank vote, and the codes of its electors; the trustees are those of `record`, or one
// Single trustee.
class Election {
public:
    Election(const std::string& group, std::size_t lists, std::size_t electors, const std::string& record = "");

    std::string uuid = crypto::make_uuid();
    std::string trustees, creds;
    util::SecretText trustee_key;
    std::vector<util::SecretText> codes;
    std::shared_ptr<const crypto::Election> election;

    // Good ballots of the electors from .. to-1, made on all cores; choices go round.
    std::vector<std::string> make_ballots(std::size_t from, std::size_t to) const;
    // A running election with these ballots.
    void write(const std::filesystem::path& path, const std::vector<std::string>& ballots) const;
};

// memory_bench.cpp: makes a finished election of that many nine-way ballots, verifies it in a child, prints its peak memory.
int measure_memory(const std::string& group, std::size_t ballots);
// The child's part: prints the report's verdict, the seconds and the peak memory of this process.
int verify_and_tell(const std::filesystem::path& path);

}  // namespace bench
