// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/paper_text.hpp"

namespace scrutinctl {

std::string PaperText::html(const web::Renderer& renderer) const {
    util::Json blocks = util::Json::array();
    for (const Block& block : blocks_) {
        util::Json items = util::Json::array(), columns = util::Json::array(), rows = util::Json::array();
        for (const auto& [mark, text] : block.items) items.push_back({{"mark", mark}, {"text", text}});
        for (const paper::Column& column : block.columns) columns.push_back({{"title", column.title}});
        for (const auto& row : block.rows) {
            util::Json cells = util::Json::array();
            for (const std::string& cell : row) cells.push_back({{"text", cell}});
            rows.push_back({{"cells", std::move(cells)}});
        }
        blocks.push_back({{"is_section", block.kind == Block::Kind::section},
                          {"is_paragraph", block.kind == Block::Kind::paragraph},
                          {"is_list", block.kind == Block::Kind::list},
                          {"is_table", block.kind == Block::Kind::table},
                          {"text", block.text},
                          {"items", std::move(items)},
                          {"columns", std::move(columns)},
                          {"rows", std::move(rows)}});
    }
    const util::Json view{{"title", title_}, {"blocks", std::move(blocks)}};
    return renderer.kept("office/proces_verbal_part", "", [&] { return view; }, {});
}

std::string PaperText::pdf() const {
    paper::Sheet sheet(title_);
    if (!on_each_page_.empty()) sheet.on_each_page(on_each_page_);
    sheet.heading(title_);
    for (const Block& block : blocks_) {
        if (block.kind == Block::Kind::section) sheet.section(block.text);
        if (block.kind == Block::Kind::paragraph) sheet.paragraph(block.text);
        for (const auto& [mark, text] : block.items) sheet.item(mark, text);
        if (block.kind != Block::Kind::table) continue;
        sheet.paragraph(block.text);
        sheet.table(block.columns, block.rows, block.least_height);
    }
    return sheet.bytes();
}

}  // namespace scrutinctl
