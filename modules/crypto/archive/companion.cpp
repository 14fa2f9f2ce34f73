// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/archive/companion.hpp"

#include "crypto/json_text.hpp"

namespace crypto {

namespace {

std::string proof_text(std::string_view challenge, std::string_view response) {
    return R"({"challenge":")" + std::string(challenge) + R"(","response":")" + std::string(response) + "\"}";
}

}  // namespace

std::string companion_name(std::string_view uuid) { return std::string(uuid) + ".preuves.json"; }

std::string write_companion(const Companion& companion) {
    std::string text = R"({"portail":"preuves","version":1,"uuid":")" + companion.uuid + R"(","setup":")" + companion.setup +
                       R"(","encrypted_tally":")" + companion.encrypted_tally + R"(","decryptions":[)";
    for (const auto& one : companion.decryptions) {
        if (&one != &companion.decryptions.front()) text += ',';
        text +=
            "\n"
            R"({"owner":)" +
            std::to_string(one.owner) + R"(,"partial":")" + one.partial + R"(","proof":)" + one.proof + "}";
    }
    return text + "]}\n";
}

std::optional<Companion> read_companion(std::string_view text) {
    Reader in(text);
    Companion companion;
    in.literal(R"({"portail":"preuves","version":1,"uuid":)");
    companion.uuid = in.plain_string();
    in.literal(R"(,"setup":)");
    companion.setup = in.plain_string();
    in.literal(R"(,"encrypted_tally":)");
    companion.encrypted_tally = in.plain_string();
    in.literal(R"(,"decryptions":[)");
    while (in.ok() && !in.peek("]}")) {
        if (!companion.decryptions.empty()) in.literal(",");
        Companion::Decryption one;
        in.literal(
            "\n"
            R"({"owner":)");
        one.owner = in.number();
        in.literal(R"(,"partial":)");
        one.partial = in.plain_string();
        in.literal(R"(,"proof":{"challenge":)");
        const std::string_view challenge = in.plain_string();
        in.literal(R"(,"response":)");
        one.proof = proof_text(challenge, in.plain_string());
        in.literal("}}");
        if (!companion.decryptions.empty() && companion.decryptions.back().owner >= one.owner) in.fail();
        companion.decryptions.push_back(std::move(one));
    }
    in.literal("]}\n");
    if (!in.at_end()) return std::nullopt;
    return companion;
}

}  // namespace crypto
