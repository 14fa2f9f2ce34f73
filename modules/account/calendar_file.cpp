// SPDX-License-Identifier: AGPL-3.0-or-later
#include "account/calendar_file.hpp"

#include <algorithm>

#include "util/bytes.hpp"

namespace account {

using domain::CalendarEvent;

namespace {

// "20261203T090000Z".
std::string ics_time(util::Instant at) {
    std::string text = util::to_iso(at);
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    return text;
}

// RFC 5545 section 3.3.11.
std::string ics_text(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        if (c == ',' || c == ';' || c == '\\') escaped += '\\';
        escaped += c;
    }
    return escaped;
}

// Lines of at most 75 bytes, cut between code points (section 3.1).
void add_line(std::string& file, std::string_view line) {
    std::size_t room = 75;
    for (std::size_t begin = 0; begin < line.size();) {
        std::size_t end = std::min(line.size(), begin + room);
        while (end < line.size() && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80) --end;
        if (begin > 0) file += ' ';
        file += line.substr(begin, end - begin);
        file += "\r\n";
        begin = end;
        room = 74;
    }
}

}  // namespace

std::string calendar_file(const domain::Calendar& calendar, const std::string& title, const std::string& base_url,
                          util::Instant now) {
    struct Entry {
        CalendarEvent begin, end;
        std::string summary;
    };
    const Entry entries[] = {
        {CalendarEvent::lists_shown, CalendarEvent::lists_shown, "Listes de candidats et professions de foi"},
        {CalendarEvent::reclamations_close, CalendarEvent::reclamations_close, "Dernière heure pour une réclamation"},
        {CalendarEvent::vote_opens, CalendarEvent::vote_closes, "Vote"},
        {CalendarEvent::results_shown, CalendarEvent::results_shown, "Résultats"},
    };
    std::string file;
    add_line(file, "BEGIN:VCALENDAR");
    add_line(file, "VERSION:2.0");
    add_line(file, "PRODID:-//portail//calendrier//FR");
    for (const auto& entry : entries) {
        const std::string name(domain::name_of(entry.begin));
        add_line(file, "BEGIN:VEVENT");
        add_line(file, "UID:" + util::sha256_hex(base_url + "|" + name).substr(0, 32) + "@portail");
        add_line(file, "DTSTAMP:" + ics_time(now));
        add_line(file, "DTSTART:" + ics_time(calendar.at(entry.begin)));
        if (entry.end != entry.begin) add_line(file, "DTEND:" + ics_time(calendar.at(entry.end)));
        add_line(file, "SUMMARY:" + ics_text(title + " : " + entry.summary));
        add_line(file, "URL:" + base_url + "/");
        add_line(file, "END:VEVENT");
    }
    add_line(file, "END:VCALENDAR");
    return file;
}

}  // namespace account
