// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/argon2id.hpp"

#include <argon2.h>
#include <sys/mman.h>

#include <new>
#include <string>

namespace domain {

namespace {

// What one thread computes in. libargon2 wipes it after each hash, before it gives it back.
class Room {
public:
    Room() = default;
    Room(const Room&) = delete;
    Room& operator=(const Room&) = delete;
    ~Room() { leave(); }

    std::uint8_t* of(std::size_t bytes) {
        if (bytes <= bytes_) return memory_;
        leave();
        void* const got = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (got == MAP_FAILED) return nullptr;
        ::madvise(got, bytes, MADV_DONTDUMP);
        ::madvise(got, bytes, MADV_HUGEPAGE);  // where the system has them
        memory_ = static_cast<std::uint8_t*>(got);
        bytes_ = bytes;
        return memory_;
    }

private:
    void leave() {
        if (memory_ != nullptr) ::munmap(memory_, bytes_);
        memory_ = nullptr;
        bytes_ = 0;
    }

    std::uint8_t* memory_ = nullptr;
    std::size_t bytes_ = 0;
};

thread_local Room room;

int take(std::uint8_t** memory, std::size_t bytes) {
    *memory = room.of(bytes);
    return *memory != nullptr ? ARGON2_OK : ARGON2_MEMORY_ALLOCATION_ERROR;
}
void give_back(std::uint8_t*, std::size_t) {}

}  // namespace

std::array<unsigned char, k_argon2id_hash_bytes> argon2id(std::string_view secret,
                                                          const std::array<unsigned char, k_argon2id_salt_bytes>& salt,
                                                          std::uint32_t passes, std::uint32_t kib) {
    std::array<unsigned char, k_argon2id_hash_bytes> hash{};
    argon2_context context{};
    context.out = hash.data();
    context.outlen = k_argon2id_hash_bytes;
    // It only reads both.
    context.pwd = reinterpret_cast<std::uint8_t*>(const_cast<char*>(secret.data()));
    context.pwdlen = static_cast<std::uint32_t>(secret.size());
    context.salt = const_cast<std::uint8_t*>(salt.data());
    context.saltlen = k_argon2id_salt_bytes;
    context.t_cost = passes;
    context.m_cost = kib;
    context.lanes = context.threads = 1;
    context.version = ARGON2_VERSION_13;
    context.allocate_cbk = take;
    context.free_cbk = give_back;
    if (argon2id_ctx(&context) != ARGON2_OK) throw std::bad_alloc();
    return hash;
}

}  // namespace domain
