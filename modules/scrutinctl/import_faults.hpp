// SPDX-License-Identifier: AGPL-3.0-or-later
// What is wrong with the files of an import, grouped by kind, and what was forgiven. Bounded in memory; counts go on. Knows no election.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace scrutinctl {

class ImportFaults {
public:
    static constexpr std::size_t k_places = 5;  // lines named of each kind

    // `kept`: how many faults stay readable one by one.
    explicit ImportFaults(std::size_t kept = 1000) : kept_(kept) {}

    // `line`: 0 where it is the whole file. Two faults are of one kind when file, column and cause are the same but for what stands in « ».
    void add(std::string_view file, std::uint64_t line, std::string_view column, std::string_view cause);
    std::uint64_t count() const { return count_; }
    const std::vector<std::string>& lines() const { return lines_; }  // « electeurs.csv, ligne 12, colonne courriel : … », in order

    struct Kind {
        std::string file, column, cause;  // the first one's cause
        std::uint64_t count = 0;
        std::array<std::uint64_t, k_places> places{};  // lines of the first ones
    };
    const std::vector<Kind>& kinds() const {
        return kinds_;
    }  // in the order in which each came first; the last ones may be missing
    // One sentence: « electeurs.csv, ligne 12, colonne courriel : … », or « electeurs.csv, colonne courriel : …, 312 fois : lignes 2, 3… ».
    static std::string sentence_of(const Kind& kind);

    // What a file has and an election needs not: « lignes vides », « lignes de titres répétées ». Told, and no fault.
    void forgive(std::string_view file, std::string_view what);
    // « electeurs.csv : lignes vides ignorées : 12 ».
    std::vector<std::string> remarks() const;
    void remark(std::string_view file, std::string text);

private:
    std::size_t kept_;
    std::vector<std::string> lines_;
    std::uint64_t count_ = 0;
    std::vector<Kind> kinds_;
    std::map<std::string, std::size_t, std::less<>> kind_of_;  // by file, column and cause without what varies
    std::map<std::pair<std::string, std::string>, std::uint64_t> forgiven_;
    std::vector<std::string> remarks_;
};

}  // namespace scrutinctl
