// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/answered_form.hpp"

#include <condition_variable>
#include <mutex>
#include <set>

#include "util/bytes.hpp"
#include "util/priority.hpp"
#include "web/session_id.hpp"

namespace web {

namespace {

constexpr const char* k_key = "answered";
constexpr std::chrono::seconds k_longest_turn{10};

struct UnderWay {
    std::mutex mutex;
    std::condition_variable ended;
    std::set<std::string> forms, waited_for;
};

UnderWay& under_way() {
    static UnderWay instance;
    return instance;
}

}  // namespace

std::string name_of_form(std::string_view path, std::string_view body, std::string_view form_key) {
    if (form_key.empty()) return {};
    return util::sha256_hex(std::string(path) + "|" + std::string(body)).substr(0, 32);
}

void put_answered(util::Json& data, const AnsweredForm& answered) {
    data[k_key] = {{"form", answered.form},           {"to", answered.location},
                   {"salt", answered.salt},           {"member", answered.is_member},
                   {"wipes", answered.wipes_browser}, {"until", answered.until.time_since_epoch().count()}};
}

std::optional<AnsweredForm> take_answered(util::Json& data, util::Instant now) {
    const auto found = data.find(k_key);
    if (found == data.end()) return std::nullopt;
    AnsweredForm answered{found->at("form").get<std::string>(),
                          found->at("to").get<std::string>(),
                          found->at("salt").get<std::string>(),
                          found->at("member").get<bool>(),
                          found->at("wipes").get<bool>(),
                          util::Instant{std::chrono::seconds{found->at("until").get<std::int64_t>()}}};
    data.erase(k_key);
    if (now >= answered.until) return std::nullopt;
    return answered;
}

std::string successor_of(std::string_view id, const AnsweredForm& answered) {
    const std::string bits = util::sha256("successor|" + std::string(id) + "|" + answered.salt).substr(0, 16);
    return answered.is_member ? as_member(util::to_base64url(bits)) : util::to_base64url(bits);
}

FormTurn::FormTurn(std::string form) : form_(std::move(form)) {
    if (form_.empty()) return;
    UnderWay& all = under_way();
    const util::Ceiling ceiling;  // of the lock; who waits for it costs nothing
    std::unique_lock lock(all.mutex);
    if (all.forms.contains(form_)) {
        if (all.waited_for.size() >= k_most_waiting || !all.waited_for.insert(form_).second) return;
        all.ended.wait_for(lock, k_longest_turn, [&] { return !all.forms.contains(form_); });
        all.waited_for.erase(form_);
    }
    is_mine_ = all.forms.insert(form_).second;
}

FormTurn::~FormTurn() {
    if (!is_mine_) return;
    UnderWay& all = under_way();
    const util::Ceiling ceiling;
    {
        const std::lock_guard lock(all.mutex);
        all.forms.erase(form_);
    }
    all.ended.notify_all();
}

}  // namespace web
