// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/session_id.hpp"

#include "util/bytes.hpp"
#include "util/random.hpp"

namespace web {

namespace {
constexpr char k_member = 'm';
}  // namespace

bool is_member_id(std::string_view id) { return id.size() == 23 && id.front() == k_member; }

bool looks_like_id(std::string_view value) {
    if (is_member_id(value)) value.remove_prefix(1);
    return value.size() == 22 && util::from_base64url(value).has_value();
}

std::string as_member(std::string_view id) { return k_member + std::string(id); }
std::string member_id() { return as_member(util::random_token(16)); }

std::string hash_of_id(std::string_view id) { return util::sha256_hex(id); }

std::string csrf_of(std::string_view id_hash) { return util::to_base64url(util::sha256("csrf|" + std::string(id_hash))); }

void name_session(Session& session, std::string id) {
    session.id = std::move(id);
    session.id_hash = hash_of_id(session.id);
    session.csrf = csrf_of(session.id_hash);
}

}  // namespace web
