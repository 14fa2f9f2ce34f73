// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cases.hpp"

#include <map>
#include <memory>

#include "crypto/archive_format.hpp"
#include "crypto/ballot_maker.hpp"
#include "crypto/ceremony_steps.hpp"
#include "crypto/groups.hpp"
#include "crypto/tally.hpp"
#include "json_mutations.hpp"

namespace mutations {

namespace {

using G = crypto::Belenios2048;
constexpr std::int64_t k_time = 1'790'000'000;

struct Event {
    std::string type;
    std::vector<std::string> records;  // the last is the payload
};
using Events = std::vector<Event>;

struct Pieces {
    std::string election, trustees, creds;
    std::vector<std::string> ballots;
    std::string tally, sized;
    std::vector<std::pair<unsigned, std::string>> partials;
    std::string result;
};

std::string entry(const std::string& name, const std::string& body) {
    return crypto::tar_header(name, body.size(), k_time) + body + std::string(crypto::tar_padding(body.size()), '\0');
}

using Spoil = std::function<void(std::size_t, std::string&)>;  // an event's index and body

std::string write(const Events& events, const Spoil& spoil = {}) {
    std::string bytes = entry("BELENIOS", crypto::archive_header(k_time)), parent;
    for (std::size_t i = 0; i < events.size(); ++i) {
        for (const auto& record : events[i].records) bytes += entry(crypto::sha_hex(record) + ".data.json", record);
        std::string body = crypto::write_event(parent, i, events[i].type, events[i].records.empty() ? "" : crypto::sha_hex(events[i].records.back()));
        if (spoil) spoil(i, body);
        parent = crypto::sha_hex(body);
        bytes += entry(parent + ".event.json", body);
    }
    return bytes;
}

Events events_of(const Pieces& p) {
    Events events{{"Setup", {p.election, p.trustees, p.creds, crypto::write_setup_data(p.election, p.trustees, p.creds)}}};
    for (const auto& ballot : p.ballots) events.push_back({"Ballot", {ballot}});
    events.push_back({"EndBallots", {}});
    events.push_back({"EncryptedTally", {p.tally, p.sized}});
    for (const auto& [owner, partial] : p.partials) events.push_back({"PartialDecryption", {partial, crypto::make_owned(owner, partial)}});
    events.push_back({"Result", {p.result}});
    return events;
}

// The office, dishonest where asked.
class Maker {
public:
    explicit Maker(const test::OwnElection& own) : own_(own) {}

    Pieces good() const {
        return {own_.election->record(), own_.trustees, own_.public_creds, own_.ballots, own_.tally.encrypted_tally, own_.tally.sized,
                own_.partials, own_.counts.result};
    }

    std::string sign_again(const std::string& ballot, std::size_t voter) const {
        const std::string text = ballot.substr(0, std::min(ballot.rfind(",\"signature\":"), ballot.size() - 1));
        const std::string hash = crypto::sha_b64(text + "}");
        const auto proof = crypto::prove_knowledge<G>("sig|" + hash + "|", *secret(voter));
        return text + R"(,"signature":{"hash":")" + hash + R"(","proof":)" + crypto::write_proof(proof) + "}}";
    }

    // Ballots as a booth would make them for this record, if it is one.
    void vote_again(Pieces& p) const {
        const auto election = crypto::read_election_record(p.election);
        const auto y = election ? crypto::parse_key<G>(election->public_key) : std::nullopt;
        if (!y) return;
        for (std::size_t voter = 0; voter < p.ballots.size(); ++voter) {
            std::vector<std::vector<std::uint64_t>> plain;
            for (const auto& q : election->questions) {
                plain.emplace_back(q.choices());
                for (std::size_t i = 0; i < q.min; ++i) plain.back()[i + (q.blank ? 1 : 0)] = 1;
            }
            p.ballots[voter] = crypto::make_ballot<G>({*election, y->point}, *secret(voter), plain);
        }
    }

    // Tally of the ballots that can be read, decryptions by whoever's key opens, result; what cannot be made stays.
    void count_again(Pieces& p) const {
        const auto election = crypto::read_election_record(p.election);
        if (!election) return;
        std::string why;
        const auto list = crypto::read_public_creds(p.creds, why);
        auto rows = crypto::empty_tally<G>(*election);
        std::map<std::string, std::string> last;
        std::uint64_t weights = 0;
        for (const auto& text : p.ballots) {
            crypto::BallotFault fault;
            if (const auto ballot = crypto::read_ballot<G>(text, *election, fault)) last[ballot->credential.text] = text;
        }
        for (const auto& [credential, text] : last) {
            crypto::BallotFault fault;
            std::uint64_t weight = 1;
            if (list)
                for (const auto& listed : *list)
                    if (listed.key == credential) weight = listed.weight;
            crypto::add_ballot<G>(rows, *crypto::read_ballot<G>(text, *election, fault), weight);
            weights += weight;
        }
        p.tally = crypto::write_encrypted_tally<G>(rows);
        p.sized = crypto::write_sized(last.size(), weights, p.tally);
        decrypt_again(p, weights);
    }
    void decrypt_again(Pieces& p, std::uint64_t weights) const {
        const auto election = crypto::Election::parse(p.election);
        const auto trustees = crypto::read_trustees<G>(p.trustees);
        if (!election || !trustees) return;
        std::vector<std::pair<unsigned, std::string>> partials;
        const std::size_t wanted = p.partials.size();
        for (unsigned owner = 1; owner <= own_.trustee_keys.size() && partials.size() < wanted; ++owner)
            for (const auto& key : own_.trustee_keys)
                if (auto partial = (*election)->partial_decrypt(p.trustees, p.tally, owner, key)) partials.emplace_back(owner, std::move(*partial));
        if (partials.empty()) return;
        p.partials = std::move(partials);
        if (weights > 100'000) return;
        if (auto counts = (*election)->combine(p.trustees, {p.tally, p.sized, weights}, p.partials)) p.result = std::move(counts->result);
    }

    const test::OwnElection& own() const { return own_; }

private:
    crypto::SecretScalar<G::Scalar> secret(std::size_t voter) const {
        return std::move(*crypto::derive_secret<G::Scalar>(own_.uuid, own_.codes[voter].view()));
    }
    const test::OwnElection& own_;
};

Moduli moduli() { return {add_decimals((-G::Scalar::from(1)).text(), "1"), std::string(crypto::Belenios2048Params::k_p)}; }

class Cases {
public:
    Cases(const test::OwnElection& own, std::string name) : maker_(std::make_shared<Maker>(own)), name_(std::move(name)), good_(maker_->good()) {}

    std::vector<Case> all() {
        add("good", [p = good_] { return write(events_of(p)); });
        records();
        deep();
        if (good_.trustees.starts_with("[[\"Pedersen\"")) ceremony();
        events();
        entries();
        return std::move(cases_);
    }

private:
    void add(const std::string& label, std::function<std::string()> archive) { cases_.push_back({name_ + " " + label, std::move(archive)}); }
    static std::vector<Mutation> changes(const std::string& text) { return mutate_json(text, moduli()); }

    // Record r of event e, hashes right again and nothing else.
    void records() {
        const Events events = events_of(good_);
        for (std::size_t e = 0; e < events.size(); ++e) {
            if (events[e].type == "Ballot" && e > 1) continue;
            for (std::size_t r = 0; r < events[e].records.size(); ++r)
                for (auto& change : changes(events[e].records[r]))
                    add(events[e].type + " " + std::to_string(r) + " " + change.label, [events, e, r, text = std::move(change.text)] {
                        Events own = events;
                        own[e].records[r] = text;
                        // The records that name it follow; the one of an owner or a tally does not, when it is itself what is changed.
                        if (own[e].type == "Setup" && r < 3)
                            own[e].records[3] = crypto::write_setup_data(own[e].records[0], own[e].records[1], own[e].records[2]);
                        if (r == 0 && own[e].records.size() == 2) {
                            std::string& naming = own[e].records[1];
                            const std::string old = crypto::sha_hex(events[e].records[0]);
                            naming.replace(naming.find(old), old.size(), crypto::sha_hex(text));
                        }
                        return write(own);
                    });
            std::string parent;
            const std::string body = crypto::write_event(e == 0 ? "" : std::string(64, 'a'), e, events[e].type,
                                                         events[e].records.empty() ? "" : crypto::sha_hex(events[e].records.back()));
            for (auto& change : changes(body))
                add(events[e].type + " event " + change.label, [events, e, text = std::move(change.text)] {
                    return write(events, [&](std::size_t i, std::string& own) {
                        if (i != e) return;
                        std::string changed = text;  // with the true parent in the place of the model's
                        const std::string model(64, 'a');
                        const std::size_t at = own.find("\"parent\":\""), place = changed.find(model);
                        if (at != std::string::npos && place != std::string::npos) changed.replace(place, 64, own.substr(at + 10, 64));
                        own = changed;
                    });
                });
        }
    }

    using Change = std::function<void(const Maker&, Pieces&)>;
    void add_deep(const std::string& label, Change change) {
        add(label, [maker = maker_, good = good_, change = std::move(change)] {
            Pieces p = good;
            change(*maker, p);
            return write(events_of(p));
        });
    }

    void deep() {
        for (auto& m : changes(good_.election))
            add_deep("election remade " + m.label, [text = std::move(m.text)](const Maker& maker, Pieces& p) {
                p.election = text;
                maker.vote_again(p);
                maker.count_again(p);
            });
        for (auto& m : changes(good_.trustees))
            add_deep("trustees remade " + m.label, [text = std::move(m.text)](const Maker& maker, Pieces& p) {
                p.trustees = text;
                const auto key = crypto::election_public_key(G::k_name, text);
                if (!key) return;
                const std::string opening = "\"public_key\":\"";
                const std::size_t at = p.election.find(opening) + opening.size();
                p.election.replace(at, p.election.find('"', at) - at, *key);
                maker.vote_again(p);
                maker.count_again(p);
            });
        std::string weighted = good_.creds;
        for (std::size_t at = 0, n = 1; (at = weighted.find('"', at + 1)) != std::string::npos; ++n)
            if (n % 2 == 0) weighted.insert(at, ",1"), at += 2;
        for (const std::string* list : {&good_.creds, &weighted})
            for (auto& m : changes(*list))
                add_deep(std::string(list == &weighted ? "weighted " : "") + "creds recounted " + m.label,
                         [text = std::move(m.text)](const Maker& maker, Pieces& p) {
                             p.creds = text;
                             maker.count_again(p);
                         });
        for (auto& m : changes(good_.ballots[0]))  // but for what signing again undoes
            if (!m.label.starts_with("signature") && !m.label.starts_with(": after it")) add_deep("ballot signed again and counted " + m.label, [text = std::move(m.text)](const Maker& maker, Pieces& p) {
                p.ballots[0] = text.size() < 2 ? text : maker.sign_again(text, 0);
                maker.count_again(p);
            });
        for (auto& m : changes(good_.tally))
            add_deep("tally decrypted again " + m.label, [text = std::move(m.text)](const Maker& maker, Pieces& p) {
                p.tally = text;
                p.sized = crypto::write_sized(p.ballots.size(), p.ballots.size(), text);
                maker.decrypt_again(p, p.ballots.size());
            });
    }

    // Certs and coefexps of holder 1 changed, and signed again by those who signed.
    void ceremony() {
        crypto::Reader in(good_.trustees);
        in.literal("[[\"Pedersen\",");
        const auto text = crypto::read_pedersen<G>(in);
        for (const bool cert : {true, false})
            for (auto& m : changes(cert ? text.certs[0].message : text.coefexps[0].message))
                add_deep(std::string(cert ? "cert" : "coefexps") + " signed again " + m.label,
                         [cert, text, message = std::move(m.text)](const Maker& maker, Pieces& p) {
                             auto own = text;
                             const auto keys = [&](std::size_t i) {
                                 return crypto::HolderKeys<G>(crypto::read_holder_file(maker.own().trustee_keys[i].view())->seed.view());
                             };
                             (cert ? own.certs : own.coefexps)[0] = crypto::sign_message<G>(message, *keys(0).sk);
                             for (std::size_t i = 0; i < own.certs.size(); ++i) {
                                 std::string signed_text = R"(certs_sig|{"certs":[)";
                                 for (std::size_t k = 0; k < own.certs.size(); ++k)
                                     signed_text += (k == 0 ? "" : ",") + crypto::write_signed_message(own.certs[k]);
                                 const std::string& coefexps = own.coefexps[i].message;
                                 signed_text += "]," + (coefexps.empty() ? coefexps : coefexps.substr(1));
                                 own.signatures[i] = crypto::prove_knowledge<G>(crypto::pki_prefix(signed_text), *keys(i).sk);
                             }
                             p.trustees = "[[\"Pedersen\"," + crypto::write_pedersen(own) + "]]";
                         });
    }

    void events() {
        const Events good = events_of(good_);
        const std::size_t n = good.size();
        const auto with = [&](const std::string& label, auto change) {
            Events own = good;
            change(own);
            add("events: " + label, [own = std::move(own)] { return write(own); });
        };
        const auto at = [](Events& own, std::size_t i) { return own.begin() + static_cast<std::ptrdiff_t>(i); };
        for (std::size_t i = 0; i < n; ++i) {
            const std::string which = good[i].type + " " + std::to_string(i);
            with(which + " deleted", [&](Events& own) { own.erase(at(own, i)); });
            with(which + " and all after deleted", [&](Events& own) { own.erase(at(own, i), own.end()); });
            for (std::size_t j = 0; j <= n; ++j)
                with(which + " again at " + std::to_string(j), [&](Events& own) { own.insert(at(own, j), good[i]); });
            for (std::size_t j = 0; j < n; ++j)
                if (j > i) with(which + " swapped with " + good[j].type + " " + std::to_string(j), [&](Events& own) { std::swap(own[i], own[j]); });
            for (const char* type : {"Setup", "Ballot", "EndBallots", "Shuffle", "EndShuffles", "EncryptedTally", "PartialDecryption", "Result", "result", ""})
                if (type != good[i].type) with(which + " called " + type, [&](Events& own) { own[i].type = type; });
            for (std::size_t r = 0; r < good[i].records.size(); ++r) {
                const auto record = [r](Events& own, std::size_t e) { return own[e].records.begin() + static_cast<std::ptrdiff_t>(r); };
                with(which + " without record " + std::to_string(r), [&](Events& own) { own[i].records.erase(record(own, i)); });
                with(which + " with record twice " + std::to_string(r), [&](Events& own) { own[i].records.insert(record(own, i), good[i].records[r]); });
                with(which + " with a foreign record " + std::to_string(r), [&](Events& own) { own[i].records.insert(record(own, i), "{}"); });
                if (r != 0) with(which + " with records swapped " + std::to_string(r), [&](Events& own) { std::swap(own[i].records[r - 1], own[i].records[r]); });
            }
        }
    }

    // The file: header fields with a right and a wrong sum, names, padding, entries moved.
    void entries() {
        const std::string good = write(events_of(good_));
        std::vector<std::pair<std::size_t, std::size_t>> places;  // offset and length
        for (std::size_t at = 0; at < good.size();) {
            const std::size_t size = std::stoull(good.substr(at + 124, 11), nullptr, 8);
            places.emplace_back(at, 512 + (size + 511) / 512 * 512);
            at += places.back().second;
        }
        const auto put = [&](const std::string& label, std::string bytes) {
            if (bytes != good) add("file: " + label, [bytes = std::move(bytes)] { return bytes; });
        };
        const auto resum = [](std::string bytes, std::size_t at) {
            unsigned sum = 8 * ' ';
            for (std::size_t i = 0; i < 512; ++i) sum += i >= 148 && i < 156 ? 0 : static_cast<unsigned char>(bytes[at + i]);
            char text[9];
            snprintf(text, sizeof text, "%06o", sum);
            return bytes.replace(at + 148, 8, std::string(text, 6) + std::string("\0 ", 2));
        };
        const struct {
            const char* what;
            std::size_t offset;
            std::string bytes;
        } k_fields[] = {
            {"text after the name", 90, "x"}, {"name in capitals", 0, "A"}, {"name with slash", 0, "./"}, {"mode", 100, "0000755"}, {"mode with space", 100, "000644 "},
            {"owner", 108, "0000001"}, {"group", 116, "0001750"}, {"size one more", 134, "7"}, {"size in spaces", 124, " "}, {"size in base 256", 124, "\x80"},
            {"mtime", 146, "7"}, {"mtime closed by space", 147, " "}, {"old regular type", 156, std::string(1, '\0')}, {"link", 156, "2"}, {"folder", 156, "5"},
            {"extended header", 156, "x"}, {"link name", 157, "x"}, {"ustar", 257, std::string("ustar\0" "00", 8)}, {"GNU", 257, std::string("ustar  \0", 8)},
            {"user name", 265, "root"}, {"prefix", 345, "x"}, {"last byte", 511, "x"},
        };
        for (std::size_t k = 0; k < places.size(); ++k) {
            const auto [at, length] = places[k];
            const std::string which = "entry " + std::to_string(k) + " ", own = good.substr(at, length);
            const std::string before = good.substr(0, at), after = good.substr(at + length);
            put(which + "deleted", before + after);
            put(which + "doubled", before + own + own + after);
            put(which + "with zero block before", before + std::string(512, '\0') + own + after);
            if (k + 1 < places.size()) put(which + "swapped with next", before + after.substr(0, places[k + 1].second) + own + after.substr(places[k + 1].second));
            if (k > 6 && k + 2 < places.size()) continue;
            for (const auto& field : k_fields) {
                std::string bytes = good;
                bytes.replace(at + field.offset, field.bytes.size(), field.bytes);
                put(which + field.what + ", sum wrong", bytes);
                put(which + field.what + ", sum right", resum(bytes, at));
            }
            for (const char* suffix : {".data.json", ".event.json", ".data.jsom", ""}) {
                std::string bytes = good;
                bytes.replace(at + 64, 36, suffix + std::string(36 - std::string(suffix).size(), '\0'));
                put(which + "called " + suffix, resum(bytes, at));
            }
            std::string padded = good;
            if (padded[at + length - 1] == '\0') put(which + "padding", padded.replace(at + length - 1, 1, "x"));
        }
        for (const std::size_t zeros : {1u, 511u, 512u, 1024u, 10'240u}) put("zeros after it " + std::to_string(zeros), good + std::string(zeros, '\0'));
        put("itself after it", good + good);
        put("cut by a byte", good.substr(0, good.size() - 1));
        for (auto& m : changes(crypto::archive_header(k_time))) put("header " + m.label, entry("BELENIOS", m.text) + good.substr(1024));
    }

    std::shared_ptr<const Maker> maker_;
    std::string name_;
    Pieces good_;
    std::vector<Case> cases_;
};

}  // namespace

std::vector<Case> cases_of(const test::OwnElection& own, const std::string& name) { return Cases(own, name).all(); }

}  // namespace mutations
