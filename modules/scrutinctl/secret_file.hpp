// SPDX-License-Identifier: AGPL-3.0-or-later
// A file of secrets that grows batch by batch, mode 0600: what append() returned from is on the disk.
#pragma once

#include <filesystem>
#include <string_view>

namespace scrutinctl {

class SecretFile {
public:
    // Opens for appending, making it if it is not there. Throws std::system_error, as append does.
    explicit SecretFile(const std::filesystem::path& path);
    ~SecretFile();
    SecretFile(const SecretFile&) = delete;
    SecretFile& operator=(const SecretFile&) = delete;

    void append(std::string_view bytes);

private:
    std::filesystem::path path_;
    int fd_;
};

}  // namespace scrutinctl
