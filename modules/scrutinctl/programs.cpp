// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/programs.hpp"

#include <filesystem>
#include <map>
#include <stdexcept>

#include "domain/seal.hpp"
#include "scrutinctl/audit.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/store_scrutin.hpp"
#include "scrutinctl/store_sealed.hpp"
#include "util/bytes.hpp"
#include "util/digest.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

namespace fs = std::filesystem;
using Files = std::map<std::string, std::string>;  // digest by path

void add(Files& files, const std::string& name, const fs::path& path) {
    const auto digest = util::sha256_hex_of_file(path);
    if (!digest) throw std::runtime_error(path.string() + " ne peut pas être lu : la liste des programmes serait incomplète");
    files[name] = *digest;
}

void add_folder(Files& files, const std::string& name, const fs::path& folder) {
    if (folder.empty() || !fs::is_directory(folder)) return;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) add(files, name + "/" + fs::relative(entry.path(), folder).string(), entry.path());
    }
}

// Those that stand beside this one: the portal's are named portail-… and scrutin….
void add_programs(Files& files) {
    const fs::path folder = fs::read_symlink("/proc/self/exe").parent_path();
    for (const auto& entry : fs::directory_iterator(folder)) {
        const std::string name = entry.path().filename().string();
        if (entry.is_regular_file() && (name.starts_with("portail-") || name.starts_with("scrutin")))
            add(files, "programs/" + name, entry.path());
    }
}

}  // namespace

std::string list_programs(Office& office) {
    Files files;
    add_programs(files);
    const fs::path& templates = office.settings().templates;
    add_folder(files, "templates", templates);
    add_folder(files, "static", office.settings().static_files);
    add_folder(files, "sql", templates.parent_path() / "sql");
    std::string text = "schema " + std::to_string(store::schema_version(office.db()).version) + "\n";
    for (const auto& [path, digest] : files) text += digest + "  " + path + "\n";
    return text;
}

util::Status programs_accept(Office& office, const Arguments&) {
    const auto last = store::last_programs(office.db());
    if (!last) return refused("rien n’est encore scellé : il n’y a pas de liste de programmes à changer");
    const std::string text = list_programs(office);
    if (text == last->text) {
        say("Les programmes, pages et fichiers sont ceux de la liste scellée ; rien n’est changé.");
        return util::Done{};
    }
    for (const std::string& line : domain::seal_differences(last->text, text, 1000)) say(line);
    const store::Programs next{last->number + 1, util::sha256_hex(text), text,
                               office.reason().empty() ? "démonstration" : office.reason()};
    office.db().transaction([&] {
        store::insert_programs(office.db(), next, office.clock().now());
        record(office, "programs", next.digest + " intervention " + std::to_string(next.number - 1));
        return true;
    });
    say("Intervention " + std::to_string(next.number - 1) +
        " enregistrée et publiée (/scellement). Empreinte de la liste : " + next.digest);
    return util::Done{};
}

}  // namespace scrutinctl
