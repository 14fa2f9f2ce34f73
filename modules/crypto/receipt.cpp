// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/receipt.hpp"

#include "util/signature.hpp"
#include "util/json.hpp"

namespace crypto {

namespace {

std::string signed_text(std::string_view uuid, std::string_view tracker, std::string_view at) {
    std::string text = "portail-receipt|1|";
    text.append(uuid).append("|").append(tracker).append("|").append(at);
    return text;
}

}  // namespace

std::string write_receipt(const Receipt& receipt) {
    return "{\"version\":1,\"scrutin\":" + util::json_quote(receipt.scrutin) + ",\"tracker\":" + util::json_quote(receipt.tracker) +
           ",\"at\":" + util::json_quote(receipt.at) + ",\"signature\":" + util::json_quote(receipt.signature) + "}";
}

std::string make_receipt(std::string_view secret_key, std::string_view uuid, std::string_view tracker, util::Instant at) {
    Receipt receipt{std::string(uuid), std::string(tracker), util::to_iso(at), {}};
    receipt.signature = util::sign(secret_key, signed_text(uuid, tracker, receipt.at));
    return write_receipt(receipt);
}

std::optional<Receipt> read_receipt(std::string_view text) {
    const std::optional<util::Json> json = util::parse_json(text);
    if (!json || !json->is_object()) return std::nullopt;
    Receipt receipt;
    const std::pair<const char*, std::string*> fields[] = {{"scrutin", &receipt.scrutin},
                                                           {"tracker", &receipt.tracker},
                                                           {"at", &receipt.at},
                                                           {"signature", &receipt.signature}};
    for (const auto& [name, value] : fields) {
        const auto field = json->find(name);
        if (field == json->end() || !field->is_string()) return std::nullopt;
        *value = field->get<std::string>();
    }
    if (write_receipt(receipt) != text) return std::nullopt;
    return receipt;
}

bool is_signed(const Receipt& receipt, std::string_view public_key) {
    return util::verify_signature(public_key, signed_text(receipt.scrutin, receipt.tracker, receipt.at), receipt.signature);
}

bool verify_receipt(std::string_view public_key, std::string_view text) {
    const std::optional<Receipt> receipt = read_receipt(text);
    return receipt && is_signed(*receipt, public_key);
}

}  // namespace crypto
