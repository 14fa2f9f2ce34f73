// SPDX-License-Identifier: AGPL-3.0-or-later
// A checked request: a handler sees only fields that its route names, in valid UTF-8 without NUL, within their sizes.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace web {

enum class Method { get, post };

// A file that a form brought: any bytes, and the name that its owner's machine gave it (UTF-8 without NUL; to be shown, never believed).
struct UploadedFile {
    std::string name, bytes;
};

class Request {
public:
    Method method = Method::get;
    std::string path;       // decoded, without the query: "/scrutins/ctm"
    std::string route;      // the route's pattern, for logs: "/scrutins/{code}"
    std::string client_ip;  // as nginx saw it
    std::string user_agent;
    bool in_clear = false;   // readable on the road: whatever secret it bears is no secret any more
    std::string request_id;  // 16 hex digits, in logs and on error pages

    // A field of the route: from the query on GET, from the body on POST (never mixed). Empty when optional and absent.
    std::string_view field(std::string_view name) const { return find(fields_, name); }
    // A capture of the route's path: {code}.
    std::string_view param(std::string_view name) const { return find(params_, name); }
    // A cookie of ours, or empty.
    std::string_view cookie(std::string_view name) const { return find(cookies_, name); }

    // Of a route with a file_field; without a byte when nothing was chosen.
    const UploadedFile& file() const { return file_; }

    using Pairs = std::map<std::string, std::string, std::less<>>;
    Pairs fields_, params_, cookies_;  // filled by web alone (and by unit tests)
    UploadedFile file_;

private:
    static std::string_view find(const Pairs& pairs, std::string_view name) {
        const auto it = pairs.find(name);
        return it == pairs.end() ? std::string_view{} : std::string_view{it->second};
    }
};

}  // namespace web
