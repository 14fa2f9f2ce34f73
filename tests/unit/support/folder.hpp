// SPDX-License-Identifier: AGPL-3.0-or-later
// A temporary folder, and the small changes tests make to the files in it.
#pragma once

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <string>

#include "util/file.hpp"

namespace test {

class Folder {
public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "scrutinctl.XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
        path_ = name;
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    std::filesystem::path operator/(std::string_view name) const { return path_ / name; }
    const std::filesystem::path& path() const { return path_; }

    std::string read(std::string_view name) const {
        const auto content = util::read_file(path_ / name);
        BOOST_REQUIRE_MESSAGE(content.has_value(), name);
        return *content;
    }
    void write(std::string_view name, std::string_view content) const { util::replace_file(path_ / name, content); }
    // The first occurrence; it must be there.
    void replace(std::string_view name, std::string_view from, std::string_view to) const {
        std::string content = read(name);
        const std::size_t at = content.find(from);
        BOOST_REQUIRE_MESSAGE(at != std::string::npos, from);
        write(name, content.replace(at, from.size(), to));
    }

private:
    std::filesystem::path path_;
};

}  // namespace test
