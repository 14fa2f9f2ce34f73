// SPDX-License-Identifier: AGPL-3.0-or-later
// portal: what a portal serves, compared from outside with the list of files that was sealed. Sees what anybody is served; programs and
// pages that stay on the server are in the list, and are not compared here.
#include <map>
#include <set>

#include "auditor/commands.hpp"
#include "auditor/sealed_facts.hpp"
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
constexpr std::string_view k_error_pages = "static/erreurs/";  // shown in the place of an answer, and at no address of their own

// Digest in hexadecimal by path: the lines that sha256sum writes. Others ("schema 7") are left aside; nothing if there is none.
using FileList = std::map<std::string, std::string>;

FileList read_list(std::string_view text, const std::string& below = "") {
    FileList files;
    for (const std::string& line : util::split(text, '\n'))
        if (line.size() > 66 && line.substr(64, 2) == "  " && util::from_hex(line.substr(0, 64)))
            files[below + line.substr(66)] = line.substr(0, 64);
    return files;
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
    PortalCheck(const Source& source, FileList sealed, std::size_t differences)
        : source_(source), sealed_(std::move(sealed)), differences_(differences) {}

    util::Status run() {
        std::size_t compared = 0, inside = 0;
        if (const util::Status asked = read_page(); !asked) return asked;
        for (const auto& [path, digest] : sealed_) {
            if (!path.starts_with(k_static) || path.starts_with(k_error_pages)) {
                ++inside;
                continue;
            }
            ++compared;
            if (const util::Status asked = compare(path, digest); !asked) return asked;
            // Pages load the files below their version: those are the ones that browsers get.
            if (version_.empty()) continue;
            const std::string loaded = std::string(k_static) + version_ + "/" + path.substr(k_static.size());
            if (const util::Status asked = compare(loaded, digest); !asked) return asked;
        }
        if (compared == 0) return bad_input("cette liste ne nomme aucun fichier servi (static/…)");
        if (const util::Status asked = check_own_list(); !asked) return asked;
        check_page();
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

    util::Status compare(const std::string& address, const std::string& digest) {
        const auto served = source_.read(address, k_most_served);
        if (!served && served.error().fault != util::Fault::not_found) return served.error();
        if (!served) differ(address, "scellé, mais pas servi");
        else if (const std::string found = util::sha256_hex(*served); found != digest)
            differ(address, "servi " + short_digest(found) + ", scellé " + short_digest(digest));
        return util::Done{};
    }

    // The booth names its own files: none may be there that was not sealed.
    util::Status check_own_list() {
        const auto own = source_.read("static/booth/SHA256SUMS", k_most_served);
        if (!own) return own.error().fault == util::Fault::not_found ? util::Status(util::Done{}) : util::Status(own.error());
        for (const auto& [path, digest] : read_list(*own, "static/booth/"))
            if (!sealed_.contains(path)) differ(path, "annoncé par le portail, absent de la liste scellée");
        return util::Done{};
    }

    // The home page, and the version below which it names files: 16 hexadecimal digits after /static/.
    util::Status read_page() {
        auto page = source_.read("", k_most_served);
        if (!page) return page.error().fault == util::Fault::not_found ? util::Status(util::Done{}) : util::Status(page.error());
        page_ = *std::move(page);
        for (const std::string& link : attributes(page_, "link", "href")) {
            if (!link.starts_with("/static/") || link.size() < 25 || link[24] != '/') continue;
            const std::string version = link.substr(8, 16);
            if (version.find_first_not_of("0123456789abcdef") == std::string::npos) version_ = version;
        }
        return util::Done{};
    }

    // The home page loads scripts and style sheets of the list, and no other.
    void check_page() {
        std::set<std::string> wanted;
        for (const std::string& script : attributes(page_, "script", "src")) wanted.insert(script);
        const auto kinds = attributes(page_, "link", "rel"), links = attributes(page_, "link", "href");
        for (std::size_t i = 0; i < links.size(); ++i)
            if (kinds[i] == "stylesheet") wanted.insert(links[i]);
        for (const std::string& address : wanted) {
            if (address.empty()) differ("page d’accueil", "un script est écrit dans la page même");
            else if (!address.starts_with("/") || !sealed_.contains(without_version(address.substr(1))))
                differ("page d’accueil", "elle charge « " + util::printable(address) + " », qui n’est pas dans la liste scellée");
        }
    }

    std::string without_version(const std::string& path) const {
        const std::string below = std::string(k_static) + version_ + "/";
        return !version_.empty() && path.starts_with(below) ? std::string(k_static) + path.substr(below.size()) : path;
    }

    const Source& source_;
    std::string page_, version_;
    FileList sealed_;
    std::size_t differences_;
};

}  // namespace

namespace {

// The list that a file holds, with what its own digest must be.
util::Result<std::string> list_from_file(const Arguments& arguments) {
    const auto name = arguments.get("--list");
    if (!name)
        return bad_input(
            "donnez avec --scrutin et --fingerprint un scrutin et l’empreinte de son affiche, ou avec --list la liste scellée des fichiers");
    auto text = read_small_file(*name, k_most_served);
    if (!text) return util::failure(util::Fault::not_found, *name + " : impossible de lire ce fichier");
    const std::string digest = util::sha256_hex(*text);
    say("Empreinte de la liste : " + digest);
    if (const auto wanted = arguments.get("--digest"); wanted && !is_fingerprint_of(*wanted, digest))
        return refused("ce n’est pas la liste scellée : son empreinte est une autre");
    return *std::move(text);
}

// The list that the portal itself gives, held by the fingerprint of a poster: election, then seal, then list. What the bureau let change
// since is a difference all the same, with its reason on the portal's page.
util::Result<std::string> list_from_portal(const Source& source, const Arguments& arguments, std::size_t& differences) {
    const std::string code = *arguments.get("--scrutin");
    const auto fingerprint = arguments.get("--fingerprint");
    if (!fingerprint)
        return bad_input(
            "donnez avec --fingerprint l’empreinte du scrutin, prise sur l’affiche : sans elle, le portail ne serait comparé qu’à lui-même");
    const auto sealed = read_sealed(source, "scellement/" + code + "/", fingerprint);
    if (!sealed) return sealed.error();
    say("Empreinte de l’élection scellée : " + sealed->fingerprint);
    const auto differ = [&](const std::string& what) {
        ++differences;
        say("Différence : " + what);
    };
    if (sealed->code != code) return refused("cette empreinte est celle d’un autre scrutin : " + util::printable(sealed->code));
    const auto booth = source.read("urne/" + code + "/election.json", k_most_served);
    if (!booth && booth.error().fault != util::Fault::not_found) return booth.error();
    if (!booth || *booth != sealed->election) differ("l’élection donnée à l’isoloir n’est pas celle qui est scellée");
    auto list = source.read("scellement/" + code + "/programmes", k_most_served);
    if (!list) return list.error();
    if (util::sha256_hex(*list) != sealed->programs)
        differ("la liste des fichiers n’est plus celle du scellement ; la page scellement/" + util::printable(code) +
               " dit l’intervention et son motif, s’il y en a eu une");
    return list;
}

}  // namespace

util::Status check_portal(const Arguments& arguments) {
    const auto source = Source::of(arguments.positional[0]);
    if (!source) return source.error();
    std::size_t differences = 0;
    const auto list = arguments.has("--scrutin") ? list_from_portal(*source, arguments, differences) : list_from_file(arguments);
    if (!list) return list.error();
    return PortalCheck(*source, read_list(*list), differences).run();
}

}  // namespace auditor
