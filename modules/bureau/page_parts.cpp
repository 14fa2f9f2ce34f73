// SPDX-License-Identifier: AGPL-3.0-or-later
#include "bureau/page_parts.hpp"

namespace bureau {

std::string_view label_of_state(domain::ScrutinState state) {
    using domain::ScrutinState;
    switch (state) {
        case ScrutinState::draft: return "en préparation";
        case ScrutinState::published: return "listes publiées";
        case ScrutinState::sealed: return "scellé";
        case ScrutinState::open: return "ouvert";
        case ScrutinState::closed: return "clos";
        case ScrutinState::tallied: return "dépouillé";
        case ScrutinState::proclaimed: return "proclamé";
        case ScrutinState::archived: return "archivé";
    }
    return "";
}

}  // namespace bureau
