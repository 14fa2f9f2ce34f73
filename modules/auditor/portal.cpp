// SPDX-License-Identifier: AGPL-3.0-or-later
// portal: what a portal serves, compared from outside with the list of files that was sealed. Sees what anybody is served; programs and
// pages that stay on the server are in the list, and are not compared here.
#include <map>
#include <set>

#include "auditor/commands.hpp"
#include "auditor/source.hpp"
#include "cli/sentence.hpp"
#include "cli/small_file.hpp"
#include "util/bytes.hpp"
#include "util/text.hpp"

namespace auditor {

using namespace cli;

namespace {

constexpr std::size_t k_most_served = 16 << 20;
constexpr std::string_view k_static = "static/";

// Digest in hexadecimal by path: the lines that sha256sum writes. Others ("schema 7") are left aside; nothing if there is none.
using FileList = std::map<std::string, std::string>;

FileList read_list(std::string_view text, const std::string& below = "") {
    FileList files;
    for (const std::string& line : util::split(text, '\n'))
        if (line.size() > 66 && line.substr(64, 2) == "  " && util::from_hex(line.substr(0, 64)))
            files[below + line.substr(66)] = line.substr(0, 64);
    return files;
}

// As printed in eight groups of four, or whole; blanks and case forgiven.
bool is_fingerprint_of(std::string_view given, std::string_view hex) {
    std::string digits;
    for (const char c : util::to_lower_ascii(given))
        if (c != ' ') digits += c;
    return (digits.size() == 32 || digits.size() == 64) && hex.starts_with(digits);
}

std::string short_digest(std::string_view hex) { return std::string(hex.substr(0, 16)) + "…"; }

// What follows `attribute="` in each tag `tag` of a page.
std::vector<std::string> attributes(std::string_view page, std::string_view tag, std::string_view attribute) {
    std::vector<std::string> values;
    const std::string start = "<" + std::string(tag), name = " " + std::string(attribute) + "=\"";
    for (std::size_t at = page.find(start); at != std::string_view::npos; at = page.find(start, at + 1)) {
        const std::string_view whole = page.substr(at, page.find('>', at) - at);
        const std::size_t from = whole.find(name);
        values.emplace_back(from == std::string_view::npos
                                ? ""
                                : whole.substr(from + name.size(), whole.find('"', from + name.size()) - from - name.size()));
    }
    return values;
}

class PortalCheck {
public:
    PortalCheck(const Source& source, FileList sealed) : source_(source), sealed_(std::move(sealed)) {}

    util::Status run() {
        std::size_t compared = 0, inside = 0;
        for (const auto& [path, digest] : sealed_) {
            if (!path.starts_with(k_static)) {
                ++inside;
                continue;
            }
            const auto served = source_.read(path, k_most_served);
            if (!served && served.error().fault != util::Fault::not_found) return served.error();
            ++compared;
            if (!served) differ(path, "scellé, mais pas servi");
            else if (const std::string found = util::sha256_hex(*served); found != digest)
                differ(path, "servi " + short_digest(found) + ", scellé " + short_digest(digest));
        }
        if (compared == 0) return bad_input("cette liste ne nomme aucun fichier servi (static/…)");
        if (const util::Status asked = check_own_list(); !asked) return asked;
        if (const util::Status asked = check_page(); !asked) return asked;
        say("Fichiers comparés : " + std::to_string(compared) +
            " ; sur le serveur, donc non comparés ici : " + std::to_string(inside) + ".");
        if (differences_ > 0) return refused(counted(differences_, "différence", "différences"));
        say("all checks passed");
        return util::Done{};
    }

private:
    void differ(const std::string& what, const std::string& why) {
        ++differences_;
        say("Différence : " + util::printable(what) + " : " + why);
    }

    // The booth names its own files: none may be there that was not sealed.
    util::Status check_own_list() {
        const auto own = source_.read("static/booth/SHA256SUMS", k_most_served);
        if (!own) return own.error().fault == util::Fault::not_found ? util::Status(util::Done{}) : util::Status(own.error());
        for (const auto& [path, digest] : read_list(*own, "static/booth/"))
            if (!sealed_.contains(path)) differ(path, "annoncé par le portail, absent de la liste scellée");
        return util::Done{};
    }

    // The home page loads scripts and style sheets of the list, and no other.
    util::Status check_page() {
        const auto page = source_.read("", k_most_served);
        if (!page) return page.error().fault == util::Fault::not_found ? util::Status(util::Done{}) : util::Status(page.error());
        std::set<std::string> wanted;
        for (const std::string& script : attributes(*page, "script", "src")) wanted.insert(script);
        const auto kinds = attributes(*page, "link", "rel"), links = attributes(*page, "link", "href");
        for (std::size_t i = 0; i < links.size(); ++i)
            if (kinds[i] == "stylesheet") wanted.insert(links[i]);
        for (const std::string& address : wanted) {
            if (address.empty()) differ("page d’accueil", "un script est écrit dans la page même");
            else if (!address.starts_with("/") || !sealed_.contains(address.substr(1)))
                differ("page d’accueil", "elle charge « " + util::printable(address) + " », qui n’est pas dans la liste scellée");
        }
        return util::Done{};
    }

    const Source& source_;
    FileList sealed_;
    std::size_t differences_ = 0;
};

}  // namespace

util::Status check_portal(const Arguments& arguments) {
    const auto source = Source::of(arguments.positional[0]);
    if (!source) return source.error();
    const auto name = arguments.get("--list");
    if (!name) return bad_input("donnez avec --list la liste scellée des fichiers, prise ailleurs que sur ce portail si possible");
    const auto text = read_small_file(*name, k_most_served);
    if (!text) return util::failure(util::Fault::not_found, *name + " : impossible de lire ce fichier");
    const std::string digest = util::sha256_hex(*text);
    say("Empreinte de la liste : " + digest);
    if (const auto wanted = arguments.get("--digest"); wanted && !is_fingerprint_of(*wanted, digest))
        return refused("ce n’est pas la liste scellée : son empreinte est une autre");
    return PortalCheck(*source, read_list(*text)).run();
}

}  // namespace auditor
