// SPDX-License-Identifier: AGPL-3.0-or-later
// The route table of a worker: method, path, guard, fields, handler. web answers 404, 405, 400, 403, 411, 413 and 415 from it
// before a handler runs; a handler never checks them again.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/ids.hpp"
#include "web/request.hpp"
#include "web/response.hpp"

namespace web {

class Env;

enum class Guard {
    anyone,    // signed in or not
    elector,   // signed in; others are sent to /connexion with a word of why (JSON routes: 403)
    rolls,     // an elector, whose session comes with the rolls he stands on: read with it, in one statement
    onlooker,  // as anyone; a page asks it by itself, so the idle time runs on
    program,   // what is sent proves itself: no session is read, no form token is asked for
};

constexpr bool is_for_electors(Guard guard) { return guard == Guard::elector || guard == Guard::rolls; }

// How a refusal is written: as what the browser asked for.
enum class ErrorForm {
    page,
    json,  // {"error":"<word>","message":"<French sentence>"}
};

// A field the route accepts. A name outside the table is a 400; so is a value that breaks its rule. An empty value is
// allowed in a required field: the handler shows its own message and keeps the form. `csrf` and `form_key` are known to
// every POST route and not listed. `max` counts code points.
struct Field {
    enum class Rule {
        line,   // one line: no control character
        text,   // several lines: CR LF and tab allowed
        ascii,  // printable ASCII
    };
    enum class Need { required, optional };
    std::string name;
    std::size_t max;
    Rule rule = Rule::line;
    Need need = Need::required;
};

using Handler = std::function<Answer(const Request&, Env&)>;

// `path`: literal segments and {captures}: "/scrutins/{code}/listes". A capture is 1 to 64 of [A-Za-z0-9_.-].
// HEAD is answered from the GET row. A row whose Failure comes back is answered by its Fault's status and page.
struct Route {
    Method method;
    std::string path;
    Guard guard;
    std::vector<Field> fields;
    Handler handler;
    ErrorForm errors = ErrorForm::page;
    std::size_t max_body = 16 * 1024;  // bytes
    std::string file_field = {};  // not empty: the form brings one file under this name, and comes as multipart/form-data alone
    // Guard::rolls, of a page about one scrutin: which one it is, if that is known at this data version. The session then comes with the elector's line
    // on this roll alone.
    std::function<std::optional<domain::ScrutinId>(const Request&, std::uint32_t data_version)> one_roll = nullptr;
};

}  // namespace web
