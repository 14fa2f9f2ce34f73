// SPDX-License-Identifier: AGPL-3.0-or-later
#include "activation/journey.hpp"

namespace activation {

namespace {

std::int64_t seconds_of(util::Instant at) { return at.time_since_epoch().count(); }
util::Instant instant_of(const util::Json& seconds) { return util::Instant{std::chrono::seconds{seconds.get<std::int64_t>()}}; }

}  // namespace

util::Json to_data(const Spent& spent) { return {{"spent", {{"hash", spent.token_hash}, {"until", seconds_of(spent.until)}}}}; }

bool has_spent(const util::Json& data, std::string_view token_hash, util::Instant now) {
    const auto found = data.find("spent");
    return found != data.end() && found->at("hash") == token_hash && now < instant_of(found->at("until"));
}

util::Json to_data(const Waiting& waiting) {
    return {{"waiting",
             {{"typed", waiting.typed},
              {"asked_at", seconds_of(waiting.asked_at)},
              {"forgotten", waiting.forgotten},
              {"limited", waiting.limited}}}};
}

util::Json to_data(const Journey& journey) {
    return {{"journey",
             {{"voter", journey.voter.value},
              {"purpose", name_of(journey.purpose)},
              {"until", seconds_of(journey.until)},
              {"hash", journey.password_hash},
              {"kept", journey.kept}}}};
}

std::optional<Waiting> waiting_of(const util::Json& data) {
    const auto found = data.find("waiting");
    if (found == data.end()) return std::nullopt;
    return Waiting{found->at("typed").get<std::string>(), instant_of(found->at("asked_at")), found->at("forgotten").get<bool>(),
                   found->at("limited").get<bool>()};
}

std::optional<Journey> journey_of(const util::Json& data, util::Instant now) {
    const auto found = data.find("journey");
    if (found == data.end()) return std::nullopt;
    Journey journey;
    journey.voter = domain::VoterId{found->at("voter").get<std::uint32_t>()};
    journey.purpose = found->at("purpose") == "reset" ? Purpose::reset : Purpose::activation;
    journey.until = instant_of(found->at("until"));
    journey.password_hash = found->at("hash").get<std::string>();
    journey.kept = found->value("kept", false);
    if (now >= journey.until) return std::nullopt;
    return journey;
}

}  // namespace activation
