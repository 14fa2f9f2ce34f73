// SPDX-License-Identifier: AGPL-3.0-or-later
// How a mail that came back gets from the machine's mail program to the daemon: the program runs `portail-courrier --returned`, which hands it over
// by a Unix socket and waits for the word that it was noted. Until then it stays in the mail program's queue.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace courrier {

// Listens on `path`, in a thread of its own, until it is destroyed.
class ReturnDoor {
public:
    // `take` gets one mail at a time: to which address it came, and its beginning (k_return_bytes). Where it throws, nothing is answered and
    // the mail program tries again. Throws std::runtime_error when the path cannot be had.
    ReturnDoor(const std::string& path, std::function<void(std::string_view address, std::string_view mail)> take);
    ~ReturnDoor();
    ReturnDoor(const ReturnDoor&) = delete;
    ReturnDoor& operator=(const ReturnDoor&) = delete;

private:
    struct State;
    std::unique_ptr<State> state_;
};

// The other side: `mail` is a descriptor to read from. The exit code of a program that a mail program runs (sysexits.h): 0, or 75, try later.
int hand_over_return(const std::string& path, std::string_view address, int mail);

}  // namespace courrier
