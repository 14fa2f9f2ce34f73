// SPDX-License-Identifier: AGPL-3.0-or-later
#include "reassort/page_parts.hpp"

#include "util/text.hpp"
#include "web/question_defi.hpp"

namespace reassort {

std::string code_name(const web::Env& env) { return env.edition.word("voting_code"); }

std::string new_code_name(const web::Env& env) {
    const std::string name = code_name(env);
    const bool begins_with_vowel = std::string_view("aeiouy").find(util::fold(name).front()) != std::string_view::npos;
    return (begins_with_vowel ? "nouvel " : "nouveau ") + name;
}

Typed typed_in(const web::Request& request) {
    return {std::string(request.field("telephone")), std::string(request.field("numen")), std::string(request.field("naissance")),
            std::string(request.field("reponse"))};
}

std::optional<Defi> defi_of(web::Env& env) { return web::asks_defi(env) ? find_defi(env.db, *env.session.voter) : std::nullopt; }

}  // namespace reassort
