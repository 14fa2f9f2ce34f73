// SPDX-License-Identifier: AGPL-3.0-or-later
#include "trustee/ceremony_screen.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "util/bytes.hpp"

namespace trustee {

using namespace cli;

namespace {

constexpr std::string_view k_symbols = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";  // 31: no 0 O 1 I L
constexpr unsigned k_spoken_symbols = 32;

// « le certificat du », before the holder's name.
std::string_view subject_in_french(crypto::CeremonySubject subject) {
    using enum crypto::CeremonySubject;
    switch (subject) {
        case nothing: return "";
        case cert: return "le certificat du ";
        case polynomial:
        case coefexps: return "le polynôme du ";
        case share: return "la part reçue du ";
        case output:
        case verification_key: return "la clé publique du ";
        case confirmation: return "la confirmation du ";
    }
    return "";
}

// No default: the compiler asks for the words of a new check.
std::string_view words_of(crypto::CeremonyCheck check) {
    using enum crypto::CeremonyCheck;
    switch (check) {
        // A message, after its subject
        case canonical_form:
        case signed_form:
        case secret_form: return "son écriture a été modifiée ou abîmée";
        case context: return "il n’est pas fait pour cette place (autre numéro, groupe, seuil ou nombre de porteurs)";
        case key_outside_group: return "une de ses clés est hors du groupe";
        case identity_as_key: return "une de ses clés est nulle";
        case signature: return "sa signature est fausse : il a été modifié ou n’est pas de ce porteur";
        case degree: return "il n’a pas le degré que veut le seuil : moins de porteurs suffiraient, ou il en faudrait plus";
        case cancelled_degree:
            return "les polynômes réunis n’ont pas le degré que veut le seuil : moins de porteurs suffiraient ; recommencez la cérémonie";
        case element_outside_group: return "une de ses valeurs est hors du groupe";
        case identity_as_constant: return "sa valeur constante est nulle";
        case certs_signature: return "il n’a pas été fait pour cette liste de certificats";
        case public_key_outside_group: return "elle est hors du groupe";
        case identity_as_public_key: return "elle est nulle";
        case possession: return "sa preuve est fausse";
        case off_the_polynomials: return "elle ne répond pas aux polynômes";
        case number_of_secrets: return "il n’a pas une part par porteur";
        case not_as_committed: return "ce n’est pas celui de son engagement";
        case copied_commitment: return "son engagement est la copie de celui d’un autre porteur";
        case secret_unopened: return "elle ne s’ouvre pas : elle est pour un autre porteur, ou abîmée";
        case share_off_polynomial: return "elle ne répond pas au polynôme de son engagement";
        case other_cert: return "la clé du bureau en a un autre";
        case confirmation_missing: return "elle manque";
        case confirmation_of_another: return "elle est d’une autre clé du bureau";
        // The record of the bureau's key
        case record_form: return "la clé du bureau a été modifiée ou abîmée";
        case record_threshold:
        case ceremony_threshold: return "le seuil ne va pas avec le nombre de porteurs";
        case too_many_holders: return "il y a trop de porteurs";
        case lists_differ: return "la clé du bureau n’a pas un élément de chaque sorte par porteur";
        case equal_cert_keys: return "deux certificats ont la même clé : l’un est une copie de l’autre";
        case mixed_signatures: return "des clés publiques sont signées par leur porteur et d’autres non";
        case signed_single_key: return "la clé d’un porteur seul porte une signature de trop";
        case nobody: return "la clé du bureau n’a aucun porteur";
        case equal_keys: return "deux porteurs ont la même clé publique";
        case identity_as_election_key: return "la clé du bureau est nulle : recommencez la cérémonie";
        // A step
        case unknown_group: return "ce programme ne connaît pas ce groupe";
        case holder_out_of_range: return "la clé du bureau n’a pas de porteur de ce numéro";
        case not_a_seed: return "le secret de l’étape 1 est abîmé";
        case cert_missing: return "il manque un certificat";
        case commitment_missing: return "il manque un engagement";
        case polynomial_missing: return "il manque un polynôme ou un engagement";
        case output_missing: return "il manque une clé publique";
        case no_cert_of_seed: return "aucun certificat de la liste n’est le vôtre : il a été échangé";
        case input_form: return "le fichier des parts a été modifié ou abîmé";
        case own_polynomial_exchanged: return "votre propre polynôme a été échangé";
        case zero_key: return "la clé obtenue est nulle : recommencez la cérémonie";
        case other_trustees: return "la clé du bureau compte d’autres porteurs que ceux de cette cérémonie";
        case other_setting: return "la clé du bureau a un autre nombre de porteurs ou un autre seuil";
        case own_cert_absent: return "votre certificat n’est pas dans la clé du bureau";
        case own_key_exchanged: return "la clé du bureau a une autre clé que la vôtre à votre place";
        case not_a_key_file: return "ce n’est pas une clé de porteur";
        case key_unopened: return "votre clé n’est pas celle qui est à cette place dans la clé du bureau";
        case too_many_confirmations: return "il y a plus de confirmations que de porteurs";
        case possession_form: return "la preuve a été modifiée ou abîmée";
        case possession_of_another: return "la preuve n’est pas celle de ce porteur, pour cette clé du bureau et cette question";
    }
    return "";
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

std::string in_french(const Opening& opening, const crypto::Refusal& refusal) {
    std::string words(words_of(refusal.check));
    if (refusal.subject == crypto::CeremonySubject::nothing) return words;
    return std::string(subject_in_french(refusal.subject)) + opening.holder(static_cast<unsigned>(refusal.number)) + " : " + words;
}

util::Failure ceremony_refused(const Opening& opening, const crypto::Refusal& refusal) {
    return bad_input("contrôle refusé : " + in_french(opening, refusal) +
                     ". Rien n’est écrit ; arrêtez-vous et prévenez le président du bureau");
}

std::string trustee_line(std::string_view command, const std::filesystem::path& path) {
    const std::string word = path.string();
    const auto is_plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '/' ||
               c == '-';
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
