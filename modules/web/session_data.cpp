// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/session_data.hpp"

namespace web {

const SessionData& SessionData::read() const {
    if (text_.empty()) return *this;
    if (text_ != "{}") journey_ = util::parse_json(text_).value_or(util::Json::object());
    text_.clear();
    answered_ = take_answered(journey_, now_);
    return *this;
}

std::string SessionData::text() const {
    util::Json whole = read().journey_;
    if (answered_) put_answered(whole, *answered_);
    return whole.dump();
}

}  // namespace web
