// SPDX-License-Identifier: AGPL-3.0-or-later
// A page that many requests share but for their own values, never put together in memory: its texts stand once for all of them and are sent from
// there, each request's values between them.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace web {

// A rendered page cut where a request's own values go: text, value, text, value, … text.
struct PageFrame {
    std::vector<std::string> texts;
    std::vector<std::size_t> values;  // one between two texts: the index of an own value
    std::size_t bytes = 0;            // of all that it keeps
};

// One request's page; of none, without a frame. It keeps the frame alive.
struct FramedPage {
    std::shared_ptr<const PageFrame> frame;
    std::vector<std::string> values;  // as they stand in the page: escaped

    // Its pieces in order, some of them empty; they live as long as this page.
    std::vector<std::string_view> pieces() const {
        std::vector<std::string_view> all;
        if (!frame) return all;
        all.reserve(2 * frame->values.size() + 1);
        all.emplace_back(frame->texts.front());
        for (std::size_t i = 0; i < frame->values.size(); ++i) {
            all.emplace_back(values.at(frame->values[i]));
            all.emplace_back(frame->texts[i + 1]);
        }
        return all;
    }
    std::string text() const {
        std::string whole;
        if (frame) whole.reserve(frame->bytes + 1024);
        for (const std::string_view piece : pieces()) whole += piece;
        return whole;
    }
};

}  // namespace web
