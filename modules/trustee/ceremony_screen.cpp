// SPDX-License-Identifier: AGPL-3.0-or-later
#include "trustee/ceremony_screen.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "util/bytes.hpp"

namespace trustee {

using namespace cli;

namespace {

constexpr std::string_view k_symbols = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";  // 31: no 0 O 1 I L
constexpr unsigned k_spoken_symbols = 32;

constexpr auto k_subjects = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"cert ", "le certificat du "},
    {"polynomial ", "le polynôme du "},
    {"coefexps ", "le polynôme du "},
    {"from holder ", "la part reçue du "},
    {"output ", "la clé publique du "},
    {"verification key ", "la clé publique du "},
    {"confirmation ", "la confirmation du "},
});

constexpr auto k_words = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"message is not in canonical form", "son écriture a été modifiée ou abîmée"},
    {"not of the degree of the threshold", "il n’a pas le degré que veut le seuil : moins de porteurs suffiraient, ou il en faudrait plus"},
    {"not in canonical form", "son écriture a été modifiée ou abîmée"},
    {"the secret is not in canonical form", "son écriture a été modifiée ou abîmée"},
    {"context does not match its place", "il n’est pas fait pour cette place (autre numéro, groupe, seuil ou nombre de porteurs)"},
    {"key outside the group", "une de ses clés est hors du groupe"},
    {"element outside the group", "une de ses valeurs est hors du groupe"},
    {"identity as key", "une de ses clés est nulle"},
    {"identity as constant term", "sa valeur constante est nulle"},
    {"signature", "sa signature est fausse : il a été modifié ou n’est pas de ce porteur"},
    {"coefexps are not those committed to", "ce n’est pas celui de son engagement"},
    {"certs signature", "il n’a pas été fait pour cette liste de certificats"},
    {"number of secrets", "il n’a pas une part par porteur"},
    {"the secret does not open", "elle ne s’ouvre pas : elle est pour un autre porteur, ou abîmée"},
    {"the share is not on the committed polynomial", "elle ne répond pas au polynôme de son engagement"},
    {"the record has another one", "la clé du bureau en a un autre"},
    {"is not the one of the coefexps", "elle ne répond pas aux polynômes"},
    {"proof of possession", "sa preuve est fausse"},
    {"public key outside the group", "elle est hors du groupe"},
    {"identity as public key", "elle est nulle"},
    {"the commitment is a copy", "son engagement est la copie de celui d’un autre porteur"},
    {"a cert is missing", "il manque un certificat"},
    {"a commitment is missing", "il manque un engagement"},
    {"a polynomial or a commitment is missing", "il manque un polynôme ou un engagement"},
    {"an output is missing", "il manque une clé publique"},
    {"threshold: 1 <= t < n does not hold", "le seuil ne va pas avec le nombre de porteurs"},
    {"threshold: 2 <= t < n does not hold", "le seuil ne va pas avec le nombre de porteurs"},
    {"too many trustees", "il y a trop de porteurs"},
    {"certs, coefexps, signatures and verification keys differ in number", "la clé du bureau n’a pas un élément de chaque sorte par porteur"},
    {"trustees: two equal keys", "deux porteurs ont la même clé publique"},
    {"trustees: identity as election key", "la clé du bureau est nulle : recommencez la cérémonie"},
    {"trustees: nobody", "la clé du bureau n’a aucun porteur"},
    {"verification keys with and without signature", "des clés publiques sont signées par leur porteur et d’autres non"},
    {"owner out of range", "la clé du bureau n’a pas de porteur de ce numéro"},
    {"not a holder's key file", "ce n’est pas une clé de porteur"},
    {"missing", "elle manque"},
    {"not of this record", "elle est d’une autre clé du bureau"},
    {"two certs with an equal key", "deux certificats ont la même clé : l’un est une copie de l’autre"},
    {"no cert is of this seed", "aucun certificat de la liste n’est le vôtre : il a été échangé"},
    {"one's own polynomial was exchanged", "votre propre polynôme a été échangé"},
    {"one's own cert is not in the record", "votre certificat n’est pas dans la clé du bureau"},
    {"the record has another key at one's own place", "la clé du bureau a une autre clé que la vôtre à votre place"},
    {"the record has other trustees beside this ceremony's", "la clé du bureau compte d’autres porteurs que ceux de cette cérémonie"},
    {"the record has another number of holders or another threshold", "la clé du bureau a un autre nombre de porteurs ou un autre seuil"},
    {"input not in canonical form, or of another size", "le fichier des parts a été modifié ou abîmé"},
    {"zero key: begin again", "la clé obtenue est nulle : recommencez la cérémonie"},
    {"more confirmations than holders", "il y a plus de confirmations que de porteurs"},
    {"proof of possession: not in canonical form", "la preuve a été modifiée ou abîmée"},
    {"proof of possession: it is not of this key, this record and this challenge",
     "la preuve n’est pas celle de ce porteur, pour cette clé du bureau et cette question"},
});

std::string words_of(std::string_view detail) {
    if (detail.starts_with("certs signature ")) return "un polynôme de la clé du bureau n’a pas été fait pour ses certificats";
    if (detail.starts_with("trustees: not canonical at byte ")) return "la clé du bureau a été modifiée ou abîmée";
    if (detail.starts_with("the key file does not open, or is not trustee "))
        return "votre clé n’est pas celle qui est à cette place dans la clé du bureau";
    for (const auto& [words, french] : k_words)
        if (detail == words) return std::string(french);
    return "« " + std::string(detail) + " »";
}

}  // namespace

std::string spoken_fingerprint(std::string_view text) {
    std::string number = util::sha256(text), symbols;
    for (unsigned made = 0; made < k_spoken_symbols; ++made) {
        unsigned rest = 0;  // number := number / 31, symbol by symbol from the remainders
        for (char& c : number) {
            const unsigned value = rest * 256 + static_cast<unsigned char>(c);
            c = static_cast<char>(value / k_symbols.size());
            rest = static_cast<unsigned>(value % k_symbols.size());
        }
        if (made != 0 && made % 4 == 0) symbols += ' ';
        symbols += k_symbols[rest];
    }
    return symbols;
}

bool is_same_fingerprint(std::string_view typed, std::string_view spoken) {
    const auto bare = [](std::string_view text) {
        std::string symbols;
        for (const char c : text) {
            if (c == ' ' || c == '-') continue;
            symbols += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        }
        return symbols;
    };
    return bare(typed) == bare(spoken);
}

std::string in_french(const Opening& opening, std::string_view detail) {
    if (detail.starts_with("trustees[0]: ")) detail.remove_prefix(13);
    for (const auto& [subject, french] : k_subjects) {
        if (!detail.starts_with(subject)) continue;
        unsigned number = 0;
        const char* const end = detail.data() + detail.size();
        const auto [at, error] = std::from_chars(detail.data() + subject.size(), end, number);
        const std::string_view rest(at, static_cast<std::size_t>(end - at));
        if (error != std::errc() || !rest.starts_with(": ")) break;
        return std::string(french) + opening.holder(number) + " : " + words_of(rest.substr(2));
    }
    return words_of(detail);
}

util::Failure ceremony_refused(const Opening& opening, const util::Failure& failure) {
    return bad_input("contrôle refusé : " + in_french(opening, failure.detail) +
                     ". Rien n’est écrit ; arrêtez-vous et prévenez le président du bureau");
}

std::string trustee_line(std::string_view command, const std::filesystem::path& path) {
    const std::string word = path.string();
    const auto is_plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '/' || c == '-';
    };
    std::string quoted = word;
    if (!std::all_of(word.begin(), word.end(), is_plain)) {
        quoted = "'";
        for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
        quoted += "'";
    }
    return "« scrutin-trustee " + std::string(command) + " " + quoted + " »";
}

void say_heading(const Opening& opening, std::string_view step) {
    say(opening.bureau + " (" + opening.group + ") : " + std::to_string(opening.holders) + " porteurs, " +
        std::to_string(opening.threshold) + (opening.threshold == 1 ? " suffit" : " suffisent") + " au dépouillement.");
    say(std::string(step) + ".");
}

void say_checked(std::string_view sentence) { say("  [contrôlé] " + std::string(sentence)); }

void say_file(const std::filesystem::path& path, bool made_now, std::string_view advice) {
    say(std::string(made_now ? "  [fichier]  " : "  [déjà là]  ") + path.string() + "\n             " + std::string(advice));
}

void say_next(std::string_view sentence) { say("Ensuite : " + std::string(sentence)); }

}  // namespace trustee
