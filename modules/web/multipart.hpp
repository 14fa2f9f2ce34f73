// SPDX-License-Identifier: AGPL-3.0-or-later
// Reads a form in parts (RFC 7578), with one file or none, and nothing else of that format: no nested part, no encoding, no second file. Knows no route; what
// the file is, is judged by who asked for it. A long text comes so without escapes: a ballot, which is a third shorter and need not be read letter by letter.
#pragma once

#include <string>
#include <string_view>

#include "util/result.hpp"
#include "web/request.hpp"

namespace web {

inline constexpr std::string_view k_file_form_type = "multipart/form-data";

struct FileForm {
    Request::Pairs fields;
    UploadedFile file;
};

// `content_type`: the header with its boundary. `file_field`: the one name under which a file may come; it is there, maybe without a byte. Empty: no file may.
// invalid: anything that a browser does not send, a repeated name, a text with NUL or not in UTF-8, more than 20 parts.
util::Result<FileForm> read_file_form(std::string_view content_type, std::string_view body, std::string_view file_field);

// The same text for the same fields and file: each sending of a form has a boundary of its own.
std::string canonical_text(const FileForm& form);

}  // namespace web
