// SPDX-License-Identifier: AGPL-3.0-or-later
#include "auditor/verify_words.hpp"

#include <algorithm>
#include <cctype>
#include <utility>
#include <vector>

#include "util/bytes.hpp"

namespace auditor {

namespace {

using Phrase = std::pair<std::string_view, std::string_view>;

// What a failure is about, on its own.
constexpr Phrase k_things[] = {
    {"archive", "archive"},
    {"ballot", "bulletin"},
    {"credentials", "liste des clés publiques"},
    {"election", "élection"},
    {"encrypted tally", "total chiffré"},
    {"event", "événement"},
    {"partial decryption", "déchiffrement partiel"},
    {"public log", "journal public"},
    {"result", "résultat"},
    {"second proofs", "secondes preuves"},
    {"setup", "scellement"},
    {"tracker", "numéro de suivi"},
    {"trustees", "clés du bureau"},
};

constexpr Phrase k_phrases[] = {
    // The public log's end
    {"the record names no seal", "l’élection ne nomme aucun scellement"},
    {"the text is not the seal that the record names", "le texte n’est pas celui du scellement que l’élection nomme"},
    {"not a checkpoint of this scrutin signed with the sealed key",
     "ce n’est pas un point de contrôle de ce scrutin, signé par la clé scellée"},
    {"not the last checkpoint: the log was still growing",
     "ce n’est pas le dernier point de contrôle : le journal grandissait encore"},
    {"the log ended with another number of ballots", "le journal a fini avec un autre nombre de bulletins"},
    {"the log ended with other ballots", "le journal a fini avec d’autres bulletins"},
    {"the public log ended with these ballots, in this order", "le journal public a fini avec ces bulletins, dans cet ordre"},
    // The file and its events
    {"byte", "octet"},
    {"end", "fin"},
    {"roll", "émargements"},
    {"and", "et"},
    {"cannot read", "impossible de lire"},
    {"as a file", "comme un fichier"},
    {"is not a .bel archive: it does not begin with the entry BELENIOS",
     "n’est pas une archive .bel : elle ne commence pas par l’entrée BELENIOS"},
    {"truncated entry header at byte", "en-tête d’entrée tronqué à l’octet"},
    {"truncated entry at byte", "entrée tronquée à l’octet"},
    {"entry header at byte", "l’en-tête de l’entrée à l’octet"},
    {"is not exact", "n’est pas exact"},
    {"padding of the entry at byte", "le remplissage de l’entrée à l’octet"},
    {"is not zero", "n’est pas nul"},
    {"the first entry is not BELENIOS", "la première entrée n’est pas BELENIOS"},
    {"archive header is not", "l’en-tête de l’archive n’est pas"},
    {"mtime of the archive header differs from its timestamp", "l’heure de l’en-tête de l’archive n’est pas son horodatage"},
    {"name of the entry at byte", "le nom de l’entrée à l’octet"},
    {"is not the hash of its content", "n’est pas l’empreinte de son contenu"},
    {"record that no event refers to", "enregistrement auquel aucun événement ne renvoie"},
    {"the earlier copy is not a prefix of this one", "la copie plus ancienne n’est pas le début de celle-ci"},
    {"the earlier copy is this very file", "la copie plus ancienne est ce fichier même"},
    {"the earlier copy does not end with an event", "la copie plus ancienne ne finit pas par un événement"},
    {"parent or height breaks the chain", "le parent ou le rang rompt la chaîne"},
    {"unknown type", "type inconnu"},
    {"records before it are not those it refers to", "les enregistrements qui le précèdent ne sont pas ceux auxquels il renvoie"},
    {"out of order", "hors de son ordre"},
    {"no Setup event", "aucun événement Setup"},
    {"no ballot of the archive has it", "aucun bulletin de l’archive ne le porte"},
    {"credentials counted differ from the signatures of the roll", "électeurs comptés et émargements diffèrent"},
    // Setup
    {"hashes of election, trustees and credentials", "empreintes de l’élection, des clés du bureau et de la liste"},
    {"election or trustees record above 2 MiB", "enregistrement de l’élection ou des clés du bureau au-delà de 2 Mio"},
    {"a record of it is above 16 MiB", "un de ses enregistrements dépasse 16 Mio"},
    {"more than 4096 choices", "plus de 4096 choix"},
    {"not a list of keys", "n’est pas une liste de clés"},
    {"unknown group", "groupe inconnu"},
    {"election record", "enregistrement de l’élection"},
    {"not a JSON object, or a repeated key", "n’est pas un objet JSON, ou répète une clé"},
    {"not compact", "n’est pas compact"},
    {"escape in a key", "échappe un caractère d’une clé"},
    {"not a text", "administrator ou credential_authority n’est pas un texte"},
    {"nested too deep", "est imbriqué trop profondément"},
    {"version is not 1", "la version n’est pas 1"},
    {"a question is not homomorphic or out of bounds", "une question n’est pas homomorphe, ou est hors bornes"},
    {"public_key is not a key of the group", "public_key n’est pas une clé du groupe"},
    {"public_key is not that of the trustees", "public_key n’est pas la clé des porteurs"},
    {"fingerprint differs from the published one", "l’empreinte n’est pas celle qui est publiée"},
    {"not a key of the group (writing, subgroup or identity)", "n’est pas une clé du groupe (écriture, sous-groupe ou neutre)"},
    {"weights out of range", "poids hors bornes"},
    {"entries with and without weight", "entrées avec et sans poids"},
    {"repeated key", "clé répétée"},
    // Trustees
    {"not canonical at byte", "forme non canonique à l’octet"},
    {"trustees", "porteurs"},
    {"cert", "certificat"},
    {"nobody", "personne"},
    {"two equal keys", "deux clés égales"},
    {"identity as election key", "élément neutre comme clé de l’élection"},
    {"signature on a Single key", "signature sur une clé Single"},
    {"threshold: 1 <= t < n does not hold", "le seuil ne respecte pas 1 <= t < n"},
    {"too many trustees", "trop de porteurs"},
    {"certs, coefexps, signatures and verification keys differ in number",
     "nombres différents de certs, coefexps, signatures et verification_keys"},
    {"two certs with an equal key", "deux certificats ont une même clé"},
    {"certs signature", "signature des certificats"},
    {"verification key", "clé de vérification"},
    {"verification keys with and without signature", "clés de vérification avec et sans signature"},
    {"is not the one of the coefexps", "n’est pas celle des coefexps"},
    {"not of the degree of the threshold", "pas du degré que veut le seuil"},
    {"leading coefficients cancel: fewer than the threshold decrypt",
     "les coefficients de tête s’annulent : moins de porteurs que le seuil déchiffrent"},
    {"threshold of one in an election of ours", "seuil d’un seul porteur dans une élection du portail"},
    {"message is not in canonical form", "le message n’est pas en forme canonique"},
    {"context does not match its place", "le contexte n’est pas celui de sa place"},
    {"key outside the group", "clé hors du groupe"},
    {"public key outside the group", "clé publique hors du groupe"},
    {"element outside the group", "élément hors du groupe"},
    {"identity as public key", "élément neutre comme clé publique"},
    {"identity as key", "élément neutre comme clé"},
    {"identity as constant term", "élément neutre comme terme constant"},
    {"proof of possession", "preuve de possession"},
    // Ballots
    {"the same ballot twice", "le même bulletin deux fois"},
    {"credential is not in the list", "clé absente de la liste"},
    {"second ballot of a credential", "second bulletin d’un même électeur"},
    {"canonical form", "forme canonique"},
    {"rebuilt bytes differ", "les octets reconstruits diffèrent"},
    {"membership", "appartenance au groupe"},
    {"individual proof", "preuve d’un choix"},
    {"overall proof", "preuve de l’ensemble"},
    {"blank proof", "preuve du vote blanc"},
    {"election uuid", "uuid de l’élection"},
    {"election hash", "empreinte de l’élection"},
    {"identity as credential", "élément neutre comme clé d’électeur"},
    {"signature hash", "empreinte signée"},
    {"signature", "signature"},
    // The count
    {"differs from the product of the ballots", "diffère du produit des bulletins"},
    {"canonical form or membership", "forme canonique ou appartenance au groupe"},
    {"num_tallied, total_weight or hash differ from what was counted",
     "num_tallied, total_weight ou empreinte diffèrent du compte"},
    {"owner record is not in canonical form", "l’enregistrement du porteur n’est pas en forme canonique"},
    {"owner out of range", "numéro de porteur hors bornes"},
    {"second one of an owner", "second déchiffrement d’un même porteur"},
    {"decryption of trustee", "déchiffrement du porteur"},
    {"membership of decryption_factors", "appartenance au groupe de decryption_factors"},
    {"decryption_proofs", "decryption_proofs"},
    {"not enough valid partial decryptions", "pas assez de déchiffrements partiels valables"},
    {"differs from the decryption", "diffère du déchiffrement"},
    // Second proofs
    {"second proof", "seconde preuve"},
    {"no second proof", "pas de seconde preuve"},
    {"does not agree with the others", "ne s’accorde pas avec les autres"},
    {"the record demands them, and their file is missing", "l’élection scellée les exige, et leur fichier manque"},
    {"file not in its one writing", "le fichier n’est pas dans sa seule écriture"},
    {"file of another election or Setup event", "le fichier est d’une autre élection ou d’un autre scellement"},
    {"file of another encrypted total", "le fichier est d’un autre total chiffré"},
    {"not of a decryption of the archive", "d’un déchiffrement qui n’est pas dans l’archive"},
    // Remarks
    {"tracker", "numéro de suivi"},
    {"superseded by a later ballot of its credential, not counted",
     "remplacé par un bulletin plus récent du même électeur, non compté"},
    {"1 superseded ballots (a credential's last one counts)", "1 bulletin remplacé (le dernier de chaque électeur compte)"},
    {"superseded ballots (a credential's last one counts)", "bulletins remplacés (le dernier de chaque électeur compte)"},
    {"1 ballots of the earlier copy were counted, their proofs not checked again",
     "1 bulletin de la copie plus ancienne est compté, sans revoir ses preuves"},
    {"ballots of the earlier copy were counted, their proofs not checked again",
     "bulletins de la copie plus ancienne sont comptés, sans revoir leurs preuves"},
    {"no file of second proofs, and the record demands none",
     "pas de fichier de secondes preuves, et l’élection scellée n’en exige pas"},
    {"trustees: threshold of one: each holder decrypts alone", "clés du bureau : seuil d’un seul porteur, chacun déchiffre seul"},
    {"running election: the ballot box is not closed", "vote en cours : l’urne n’est pas close"},
    {"closed election, without result yet", "vote clos, pas encore de résultat"},
    {"trustees: 2.5.1 form, verification keys without signature: not readable by version 3.0",
     "clés du bureau en forme 2.5.1, sans signature des clés de vérification : illisible par la version 3.0"},
};

bool is_letter(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

const std::vector<Phrase>& longest_first() {
    static const std::vector<Phrase> k_sorted = [] {
        std::vector<Phrase> phrases(std::begin(k_phrases), std::end(k_phrases));
        std::stable_sort(phrases.begin(), phrases.end(),
                         [](const Phrase& a, const Phrase& b) { return a.first.size() > b.first.size(); });
        return phrases;
    }();
    return k_sorted;
}

}  // namespace

std::string verify_words(std::string_view text) {
    std::string french;
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view rest = text.substr(at);
        const bool at_word = at == 0 || !is_letter(text[at - 1]);
        const auto phrase = std::find_if(longest_first().begin(), longest_first().end(), [&](const Phrase& p) {
            return at_word && rest.starts_with(p.first) && (rest.size() == p.first.size() || !is_letter(rest[p.first.size()]));
        });
        if (phrase != longest_first().end()) {
            french += phrase->second;
            at += phrase->first.size();
        } else if (rest.starts_with(": ")) {
            french += " : ";
            at += 2;
        } else {
            french += text[at++];
        }
    }
    return french;
}

std::string failure_line(const crypto::VerifyFailure& failure) {
    const auto thing =
        std::find_if(std::begin(k_things), std::end(k_things), [&](const Phrase& p) { return p.first == failure.what; });
    std::string line(thing == std::end(k_things) ? std::string_view(failure.what) : thing->second);
    line += " " + (failure.what == "archive" ? verify_words(failure.record) : failure.record);
    // A ballot's hash is also the number that the elector was shown, in its other writing.
    if (failure.what == "ballot")
        if (const auto digest = util::from_hex(failure.record))
            line += " (numéro de suivi " + util::to_base64_unpadded(*digest) + ")";
    line += " : " + verify_words(failure.check);
    if (!failure.where.empty()) line += " (" + verify_words(failure.where) + ")";
    return line;
}

}  // namespace auditor
