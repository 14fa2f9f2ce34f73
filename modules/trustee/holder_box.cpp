// SPDX-License-Identifier: AGPL-3.0-or-later
#include "trustee/holder_box.hpp"

#include <stdexcept>

#include "crypto/json_text.hpp"
#include "crypto/secret_text.hpp"
#include "util/bytes.hpp"
#include "util/json.hpp"
#include "util/random.hpp"

namespace trustee {

namespace {

constexpr std::size_t k_nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t k_tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t k_most_own_bytes = std::size_t{4} << 20;  // a ceremony of 60 holders is ten times smaller

using util::raw;

// All that stands before the nonce: the associated data.
std::string head_text(const BoxHead& head, const KeyCost& cost) {
    return R"({"portail":"secret de porteur","version":1,"bureau":)" + util::json_quote(head.bureau) + R"(,"group":)" +
           util::json_quote(head.group) + R"(,"ceremony":)" + util::json_quote(head.ceremony) + R"(,"holder":)" +
           std::to_string(head.holder) + R"(,"step":)" + util::json_quote(head.step) + R"(,"argon2id":{"operations":)" +
           std::to_string(cost.operations) + R"(,"memory":)" + std::to_string(cost.memory) + R"(,"salt":")" +
           util::to_base64url(cost.salt) + R"("},"cipher":"xchacha20poly1305")";
}

std::string box_text(const Box& box) {
    return head_text(box.head, box.cost) + R"(,"nonce":")" + util::to_base64url(box.nonce) + R"(","data":")" +
           util::to_base64url(box.data) + "\"}\n";
}

bool is_within(const KeyCost& cost, const CostBounds& bounds) {
    return cost.operations >= bounds.least_operations && cost.operations <= bounds.most_operations &&
           cost.memory >= bounds.least_memory && cost.memory <= bounds.most_memory;
}

}  // namespace

util::Result<Box> read_box(std::string_view text, const CostBounds& bounds) {
    const auto bad = [](const char* sentence) { return util::failure(util::Fault::invalid, sentence); };
    if (!text.starts_with(R"({"portail":"secret de porteur",)")) return bad("ce n’est pas un fichier secret de porteur");
    if (text.size() > k_most_own_bytes) return bad("le fichier est trop grand : il est abîmé");
    Box box;
    const auto bytes = [](crypto::Reader& in) { return util::from_base64url(in.plain_string()).value_or(""); };
    crypto::Reader in(text);
    in.literal(R"({"portail":"secret de porteur","version":)");
    if (in.number() != 1 && in.ok()) return bad("le fichier est d’une autre version de ce programme");
    in.literal(R"(,"bureau":)");
    box.head.bureau = in.string();
    in.literal(R"(,"group":)");
    box.head.group = in.string();
    in.literal(R"(,"ceremony":)");
    box.head.ceremony = in.string();
    in.literal(R"(,"holder":)");
    box.head.holder = static_cast<unsigned>(in.number());
    in.literal(R"(,"step":)");
    box.head.step = in.string();
    in.literal(R"(,"argon2id":{"operations":)");
    box.cost.operations = in.number();
    in.literal(R"(,"memory":)");
    box.cost.memory = in.number();
    in.literal(R"(,"salt":)");
    box.cost.salt = bytes(in);
    in.literal(R"(},"cipher":"xchacha20poly1305","nonce":)");
    box.nonce = bytes(in);
    in.literal(R"(,"data":)");
    box.data = bytes(in);
    in.literal("}\n");
    // Written again: what is accepted has one writing, whatever a decoder forgives.
    if (!in.at_end() || box_text(box) != text || box.cost.salt.size() != crypto_pwhash_SALTBYTES ||
        box.nonce.size() != k_nonce_bytes || box.data.size() < k_tag_bytes)
        return bad("le fichier est incomplet ou abîmé");
    if (!is_within(box.cost, bounds))
        return bad("le fichier demande un calcul de clé hors des limites permises : il n’a pas été fait par ce programme");
    return box;
}

const util::Secret<32>& Passphrase::key(const KeyCost& cost) {
    if (cost_ != cost) {
        util::random_bytes(1);  // initialises libsodium: its fast Argon2 is chosen then
        auto made = std::make_unique<util::Secret<32>>();
        if (crypto_pwhash(made->data(), made->size(), text_.view().data(), text_.view().size(), raw(cost.salt), cost.operations,
                          static_cast<std::size_t>(cost.memory), crypto_pwhash_ALG_ARGON2ID13) != 0)
            throw std::runtime_error("la mémoire manque pour ouvrir ce fichier : il en faut " + std::to_string(cost.memory >> 20) +
                                     " Mio de libre ; fermez d’autres programmes et recommencez");
        key_ = std::move(made);
        cost_ = cost;
    }
    return *key_;
}

KeyCost new_cost(const CostBounds& bounds) {
    return {bounds.least_operations, bounds.least_memory, util::random_bytes(crypto_pwhash_SALTBYTES)};
}

std::string write_box(const BoxHead& head, const KeyCost& cost, Passphrase& passphrase, std::string_view secret) {
    const std::string associated = head_text(head, cost);
    Box box{head, cost, util::random_bytes(k_nonce_bytes), std::string(secret.size() + k_tag_bytes, '\0')};
    crypto_aead_xchacha20poly1305_ietf_encrypt(reinterpret_cast<unsigned char*>(box.data.data()), nullptr, raw(secret),
                                               secret.size(), raw(associated), associated.size(), nullptr, raw(box.nonce),
                                               passphrase.key(cost).data());
    return box_text(box);
}

std::optional<util::SecretText> open_box(const Box& box, Passphrase& passphrase) {
    const std::string associated = head_text(box.head, box.cost);
    std::string secret(box.data.size() - k_tag_bytes, '\0');
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(reinterpret_cast<unsigned char*>(secret.data()), nullptr, nullptr, raw(box.data),
                                                   box.data.size(), raw(associated), associated.size(), raw(box.nonce),
                                                   passphrase.key(box.cost).data()) != 0)
        return std::nullopt;
    return util::SecretText(std::move(secret));
}

util::SecretText write_secret_list(const std::vector<std::string_view>& texts) {
    std::size_t size = 2;
    for (const auto text : texts) size += 2 * text.size() + 3;
    std::string list;
    list.reserve(size);  // grows nowhere: no copy is left behind
    list = "[";
    for (const auto text : texts) {
        list.append(list.size() == 1 ? "" : ",").append(crypto::quote_secret(text).view());
    }
    return util::SecretText(list.append("]"));
}

std::optional<SecretList> read_secret_list(std::string_view text, std::size_t texts) {
    crypto::SecretReader in(text);
    SecretList list;
    in.literal("[");
    while (in.ok() && list.size() < texts) {
        if (!list.empty()) in.literal(",");
        list.push_back(in.string());
    }
    in.literal("]");
    if (!in.at_end()) return std::nullopt;
    return list;
}

}  // namespace trustee
