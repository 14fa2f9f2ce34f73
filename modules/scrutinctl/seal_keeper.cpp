// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/seal_keeper.hpp"

#include "crypto/protocol.hpp"
#include "scrutinctl/programs.hpp"
#include "scrutinctl/select.hpp"
#include "scrutinctl/store_audit.hpp"
#include "scrutinctl/store_sealed.hpp"
#include "trustee/trustee_file.hpp"
#include "util/digest.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

constexpr std::string_view k_what_to_do =
    "À faire : ne rien poursuivre sur ce scrutin, garder une copie de la base de données, prévenir le bureau de vote ; "
    "« scrutinctl integrity » dit l’état de tous";

util::Failure broken(const store::Scrutin& scrutin, const std::string& why) {
    return refused("scrutin " + scrutin.code + " : le scellement ne tient pas : " + why + ". " + std::string(k_what_to_do));
}

std::string lines_of(const std::vector<std::string>& differences) {
    std::string text;
    for (std::string line : differences) {
        for (char& c : line)
            if (c == '\t') c = ' ';
        text += "\n    " + line;
    }
    return text;
}

}  // namespace

domain::Seal seal_of_tables(Office& office, const store::Scrutin& scrutin, const store::Setup& setup, const std::string& programs) {
    db::Connection& db = office.db();
    domain::Seal seal;
    store::read_scrutin_to_seal(db, scrutin.id, seal);
    if (!seal.demonstration) {
        const domain::Calendar calendar = store::read_calendar(db);
        seal.opens = util::to_iso(calendar.at(domain::CalendarEvent::vote_opens));
        seal.closes = util::to_iso(calendar.at(domain::CalendarEvent::vote_closes));
    }
    util::Sha256 roll, bindings;
    store::each_roll_entry(db, scrutin.id, [&](const domain::RollEntry& entry) {
        roll.update(domain::roll_line(entry));
        ++seal.electors;
    });
    seal.roll = roll.finish_hex();
    std::vector<std::string> public_keys;
    store::each_credential(db, scrutin.id, [&](const std::string& binding, const std::string& public_key) {
        bindings.update(domain::credential_line(binding, public_key));
        public_keys.push_back(public_key);
    });
    seal.bindings = bindings.finish_hex();
    const auto public_creds = crypto::make_public_creds(std::move(public_keys));
    seal.public_creds = public_creds ? crypto::sha_hex(*public_creds) : "";
    const auto holders = trustee::holders_of(setup.trustees);
    seal.holders = holders.all, seal.threshold = holders.needed;
    seal.trustees = crypto::sha_hex(setup.trustees);
    seal.receipt_key = setup.receipt_key, seal.log_key = setup.log_key;
    seal.programs = programs;
    return seal;
}

std::string election_seal_text(Office& office) {
    std::string text = "portail-sceau-election\t1\n";
    for (const store::Scrutin& scrutin : store::scrutins(office.db())) {
        const auto seal = store::find_seal(office.db(), scrutin.id);
        const auto setup = store::find_setup(office.db(), scrutin.id);
        text += scrutin.code + "\t" + scrutin.uuid + "\t" + (seal ? seal->digest : "") + "\t" +
                (setup ? crypto::sha_hex(setup->election) : "") + "\n";
    }
    return text;
}

util::Result<SealKeeper::Sealed> SealKeeper::sealed(const store::Scrutin& scrutin) {
    db::Connection& db = office_.db();
    const auto setup = store::find_setup(db, scrutin.id);
    const auto stored = store::find_seal(db, scrutin.id);
    if (!setup || !stored) return broken(scrutin, "il manque");
    const auto seal = domain::read_seal(stored->text);
    if (!seal || crypto::sha_hex(stored->text) != stored->digest) return broken(scrutin, "son texte a été changé");
    const std::string entry = store::first_audit_detail(db, "seal", scrutin.code);
    if (entry.find(" sceau=" + stored->digest + " election=" + crypto::sha_hex(setup->election) + " ") == std::string::npos)
        return broken(scrutin, "ce n’est pas celui du journal des actes");
    return Sealed{*seal, stored->digest, *setup};
}

util::Result<SealKeeper::Sealed> SealKeeper::require_tables(const store::Scrutin& scrutin) {
    auto found = sealed(scrutin);
    if (!found) return found;
    const std::string before = domain::write_seal(found->seal);
    const std::string now = domain::write_seal(seal_of_tables(office_, scrutin, found->setup, found->seal.programs));
    if (before != now)
        return broken(scrutin,
                      "les tables diffèrent de ce qui est scellé" + lines_of(domain::seal_differences(before, now)) + "\n  ");
    return found;
}

util::Result<SealKeeper::Sealed> SealKeeper::require(const store::Scrutin& scrutin) {
    auto found = require_tables(scrutin);
    if (!found) return found;
    if (const util::Status programs = require_programs(found->seal); !programs) return programs.error();
    return found;
}

util::Status SealKeeper::require_programs(const domain::Seal& seal) {
    if (!programs_) programs_ = list_programs(office_);
    const auto last = store::last_programs(office_.db());
    if (!last || crypto::sha_hex(last->text) != last->digest)
        return refused("la liste scellée des programmes manque ou a été changée");
    const std::string accepted =
        last->number == 1 ? seal.programs : store::last_audit_detail(office_.db(), "programs").substr(0, last->digest.size());
    if (last->digest != accepted) return refused("la liste scellée des programmes n’est pas celle du scellement");
    if (*programs_ == last->text) return util::Done{};
    const std::string differences = "des programmes, pages ou fichiers ne sont plus ceux du scellement :" +
                                    lines_of(domain::seal_differences(last->text, *programs_)) +
                                    "\n  Si le bureau de vote a décidé cette intervention : « scrutinctl programs accept »";
    if (!seal.demonstration) return refused(differences);
    if (!programs_told_) say("Démonstration : " + differences);
    programs_told_ = true;
    return util::Done{};
}

util::Status SealKeeper::require_election() {
    const std::string sealed = store::last_audit_detail(office_.db(), "seal-election");
    if (sealed.substr(0, 64) == crypto::sha_hex(election_seal_text(office_))) return util::Done{};
    return refused(
        "le sceau de l’élection entière n’est pas celui du journal des actes : un scrutin manque, est de trop, ou son "
        "scellement a été changé. " +
        std::string(k_what_to_do));
}

util::Result<std::vector<SealKeeper::Sealed>> what_is_sealed(Office& office, const Arguments& arguments) {
    const auto scrutins = chosen_scrutins(office, arguments);
    if (!scrutins) return scrutins.error();
    SealKeeper keeper(office);
    std::vector<SealKeeper::Sealed> all;
    for (const store::Scrutin& scrutin : *scrutins) {
        if (scrutin.state < domain::ScrutinState::sealed) continue;
        auto sealed = keeper.sealed(scrutin);
        if (!sealed) return sealed.error();
        all.push_back(*std::move(sealed));
    }
    if (all.empty()) return refused("aucun des scrutins choisis n’est scellé");
    return all;
}

}  // namespace scrutinctl
