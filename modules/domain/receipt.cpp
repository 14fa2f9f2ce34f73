// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/receipt.hpp"

#include <optional>

#include "util/signature.hpp"
#include "util/json.hpp"

namespace domain {

namespace {

std::string signed_text(std::string_view uuid, std::string_view tracker, std::string_view at) {
    std::string text = "portail-receipt|1|";
    text.append(uuid).append("|").append(tracker).append("|").append(at);
    return text;
}

std::string write_receipt(std::string_view uuid, std::string_view tracker, std::string_view at, std::string_view signature) {
    return "{\"version\":1,\"scrutin\":" + util::json_quote(uuid) + ",\"tracker\":" + util::json_quote(tracker) +
           ",\"at\":" + util::json_quote(at) + ",\"signature\":" + util::json_quote(signature) + "}";
}

}  // namespace

std::string make_receipt(std::string_view secret_key, std::string_view uuid, std::string_view tracker, util::Instant at) {
    const std::string time = util::to_iso(at);
    return write_receipt(uuid, tracker, time, util::sign(secret_key, signed_text(uuid, tracker, time)));
}

bool verify_receipt(std::string_view public_key, std::string_view receipt) {
    const std::optional<util::Json> json = util::parse_json(receipt);
    if (!json || !json->is_object()) return false;
    std::string fields[4];
    const char* const names[4] = {"scrutin", "tracker", "at", "signature"};
    for (int i = 0; i < 4; ++i) {
        const auto field = json->find(names[i]);
        if (field == json->end() || !field->is_string()) return false;
        fields[i] = field->get<std::string>();
    }
    const auto& [uuid, tracker, at, signature] = fields;
    // One writing only: whatever else the text holds is refused.
    return write_receipt(uuid, tracker, at, signature) == receipt &&
           util::verify_signature(public_key, signed_text(uuid, tracker, at), signature);
}

}  // namespace domain
