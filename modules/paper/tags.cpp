// SPDX-License-Identifier: AGPL-3.0-or-later
#include "paper/tags.hpp"

#include <hpdf_objects.h>
#include <hpdf_pages.h>
#include <hpdf_streams.h>

namespace paper {

namespace {

HPDF_Dict new_object(HPDF_Doc pdf) {
    HPDF_Dict made = HPDF_Dict_New(pdf->mmgr);
    HPDF_Xref_Add(pdf->xref, made);
    return made;
}

HPDF_Array children_of(HPDF_Doc pdf, HPDF_Dict element) {
    auto* there = static_cast<HPDF_Array>(HPDF_Dict_GetItem(element, "K", HPDF_OCLASS_ARRAY));
    if (there != nullptr) return there;
    there = HPDF_Array_New(pdf->mmgr);
    HPDF_Dict_Add(element, "K", there);
    return there;
}

}  // namespace

void Tags::start(HPDF_Doc pdf) {
    pdf_ = pdf;
    HPDF_Dict marked = HPDF_Dict_New(pdf->mmgr);
    HPDF_Dict_AddBoolean(marked, "Marked", HPDF_TRUE);
    HPDF_Dict_Add(pdf->catalog, "MarkInfo", marked);
    HPDF_Dict_Add(pdf->catalog, "Lang", HPDF_String_New(pdf->mmgr, "fr-FR", nullptr));
    HPDF_Dict shown = HPDF_Dict_New(pdf->mmgr);
    HPDF_Dict_AddBoolean(shown, "DisplayDocTitle", HPDF_TRUE);
    HPDF_Dict_Add(pdf->catalog, "ViewerPreferences", shown);

    root_ = new_object(pdf);
    HPDF_Dict_AddName(root_, "Type", "StructTreeRoot");
    HPDF_Dict_Add(pdf->catalog, "StructTreeRoot", root_);
    document_ = new_object(pdf);
    HPDF_Dict_AddName(document_, "Type", "StructElem");
    HPDF_Dict_AddName(document_, "S", "Document");
    HPDF_Dict_Add(document_, "P", root_);
    HPDF_Array_Add(children_of(pdf, root_), document_);
    HPDF_Dict tree = new_object(pdf);
    pages_ = HPDF_Array_New(pdf->mmgr);
    HPDF_Dict_Add(tree, "Nums", pages_);
    HPDF_Dict_Add(root_, "ParentTree", tree);
}

void Tags::write(const std::string& operators) const {
    HPDF_Stream_WriteStr(static_cast<HPDF_PageAttr>(page_->attr)->stream, operators.c_str());
}

void Tags::add_page(HPDF_Page page) {
    if (page_ != nullptr && !open_role_.empty()) write("EMC\n");
    page_ = page;
    HPDF_Dict_AddNumber(page, "StructParents", static_cast<HPDF_INT32>(page_count_));
    HPDF_Dict_AddName(page, "Tabs", "S");
    page_marks_ = HPDF_Array_New(pdf_->mmgr);
    HPDF_Array_AddNumber(pages_, static_cast<HPDF_INT32>(page_count_));
    HPDF_Array_Add(pages_, page_marks_);
    ++page_count_;
    mark_count_ = 0;
    if (!open_role_.empty()) begin();
}

Tags::Element Tags::add(const char* role, Element parent, const std::string& alternative) {
    if (parent == nullptr) parent = document_;
    Element made = new_object(pdf_);
    HPDF_Dict_AddName(made, "Type", "StructElem");
    HPDF_Dict_AddName(made, "S", role);
    HPDF_Dict_Add(made, "P", parent);
    if (!alternative.empty())
        HPDF_Dict_Add(made, "Alt", HPDF_String_New(pdf_->mmgr, alternative.c_str(), HPDF_GetEncoder(pdf_, "UTF-8")));
    if (std::string_view(role) == "TH") {
        HPDF_Dict scope = HPDF_Dict_New(pdf_->mmgr);
        HPDF_Dict_AddName(scope, "O", "Table");
        HPDF_Dict_AddName(scope, "Scope", "Column");
        HPDF_Dict_Add(made, "A", scope);
    }
    HPDF_Array_Add(children_of(pdf_, parent), made);
    return made;
}

void Tags::begin() {
    if (open_ == nullptr) {
        write("/Artifact BMC\n");
        return;
    }
    write("/" + open_role_ + " <</MCID " + std::to_string(mark_count_) + ">> BDC\n");
    HPDF_Dict mark = HPDF_Dict_New(pdf_->mmgr);
    HPDF_Dict_AddName(mark, "Type", "MCR");
    HPDF_Dict_Add(mark, "Pg", page_);
    HPDF_Dict_AddNumber(mark, "MCID", static_cast<HPDF_INT32>(mark_count_));
    HPDF_Array_Add(children_of(pdf_, open_), mark);
    HPDF_Array_Add(page_marks_, open_);
    ++mark_count_;
}

void Tags::open(Element element, const char* role) {
    open_ = element;
    open_role_ = role;
    begin();
}

void Tags::open_ornament() {
    open_ = nullptr;
    open_role_ = "Artifact";
    begin();
}

void Tags::close() {
    write("EMC\n");
    open_ = nullptr;
    open_role_.clear();
}

void Tags::finish() { HPDF_Dict_AddNumber(root_, "ParentTreeNextKey", static_cast<HPDF_INT32>(page_count_)); }

}  // namespace paper
