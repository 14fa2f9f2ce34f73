// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/election_record.hpp"

#include "crypto/credential.hpp"
#include "crypto/hash.hpp"
#include "crypto/protocol.hpp"
#include "util/json.hpp"

namespace crypto {

namespace {

using util::Json;

// Nothing but JSON's own signs outside strings, keys without escapes, and no deeper nesting than the format has: before a general
// parser sees it, since a parser's memory for a deep nest is many times the text, and since other readers may see another key.
const char* fault_of_layout(std::string_view text) {
    bool inside = false, escaped = false;
    int depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (inside && c == '\\') {
            escaped = true;
            ++i;
        } else if (c == '"') {
            if (inside && escaped && i + 1 < text.size() && text[i + 1] == ':') return "escape in a key";
            inside = !inside;
            escaped = false;
        } else if (inside) continue;
        else if (c <= ' ' || c > '~') return "not compact";
        else if ((c == '[' || c == '{') && ++depth > 16) return "nested too deep";
        else if (c == ']' || c == '}') --depth;
    }
    return nullptr;
}

bool read_text(const Json& object, const char* key, std::string& out) {
    const auto it = object.find(key);
    if (it == object.end() || !it->is_string()) return false;
    out = it->get<std::string>();
    return true;
}

// Absent, or a text.
bool is_text_if_any(const Json& object, const char* key) {
    const auto it = object.find(key);
    return it == object.end() || it->is_string();
}

bool read_bound(const Json& object, const char* key, std::size_t limit, unsigned& out) {
    const auto it = object.find(key);
    if (it == object.end() || !it->is_number_unsigned() || it->get<std::uint64_t>() > limit) return false;
    out = it->get<unsigned>();
    return true;
}

bool read_question(const Json& json, QuestionRecord& q) {
    if (!json.is_object() || json.contains("type") || !read_text(json, "question", q.question)) return false;
    const auto answers = json.find("answers");
    if (answers == json.end() || !answers->is_array() || answers->empty()) return false;
    for (const auto& answer : *answers) {
        if (!answer.is_string()) return false;
        q.answers.push_back(answer.get<std::string>());
    }
    if (const auto blank = json.find("blank"); blank != json.end()) {
        if (!blank->is_boolean()) return false;
        q.blank = blank->get<bool>();
    }
    return read_bound(json, "min", q.answers.size(), q.min) && read_bound(json, "max", q.answers.size(), q.max) && q.min <= q.max;
}

}  // namespace

util::Result<ElectionRecord> read_election_record(std::string_view bytes) {
    const auto bad = [](const char* what) { return util::failure(util::Fault::invalid, std::string("election record: ") + what); };
    if (const char* fault = fault_of_layout(bytes)) return bad(fault);
    const auto json = util::parse_json(bytes);
    if (!json || !json->is_object()) return bad("not a JSON object, or a repeated key");
    ElectionRecord election;
    election.bytes = bytes;
    const auto version = json->find("version");
    if (version == json->end() || !version->is_number_unsigned() || version->get<std::uint64_t>() != 1)
        return bad("version is not 1");
    if (!read_text(*json, "uuid", election.uuid) || election.uuid.size() < 14 || !is_base58(election.uuid)) return bad("uuid");
    if (!read_text(*json, "group", election.group)) return bad("group");
    if (!read_text(*json, "public_key", election.public_key)) return bad("public_key");
    if (!read_text(*json, "name", election.name)) return bad("name");
    if (!read_text(*json, "description", election.description)) return bad("description");
    if (!is_text_if_any(*json, "administrator") || !is_text_if_any(*json, "credential_authority")) return bad("not a text");
    const auto questions = json->find("questions");
    if (questions == json->end() || !questions->is_array() || questions->empty()) return bad("questions");
    for (const auto& question : *questions)
        if (!read_question(question, election.questions.emplace_back()))
            return bad("a question is not homomorphic or out of bounds");
    election.fingerprint = sha_b64(bytes);
    election.rules = read_rules(election.description);
    return election;
}

std::string make_election_record(std::string_view uuid, std::string_view group, std::string_view public_key, std::string_view name,
                                 std::string_view description, const Question& question) {
    using util::json_quote;
    std::string record = R"({"version":1,"description":)" + json_quote(description) + R"(,"name":)" + json_quote(name) +
                         R"(,"group":)" + json_quote(group) + R"(,"public_key":)" + json_quote(public_key) +
                         R"(,"questions":[{"answers":[)";
    for (std::size_t i = 0; i < question.answers.size(); ++i) {
        if (i != 0) record += ',';
        record += json_quote(question.answers[i]);
    }
    record +=
        R"(],"blank":true,"min":1,"max":1,"question":)" + json_quote(question.question) + R"(}],"uuid":)" + json_quote(uuid) + "}";
    return record;
}

}  // namespace crypto
