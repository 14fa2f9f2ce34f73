// SPDX-License-Identifier: AGPL-3.0-or-later
// The receipt as a document that a person reads, prints and keeps: title, hour of Paris, reference, how to check, and the small file
// itself, as a QR code, as text and as the PDF's keywords. Says nothing of the elector. Knows no HTTP.
#pragma once

#include <string>

#include "crypto/receipt.hpp"

namespace vote {

struct ReceiptPaper {
    std::string election, scrutin, scrutin_code;  // titles as the portal shows them
    std::string base_url, receipt_key;
    crypto::Receipt receipt;  // its signature was checked
};

// The bytes of a PDF. Throws std::runtime_error when the fonts are not installed.
std::string make_receipt_paper(const ReceiptPaper& paper);

}  // namespace vote
