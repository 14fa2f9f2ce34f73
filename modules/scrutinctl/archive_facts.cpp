// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/archive_facts.hpp"

#include "cli/sentence.hpp"
#include "cli/small_file.hpp"
#include "domain/canonical.hpp"

namespace scrutinctl {

namespace {

constexpr std::uintmax_t k_most_archive_facts = 8 << 20;

void take_fact(const domain::canonical::Fields& line, ArchiveFacts& facts) {
    using domain::canonical::number_in;
    const std::string& name = line[0];
    if (name == "scrutin" && line.size() == 6)
        facts.scrutins[line[1]] = {line[2], number_in(line[3]), number_in(line[4]), number_in(line[5])};
    if (name == "table" && line.size() == 3) facts.tables[line[1]] = number_in(line[2]);
    if (line.size() != 2) return;
    if (name == "title") facts.title = line[1];
    if (name == "base_url") facts.base_url = line[1];
    if (name == "log_public_key") facts.log_public_key = line[1];
    if (name == "kept_until") facts.kept_until = line[1];
    if (name == "schema") facts.schema = static_cast<unsigned>(number_in(line[1]));
}

}  // namespace

std::string write_archive_facts(const ArchiveFacts& facts) {
    using namespace domain::canonical;
    std::string text = line("portail-archive", {"1"}) + line("title", {facts.title}) + line("base_url", {facts.base_url}) +
                       line("schema", {to_field(facts.schema)}) + line("log_public_key", {facts.log_public_key}) +
                       line("kept_until", {facts.kept_until});
    for (const auto& [code, counts] : facts.scrutins)
        text += line("scrutin",
                     {code, counts.state, to_field(counts.inscrits), to_field(counts.emargements), to_field(counts.ballots)});
    for (const auto& [name, rows] : facts.tables) text += line("table", {name, to_field(rows)});
    return text;
}

util::Result<ArchiveFacts> read_archive_facts(const std::filesystem::path& folder) {
    const auto text = cli::read_small_file(folder / k_archive_facts, k_most_archive_facts);
    if (!text)
        return util::failure(util::Fault::not_found,
                             folder.string() + " n’est pas une archive : " + k_archive_facts + " n’y est pas");
    ArchiveFacts facts;
    for (const auto& line : domain::canonical::read_lines(*text)) take_fact(line, facts);
    if (write_archive_facts(facts) != *text)
        return cli::bad_input((folder / k_archive_facts).string() + " n’a pas la forme attendue");
    return facts;
}

}  // namespace scrutinctl
