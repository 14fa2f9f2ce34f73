// SPDX-License-Identifier: AGPL-3.0-or-later
// Runs a fuzz target over the files of the directories given: the corpora, in the normal tests. Fails on an empty corpus.
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int main(int count, char** arguments) {
    std::size_t files = 0;
    for (int i = 1; i < count; ++i)
        for (const auto& file : std::filesystem::directory_iterator(arguments[i])) {
            std::ifstream in(file.path(), std::ios::binary);
            const std::string bytes{std::istreambuf_iterator<char>(in), {}};
            // Cut and spoiled in a few places too: cheap, and near the accepted inputs.
            for (std::size_t cut : {bytes.size(), bytes.size() / 2, bytes.size() / 3}) {
                LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), cut);
                std::string spoiled = bytes;
                if (cut < spoiled.size()) spoiled[cut] = static_cast<char>(spoiled[cut] ^ 4);
                LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(spoiled.data()), spoiled.size());
            }
            ++files;
        }
    std::printf("%zu files\n", files);
    return files == 0 ? 1 : 0;
}
