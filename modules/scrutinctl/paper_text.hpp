// SPDX-License-Identifier: AGPL-3.0-or-later
// A document of the office, said once and written twice: as a page for any browser and screen reader, and as a PDF to sign. Knows no election.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "paper/sheet.hpp"
#include "web/render.hpp"

namespace scrutinctl {

class PaperText {
public:
    explicit PaperText(std::string title) : title_(std::move(title)) {}

    void on_each_page(std::string text) { on_each_page_ = std::move(text); }  // of the PDF

    void section(std::string text) { blocks_.push_back({Block::Kind::section, std::move(text), {}, {}, {}, 0}); }
    void paragraph(std::string text) { blocks_.push_back({Block::Kind::paragraph, std::move(text), {}, {}, {}, 0}); }
    using Items = std::vector<std::pair<std::string, std::string>>;  // mark and text
    void list(Items items) { blocks_.push_back({Block::Kind::list, "", std::move(items), {}, {}, 0}); }
    // `caption`: what the table shows, said before it. `least_height` as in paper::Sheet.
    void table(std::string caption, std::vector<paper::Column> columns, std::vector<std::vector<std::string>> rows,
               float least_height = 0) {
        blocks_.push_back({Block::Kind::table, std::move(caption), {}, std::move(columns), std::move(rows), least_height});
    }

    std::string html(const web::Renderer& renderer) const;
    std::string pdf() const;

private:
    struct Block {
        enum class Kind { section, paragraph, list, table } kind;
        std::string text;
        Items items;
        std::vector<paper::Column> columns;
        std::vector<std::vector<std::string>> rows;
        float least_height = 0;
    };
    std::string title_, on_each_page_;
    std::vector<Block> blocks_;
};

}  // namespace scrutinctl
