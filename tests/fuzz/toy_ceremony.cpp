// SPDX-License-Identifier: AGPL-3.0-or-later
#include "toy_ceremony.hpp"

#include "crypto/trustees/ceremony.hpp"
#include "crypto/hash.hpp"
#include "util/ensure.hpp"
#include "util/file.hpp"

namespace test {

namespace {

namespace ceremony = crypto::ceremony;
using Strings = std::vector<std::string>;

const ceremony::Setting k_setting{"TOY-607", 3, 2};

// Nothing when two of the hundred keys happen to be equal, or one is nothing.
std::optional<ToyCeremony> play() {
    ToyCeremony toy;
    for (unsigned i = 1; i <= 3; ++i) {
        const auto identity = ceremony::make_identity(k_setting, i);
        if (!identity) return std::nullopt;
        toy.seeds.emplace_back(identity->seed.view());
        toy.certs.push_back(identity->cert);
    }
    if (!ceremony::check_certs(k_setting, toy.certs)) return std::nullopt;
    for (const auto& seed : toy.seeds) {
        const auto made = ceremony::make_contribution(k_setting, seed, toy.certs);
        if (!made) return std::nullopt;
        toy.polynomials.push_back(made->polynomial);
        toy.commitments.push_back(made->commitment);
    }
    const auto inputs = ceremony::route(k_setting, toy.certs, toy.commitments, toy.polynomials);
    if (!inputs) return std::nullopt;
    toy.inputs = *inputs;
    for (std::size_t i = 0; i < 3; ++i) {
        const auto share = ceremony::finish(k_setting, toy.seeds[i], toy.certs, toy.commitments, toy.inputs[i]);
        if (!share) return std::nullopt;
        toy.public_keys.push_back(share->public_key);
        toy.key_files.emplace_back(share->key_file.view());
    }
    const auto record = ceremony::assemble(k_setting, toy.certs, toy.commitments, toy.polynomials, toy.public_keys);
    if (!record) return std::nullopt;
    toy.record = *record;
    return toy;
}

}  // namespace

std::string play_toy_ceremony() {
    for (;;) {
        const auto toy = play();
        if (!toy) continue;
        util::Json json;
        json["seeds"] = toy->seeds;
        json["certs"] = toy->certs;
        json["polynomials"] = toy->polynomials;
        json["commitments"] = toy->commitments;
        json["inputs"] = toy->inputs;
        json["public_keys"] = toy->public_keys;
        json["key_files"] = toy->key_files;
        json["record"] = toy->record;
        return json.dump(1) + "\n";
    }
}

const ToyCeremony& toy_ceremony() {
    static const ToyCeremony k_toy = [] {
        const auto json = util::parse_json(util::read_file(PORTAIL_TOY_CEREMONY).value_or(""));
        ENSURE(json.has_value());
        const auto list = [&](const char* name) { return json->at(name).get<Strings>(); };
        ToyCeremony toy{
            {"Bureau « central »", k_setting.group, k_setting.holders, k_setting.threshold, {"Mme A", "M. B", "Mme C"}, ""},
            R"({"portail":"ceremonie","version":1,"piece":"0-ouverture","bureau":"B","group":"Ed25519","holders":3,"threshold":2,"names":["Mme A","M. B","Mme C"],"salt":"s"})",
            json->at("record").get<std::string>(),
            list("seeds"),
            list("certs"),
            list("polynomials"),
            list("commitments"),
            list("inputs"),
            list("public_keys"),
            list("key_files")};
        toy.opening.id = crypto::sha_hex("toy");
        return toy;
    }();
    return k_toy;
}

}  // namespace test
