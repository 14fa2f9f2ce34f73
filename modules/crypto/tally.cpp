// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/tally.hpp"

namespace crypto {

std::string write_count(std::uint64_t count) {
    constexpr std::uint64_t k_largest_number = (1u << 30) - 1;
    return count <= k_largest_number ? std::to_string(count) : "\"" + std::to_string(count) + "\"";
}

std::string write_sized(std::uint64_t num_tallied, std::uint64_t total_weight, std::string_view encrypted_tally) {
    return R"({"num_tallied":)" + std::to_string(num_tallied) + R"(,"total_weight":)" + write_count(total_weight) +
           R"(,"encrypted_tally":")" + sha_hex(encrypted_tally) + "\"}";
}

std::string write_result(const std::vector<std::vector<std::uint64_t>>& counts) {
    std::string text = R"({"result":[)";
    for (std::size_t q = 0; q < counts.size(); ++q) {
        text += q == 0 ? "[" : ",[";
        for (std::size_t i = 0; i < counts[q].size(); ++i) text += (i == 0 ? "" : ",") + write_count(counts[q][i]);
        text += "]";
    }
    return text + "]}";
}

}  // namespace crypto
