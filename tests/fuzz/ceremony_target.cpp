// SPDX-License-Identifier: AGPL-3.0-or-later
// The fuzz target of the key ceremony: every file that a holder or the office reads from the other, and every message inside, first as
// the files' readers see it, then as the next step of a ceremony whose other files are good. Whatever comes in: nothing crashes, what is
// accepted is written back as it was, and what is said of it can be shown on a terminal.
#include <cstdint>

#include "crypto/groups.hpp"
#include "crypto/protocol.hpp"
#include "crypto/trustees/ceremony_steps.hpp"
#include "toy_ceremony.hpp"
#include "trustee/ceremony_screen.hpp"
#include "trustee/reply.hpp"
#include "trustee/trustee_file.hpp"
#include "util/ensure.hpp"
#include "util/text.hpp"

namespace {

namespace ceremony = crypto::ceremony;
using crypto::Toy607;
using Strings = std::vector<std::string>;

// Fit for a terminal: no control character, whatever stood in the file.
void ensure_sayable(const std::string& sentence) {
    ENSURE(!sentence.empty() && util::is_utf8(sentence));
    for (std::size_t at = 0; at < sentence.size(); at += 100) {  // is_plain_line takes 400 bytes; cut between characters
        std::size_t end = std::min(at + 100, sentence.size());
        std::size_t start = at;
        while (start > 0 && (sentence[start] & 0xC0) == 0x80) --start;
        while (end < sentence.size() && (sentence[end] & 0xC0) == 0x80) ++end;
        ENSURE(trustee::is_plain_line(std::string_view(sentence).substr(start, end - start)));
    }
}

template <class T>
bool is_accepted(const util::Result<T>& result) {
    if (!result) ensure_sayable(result.error().detail);
    return result.has_value();
}
// The same of a step of crypto, whose refusals are put in French.
template <class T>
bool holds(const crypto::Checked<T>& result) {
    if (!result) ensure_sayable(trustee::in_french(test::toy_ceremony().opening, result.refusal()));
    return result.has_value();
}

void read_files(std::string_view input) {
    const auto& opening = test::toy_ceremony().opening;
    if (const auto read = trustee::read_opening(input); is_accepted(read)) {
        ENSURE(read->holders <= 60 && read->threshold >= 2 && read->threshold < read->holders);
        const auto again = trustee::read_opening(trustee::write_opening(*read));
        ENSURE(again && again->bureau == read->bureau && again->names == read->names && again->threshold == read->threshold);
    }
    using trustee::Piece;
    const bool is_json = util::parse_json(input).has_value();  // otherwise one piece's refusal is that of all
    for (const Piece* piece :
         {&trustee::k_cert, &trustee::k_certs, &trustee::k_commitment, &trustee::k_commitments, &trustee::k_polynomial,
          &trustee::k_parts, &trustee::k_public_key, &trustee::k_confirmation, &trustee::k_confirmations}) {
        const unsigned number =
            piece == &trustee::k_certs || piece == &trustee::k_commitments || piece == &trustee::k_confirmations ? 0 : 2;
        const std::size_t texts = number == 0 ? opening.holders : 1;
        const auto read = trustee::read_piece(opening, *piece, number, texts, input);
        if (!is_accepted(read)) {
            if (is_json) continue;
            break;
        }
        ENSURE(read->size() == texts);
        ENSURE(*trustee::read_piece(opening, *piece, number, texts, trustee::write_piece(opening, *piece, number, *read)) == *read);
    }
    if (const auto proof = trustee::read_possession(input); is_accepted(proof))
        holds(ceremony::check_possession(proof->group, test::toy_ceremony().record, proof->holder, "q", proof->proof));
    if (const auto partials = trustee::parse_partials(input); is_accepted(partials))
        if (!partials->scrutins.empty())
            ENSURE(trustee::parse_partials(trustee::write_partials(*partials))->holder == partials->holder);
    if (const auto box = trustee::read_box(input, test::k_cheap); is_accepted(box)) {
        trustee::Passphrase passphrase{util::SecretText("cheval lampe orage tuile")};
        if (const auto secret = trustee::open_box(*box, passphrase)) (void)trustee::read_secret_list(secret->view(), 3);
    }
    if (const auto list = trustee::read_secret_list(input, 3))
        ENSURE(trustee::write_secret_list({(*list)[0].view(), (*list)[1].view(), (*list)[2].view()}).view() == input);
    (void)trustee::parse_holder_key(input);
    (void)trustee::decryptions_needed(input);
}

// As what a holder published, and what the office made of it.
void read_messages(std::string_view input) {
    const auto& toy = test::toy_ceremony();
    const auto setting = toy.opening.setting();
    const std::string text(input);
    const auto with_first = [&](Strings texts) {
        texts[0] = text;
        return texts;
    };
    if (input.starts_with(R"({"message":)")) {
        holds(ceremony::check_certs(setting, with_first(toy.certs)));
        holds(ceremony::check_confirmations(setting.group, toy.record, {text, text, text}));
        const auto read = crypto::read_whole<crypto::SignedMessage<Toy607>>(input, crypto::read_signed_message<Toy607>);
        if (read && !input.ends_with('\n')) ENSURE(crypto::write_signed_message(*read) == input);
    } else if (input.starts_with(R"({"polynomial":)")) {
        const auto commitment = crypto::commit_to_polynomial<Toy607>(input);
        Strings commitments = toy.commitments;
        if (commitment) {
            commitments[0] = *commitment;
            const auto read = crypto::read_whole<crypto::PolynomialText<Toy607>>(input, crypto::read_polynomial<Toy607>);
            if (!input.ends_with('\n')) ENSURE(crypto::write_polynomial(*read) == input);
        }
        holds(ceremony::route(setting, toy.certs, commitments, with_first(toy.polynomials)));
        holds(ceremony::finish(setting, toy.seeds[0], toy.certs, toy.commitments, input));
    } else if (input.starts_with(R"({"pok":)")) {
        holds(ceremony::assemble(setting, toy.certs, toy.commitments, toy.polynomials, with_first(toy.public_keys)));
    } else if (input.starts_with("[[")) {
        holds(ceremony::check_record(setting, toy.certs, toy.commitments, input));
        holds(ceremony::confirm(setting.group, input, toy.key_files[0]));
    } else if (input.starts_with(R"({"challenge":)")) {
        holds(ceremony::check_possession(setting.group, toy.record, 1, "q", input));
    } else if (input.starts_with(R"({"seed":)") || input.starts_with("\"")) {
        holds(ceremony::check_key_file(setting.group, toy.record, 1, input));
        holds(ceremony::confirm(setting.group, toy.record, input));
    } else if (input.starts_with(R"({"decryption_factors":)")) {
        static const auto election = *crypto::Election::parse(
            crypto::make_election_record("11111111111111", setting.group, *crypto::election_public_key(setting.group, toy.record),
                                         "n", "d", {"q", {"a"}}));
        static const std::string tally = election->tally([] { return std::nullopt; })->encrypted_tally;
        (void)election->verify_partial_decryption(toy.record, tally, 1, input);
    }
}

// As what a cheating holder puts inside the channel: it signs and seals as it should. And the reading of secrets, beside the plain one.
void read_secrets(std::string_view input) {
    const auto& toy = test::toy_ceremony();
    static const crypto::HolderKeys<Toy607> victim(toy.seeds[0]), liar(toy.seeds[1]);
    if (input.size() <= 256 && util::is_utf8(input)) {
        const std::string sealed = crypto::send_channel<Toy607>(*liar.sk, victim.ek, input);
        const auto opened = crypto::receive_channel<Toy607>(victim, liar.vk.point, sealed);
        ENSURE(opened && opened->view() == input);
        (void)crypto::receive_channel<Toy607>(victim, victim.vk.point, sealed);  // refused, but for one time in a hundred here
        if (input.starts_with(R"({"secret":)")) {
            static const auto p =
                *crypto::read_whole<crypto::PolynomialText<Toy607>>(toy.polynomials[1], crypto::read_polynomial<Toy607>);
            std::string vinput = toy.inputs[0];
            const std::string honest = util::json_quote(p.secrets[0]);
            holds(ceremony::finish(toy.opening.setting(), toy.seeds[0], toy.certs, toy.commitments,
                                   vinput.replace(vinput.find(honest), honest.size(), util::json_quote(sealed))));
        }
    }
    if (input.starts_with(R"({"message":)"))
        (void)crypto::receive_channel<Toy607>(victim, liar.vk.point, crypto::encrypt_channel<Toy607>(victim.ek, input));
    (void)crypto::receive_channel<Toy607>(victim, liar.vk.point, input);
    (void)crypto::read_decryption_key<Toy607>(input);
    crypto::Reader plain(input);
    crypto::SecretReader secret(input);
    const std::string text = plain.string();
    ENSURE(secret.string().view() == text && secret.ok() == plain.ok() && secret.at_end() == plain.at_end());
    ENSURE(crypto::quote_secret(input).view() == util::json_quote(input));
    ENSURE(crypto::Ed25519::Scalar::parse_secret(input) == crypto::Ed25519::Scalar::parse(input));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    read_files(input);
    read_messages(input);
    read_secrets(input);
    return 0;
}
