// SPDX-License-Identifier: AGPL-3.0-or-later
// Which of nginx's connections a thread answers next: a new one of the socket, or one that stayed open after an answer and on which something has
// come. One that waits holds no thread, so nginx may keep as many as it likes. Knows no request.
#pragma once

namespace web {

class ConnectionQueue {
public:
    static constexpr int k_none = -1;

    // Throws std::runtime_error when the system gives no epoll.
    explicit ConnectionQueue(int listener);
    ~ConnectionQueue();
    ConnectionQueue(const ConnectionQueue&) = delete;
    ConnectionQueue& operator=(const ConnectionQueue&) = delete;

    // Waits for one with something to read, whose caller has it alone and closes it or gives it back. k_none: a signal came.
    int next();
    // The same without waiting, of those that stayed open: a process that stops takes nothing new. k_none: there is none.
    int next_kept();
    // Back until nginx begins another request on it, or closes it.
    void keep(int connection);

private:
    enum class Take { new_and_kept, kept };
    int take(Take which, int wait_ms);
    int accept_new();
    void arm(int fd);

    int listener_, epoll_;
};

}  // namespace web
