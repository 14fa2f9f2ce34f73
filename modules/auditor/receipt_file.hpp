// SPDX-License-Identifier: AGPL-3.0-or-later
// What the files that an elector keeps hold: the receipt as the booth saves it, the PDF that carries it, the proof of inclusion that the
// urn's page gives, or the first and the last one after the other. Finds texts; checks nothing of what they say.
#pragma once

#include <string>
#include <string_view>

namespace auditor {

struct ReceiptFile {
    std::string receipt, proof;  // empty: not in this file
};
ReceiptFile read_receipt_file(std::string_view bytes);

}  // namespace auditor
