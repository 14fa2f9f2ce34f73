// SPDX-License-Identifier: AGPL-3.0-or-later
#include "courrier/html_mail.hpp"

#include <algorithm>

namespace courrier {
namespace {

void add_escaped(std::string& html, std::string_view text) {
    for (const char c : text) {
        switch (c) {
            case '&': html += "&amp;"; break;
            case '<': html += "&lt;"; break;
            case '>': html += "&gt;"; break;
            case '"': html += "&quot;"; break;
            default: html += c;
        }
    }
}

std::size_t address_length(std::string_view text) {
    if (!text.starts_with("https://") && !text.starts_with("http://")) return 0;
    std::size_t length = std::min(text.find_first_of(" \t<>\"«»"), text.size());
    while (length > 0 && std::string_view(".,;:!?)").find(text[length - 1]) != std::string_view::npos) --length;
    return length;
}

void add_line(std::string& html, std::string_view line) {
    while (!line.empty()) {
        const std::size_t at = std::min({line.find("https://"), line.find("http://"), line.size()});
        add_escaped(html, line.substr(0, at));
        line.remove_prefix(at);
        if (line.empty()) return;
        const std::size_t length = std::max<std::size_t>(address_length(line), 1);
        std::string address;
        add_escaped(address, line.substr(0, length));
        html +=
            length > 8 ? "<a href=\"" + address + "\" style=\"color:#000091;word-break:break-all\">" + address + "</a>" : address;
        line.remove_prefix(length);
    }
}

}  // namespace

std::string html_of(std::string_view subject, std::string_view body) {
    std::string html =
        "<!DOCTYPE html>\n<html lang=\"fr\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>";
    add_escaped(html, subject);
    html +=
        "</title>\n</head>\n<body style=\"margin:0;padding:16px;background:#ffffff;color:#161616\">\n"
        "<main style=\"max-width:40em;margin:0 auto;font:16px/1.5 Marianne,Arial,sans-serif\">\n";
    bool in_paragraph = false;
    while (!body.empty()) {
        const std::size_t end = std::min(body.find('\n'), body.size());
        const std::string_view line = body.substr(0, end);
        body.remove_prefix(std::min(end + 1, body.size()));
        if (line.find_first_not_of(" \t\r") == std::string_view::npos) {
            if (in_paragraph) html += "</p>\n";
            in_paragraph = false;
            continue;
        }
        html += in_paragraph ? "<br>\n" : "<p style=\"margin:0 0 16px\">";
        in_paragraph = true;
        add_line(html, line);
    }
    if (in_paragraph) html += "</p>\n";
    return html + "</main>\n</body>\n</html>\n";
}

}  // namespace courrier
