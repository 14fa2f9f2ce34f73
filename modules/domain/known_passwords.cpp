// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/known_passwords.hpp"

#include <stdexcept>

#include "util/bytes.hpp"
#include "util/file.hpp"
#include "util/unreadable.hpp"

namespace domain {

KnownPasswords KnownPasswords::load(const std::filesystem::path& file) {
    auto content = util::read_file(file);
    if (!content) throw std::runtime_error("known passwords: " + util::why_unreadable(file));
    if (!content->starts_with(k_title) || (content->size() - k_title.size()) % k_bytes != 0 || content->size() == k_title.size())
        throw std::runtime_error("known passwords: " + file.string() + " is no list of known passwords");
    KnownPasswords known;
    known.sorted_ = content->substr(k_title.size());
    return known;
}

bool KnownPasswords::contains(std::string_view password) const {
    std::string lower(password);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const std::string wanted = util::sha256(lower).substr(0, k_bytes);
    std::size_t low = 0, high = size();
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        const int order = sorted_.compare(middle * k_bytes, k_bytes, wanted);
        if (order == 0) return true;
        if (order < 0) low = middle + 1;
        else high = middle;
    }
    return false;
}

std::size_t KnownPasswords::size() const { return sorted_.size() / k_bytes; }

}  // namespace domain
