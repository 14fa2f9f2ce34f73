// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/import_diff.hpp"

#include <algorithm>
#include <map>

#include "scrutinctl/store_import_diff.hpp"
#include "util/text.hpp"

namespace scrutinctl {

namespace {

constexpr std::size_t k_names = 5;

std::uint64_t hash_of(std::string_view text) { return std::hash<std::string_view>{}(text); }

std::uint64_t hash_of(std::initializer_list<std::string_view> fields) {
    std::string all;
    for (const std::string_view field : fields) all.append(field) += '\n';
    return hash_of(all);
}

std::string content_of(const ImportScrutin& scrutin) {
    std::string all = scrutin.title;
    for (const std::string& field : {scrutin.instance, scrutin.level, scrutin.perimeter, std::to_string(scrutin.seats),
                                     std::string(scrutin.tie_by_candidates ? "1" : "0"), scrutin.crypto_group, scrutin.bureau})
        all += "|" + field;
    return all;
}

std::string words_of_key(const std::vector<domain::UnionShare>& unions) {
    return unions.empty() ? "plus de partage" : domain::words_of_unions(unions);
}

std::string plural(std::uint64_t count, std::string_view one, std::string_view many) {
    return util::french_number(static_cast<long long>(count)) + " " + std::string(count < 2 ? one : many);
}

}  // namespace

void ImportDiff::Some::add(std::string name, std::size_t longest) {
    if (++count <= k_names) first.push_back(util::printable(name, longest));
}

// « 12 ajoutés (Zoé Martin, …) »; empty when there is none.
std::string ImportDiff::Some::words(std::string_view one, std::string_view many) const {
    if (count == 0) return {};
    std::string text = plural(count, one, many) + " (";
    for (const std::string& name : first) text += (&name == &first.front() ? "" : ", ") + name;
    return text + (count > first.size() ? "…)" : ")");
}

void ImportDiff::join(std::vector<std::string>& lines, std::string_view what, std::initializer_list<std::string> parts) {
    std::string text;
    for (const std::string& part : parts)
        if (!part.empty()) text += (text.empty() ? "" : " ; ") + part;
    if (!text.empty()) lines.push_back(std::string(what) + " : " + text + ".");
}

ImportDiff::ImportDiff(db::Connection& db) : db_(db) {
    store::each_elector(db, [&](const store::StoredElector& one) {
        known_.push_back({hash_of(one.email),
                          hash_of({one.civility, one.last_name, one.first_name, one.personnel, one.corps, one.affectation,
                                   one.academie_code, one.departement, one.notice_place}),
                          one.id, one.is_struck_off, false});
    });
    std::sort(known_.begin(), known_.end(), [](const Known& a, const Known& b) { return a.email < b.email; });
}

void ImportDiff::see(const Elector& elector) {
    const std::uint64_t email = hash_of(elector.email);
    const auto found = std::lower_bound(known_.begin(), known_.end(), email,
                                        [](const Known& known, std::uint64_t wanted) { return known.email < wanted; });
    const std::string name = elector.first_name + " " + elector.last_name;
    if (found == known_.end() || found->email != email) return added_.add(name);
    found->is_seen = true;
    if (found->is_struck_off) return back_.add(name);
    if (found->content != hash_of({elector.civility, elector.last_name, elector.first_name, elector.personnel, elector.corps,
                                   elector.affectation, elector.academie_code, elector.departement, elector.notice_place}))
        changed_.add(name);
}

std::vector<std::string> ImportDiff::lines(const ImportedElection& election) {
    std::vector<unsigned> gone;
    for (const Known& known : known_)
        if (!known.is_seen && !known.is_struck_off) gone.push_back(known.id);
    std::sort(gone.begin(), gone.end());  // the first of the roll are named, and not of the hashes
    Some struck;
    for (const unsigned id : gone) struck.add(struck.count < k_names ? store::name_of_elector(db_, id) : std::string());
    std::vector<std::string> lines;
    join(lines, "Électeurs",
         {added_.words("ajouté", "ajoutés"), struck.words("retiré", "retirés"), changed_.words("changé", "changés"),
          back_.words("radié par le bureau, qui revient", "radiés par le bureau, qui reviennent")});

    Some new_scrutins, changed_scrutins, gone_scrutins, new_lists, gone_lists, changed_keys;
    std::map<std::string, std::string> stored;
    for (const auto& scrutin : store::stored_scrutins(db_)) stored.emplace(scrutin.code, scrutin.content);
    std::map<std::pair<std::string, std::string>, std::vector<domain::UnionShare>> stored_lists, lists;
    for (const auto& list : store::stored_lists(db_)) stored_lists.emplace(std::pair{list.scrutin, list.name}, list.unions);
    for (const ImportScrutin& scrutin : election.scrutins) {
        for (const CandidateList& list : scrutin.lists) lists.emplace(std::pair{scrutin.code, list.name}, list.unions);
        const auto found = stored.find(scrutin.code);
        if (found == stored.end()) new_scrutins.add(scrutin.code);
        else if (found->second != content_of(scrutin)) changed_scrutins.add(scrutin.code);
        if (found != stored.end()) stored.erase(found);
    }
    for (const auto& [code, content] : stored) gone_scrutins.add(code);
    for (const auto& [list, unions] : lists) {
        const auto before = stored_lists.find(list);
        if (before == stored_lists.end()) new_lists.add(list.first + " : " + list.second);
        else if (before->second != unions) changed_keys.add(list.first + " : " + list.second + ", " + words_of_key(unions), 600);
    }
    for (const auto& [list, unions] : stored_lists)
        if (!lists.contains(list)) gone_lists.add(list.first + " : " + list.second);
    join(lines, "Scrutins",
         {new_scrutins.words("ajouté", "ajoutés"), gone_scrutins.words("retiré", "retirés"),
          changed_scrutins.words("changé", "changés")});
    join(lines, "Listes",
         {new_lists.words("ajoutée", "ajoutées"), gone_lists.words("retirée", "retirées"),
          changed_keys.words("dont le partage des voix change", "dont le partage des voix change")});

    const store::Lost lost = store::what_is_lost(db_);
    const auto some = [](std::uint64_t count, std::string_view one, std::string_view many) {
        return count == 0 ? std::string() : plural(count, one, many);
    };
    join(lines, "Effacés avec l’ancienne liste",
         {some(lost.claims, "réclamation", "réclamations"),
          some(lost.invitations, "trace d’invitation : un nouvel envoi réécrira à cette personne",
               "traces d’invitations : un nouvel envoi réécrira à ces personnes"),
          some(lost.roll_changes, "correction de la liste", "corrections de la liste")});
    return lines;
}

}  // namespace scrutinctl
