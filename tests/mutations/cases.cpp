// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cases.hpp"

#include <algorithm>
#include <memory>

#include "json_mutations.hpp"
#include "maker.hpp"

namespace mutations {

namespace {

// Other elements near one, by their writing: shifted by g, inverted, and in Ed25519 by points of order 2, 4 and 8; other points' writings.
template <class G>
std::vector<std::pair<std::string, std::string>> elements_near(const std::string& text) {
    const auto element = text.size() < 64 ? std::nullopt : G::decode_var(text);
    if (!element) return {};
    std::vector<std::pair<std::string, std::string>> near{{"times g", G::encode(G::multiply(*element, G::generator()))},
                                                          {"inverted", G::encode(G::invert_var(*element))},
                                                          {"identity", G::encode(G::identity())},
                                                          {"g", G::encode(G::generator())}};
    if constexpr (std::is_same_v<G, crypto::Ed25519>) {
        const std::pair<const char*, std::string> k_small[] = {
            {"plus order 2", "7" + std::string(61, 'f') + "ec"},
            {"plus order 4", std::string(64, '0')},
            {"plus order 8", "05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826"}};
        for (const auto& [what, small] : k_small)
            near.emplace_back(what, G::encode(G::multiply(*element, G::decode_var(small).value())));
        near.emplace_back("other sign",
                          std::string(1, "89abcdef01234567"[text[0] <= '9' ? text[0] - '0' : text[0] - 'a' + 10]) + text.substr(1));
        near.emplace_back("backwards", std::string(text.rbegin(), text.rend()));
        near.emplace_back("identity, y + p", "7" + std::string(61, 'f') + "ee");
        near.emplace_back("identity, signed", "8" + std::string(62, '0') + "1");
    }
    return near;
}

template <class G>
Moduli moduli() {
    Moduli m{add_decimals((-G::Scalar::from(1)).text(), "1"), "", elements_near<G>};
    if constexpr (std::is_same_v<G, crypto::Belenios2048>) m.p = crypto::Belenios2048Params::k_p;
    return m;
}

template <class G>
class Cases {
public:
    Cases(const test::OwnElection& own, std::string name)
        : maker_(std::make_shared<Maker<G>>(own)), name_(std::move(name)), good_(maker_->good()) {}

    std::vector<Case> all() {
        add("good", [p = good_] { return write(events_of(p)); });
        records();
        deep();
        if (good_.trustees.starts_with("[[\"Pedersen\"")) ceremony();
        events();
        entries();
        companion();
        return std::move(cases_);
    }

private:
    void add(const std::string& label, std::function<std::string()> archive) {
        cases_.push_back({name_ + " " + label, std::move(archive)});
    }
    static std::vector<Mutation> changes(const std::string& text) { return mutate_json(text, moduli<G>()); }

    // Record r of event e, hashes right again and nothing else.
    void records() {
        const Events events = events_of(good_);
        for (std::size_t e = 0; e < events.size(); ++e) {
            if (events[e].type == "Ballot" && e > 1) continue;
            for (std::size_t r = 0; r < events[e].records.size(); ++r)
                for (auto& change : changes(events[e].records[r]))
                    add(events[e].type + " " + std::to_string(r) + " " + change.label, [events, e, r,
                                                                                        text = std::move(change.text)] {
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
            const std::string body =
                crypto::write_event(e == 0 ? "" : std::string(64, 'a'), e, events[e].type,
                                    events[e].records.empty() ? "" : crypto::sha_hex(events[e].records.back()));
            for (auto& change : changes(body))
                add(events[e].type + " event " + change.label, [events, e, text = std::move(change.text)] {
                    return write(events, [&](std::size_t i, std::string& own) {
                        if (i != e) return;
                        std::string changed = text;  // with the true parent in the place of the model's
                        const std::string model(64, 'a');
                        const std::size_t at = own.find("\"parent\":\""), place = changed.find(model);
                        if (at != std::string::npos && place != std::string::npos)
                            changed.replace(place, 64, own.substr(at + 10, 64));
                        own = changed;
                    });
                });
        }
    }

    // The file of second proofs, as its readers want it: mutated as one line, then with its line breaks put back.
    void companion() {
        std::string line = crypto::write_companion(maker_->own().companion());
        line.erase(std::remove(line.begin(), line.end(), '\n'), line.end());
        const auto broken = [](std::string text) {
            for (const std::string_view opening : {"[{\"owner\"", ",{\"owner\""})
                for (std::size_t at = 0; (at = text.find(opening, at)) != std::string::npos; at += 2) text.insert(at + 1, "\n");
            return text + "\n";
        };
        const auto with = [&](const std::string& label, const std::string& text) {
            cases_.push_back({name_ + " companion " + label, [p = good_] { return write(events_of(p)); }, text});
        };
        with("good", broken(line));
        for (auto& change : changes(line)) with(change.label, broken(std::move(change.text)));
    }

    using Change = std::function<void(const Maker<G>&, Pieces&)>;
    void add_deep(const std::string& label, Change change) {
        add(label, [maker = maker_, good = good_, change = std::move(change)] {
            Pieces p = good;
            change(*maker, p);
            return write(events_of(p));
        });
    }

    void deep() {
        for (auto& m : changes(good_.election))
            add_deep("election remade " + m.label, [text = std::move(m.text)](const Maker<G>& maker, Pieces& p) {
                p.election = text;
                maker.vote_again(p);
                maker.count_again(p);
            });
        for (auto& m : changes(good_.trustees))
            add_deep("trustees remade " + m.label, [text = std::move(m.text)](const Maker<G>& maker, Pieces& p) {
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
                         [text = std::move(m.text)](const Maker<G>& maker, Pieces& p) {
                             p.creds = text;
                             maker.count_again(p);
                         });
        for (auto& m : changes(good_.ballots[0])) {
            if (unsigned_part(m.text) == unsigned_part(good_.ballots[0])) continue;  // signing again undoes it
            add_deep("ballot signed again and counted " + m.label, [text = std::move(m.text)](const Maker<G>& maker, Pieces& p) {
                p.ballots[0] = maker.sign_again(text, 0);
                maker.count_again(p);
            });
        }
        for (auto& m : changes(good_.tally))
            add_deep("tally decrypted again " + m.label, [text = std::move(m.text)](const Maker<G>& maker, Pieces& p) {
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
                         [cert, text, message = std::move(m.text)](const Maker<G>& maker, Pieces& p) {
                             auto own = text;
                             const auto keys = [&](std::size_t i) {
                                 return crypto::HolderKeys<G>(
                                     crypto::read_holder_file(maker.own().trustee_keys[i].view())->seed.view());
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
                if (j > i)
                    with(which + " swapped with " + good[j].type + " " + std::to_string(j),
                         [&](Events& own) { std::swap(own[i], own[j]); });
            for (const char* type : {"Setup", "Ballot", "EndBallots", "Shuffle", "EndShuffles", "EncryptedTally",
                                     "PartialDecryption", "Result", "result", ""})
                if (type != good[i].type) with(which + " called " + type, [&](Events& own) { own[i].type = type; });
            for (std::size_t r = 0; r < good[i].records.size(); ++r) {
                const auto record = [r](Events& own, std::size_t e) {
                    return own[e].records.begin() + static_cast<std::ptrdiff_t>(r);
                };
                with(which + " without record " + std::to_string(r), [&](Events& own) { own[i].records.erase(record(own, i)); });
                with(which + " with record twice " + std::to_string(r),
                     [&](Events& own) { own[i].records.insert(record(own, i), good[i].records[r]); });
                with(which + " with a foreign record " + std::to_string(r),
                     [&](Events& own) { own[i].records.insert(record(own, i), "{}"); });
                if (r != 0)
                    with(which + " with records swapped " + std::to_string(r),
                         [&](Events& own) { std::swap(own[i].records[r - 1], own[i].records[r]); });
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
            {"text after the name", 90, "x"},
            {"name in capitals", 0, "A"},
            {"name with slash", 0, "./"},
            {"mode", 100, "0000755"},
            {"mode with space", 100, "000644 "},
            {"owner", 108, "0000001"},
            {"group", 116, "0001750"},
            {"size one more", 134, "7"},
            {"size in spaces", 124, " "},
            {"size in base 256", 124, "\x80"},
            {"mtime", 146, "7"},
            {"mtime closed by space", 147, " "},
            {"old regular type", 156, std::string(1, '\0')},
            {"link", 156, "2"},
            {"folder", 156, "5"},
            {"extended header", 156, "x"},
            {"link name", 157, "x"},
            {"ustar", 257,
             std::string("ustar\0"
                         "00",
                         8)},
            {"GNU", 257, std::string("ustar  \0", 8)},
            {"user name", 265, "root"},
            {"prefix", 345, "x"},
            {"last byte", 511, "x"},
        };
        for (std::size_t k = 0; k < places.size(); ++k) {
            const auto [at, length] = places[k];
            const std::string which = "entry " + std::to_string(k) + " ", own = good.substr(at, length);
            const std::string before = good.substr(0, at), after = good.substr(at + length);
            put(which + "deleted", before + after);
            put(which + "doubled", before + own + own + after);
            put(which + "with zero block before", before + std::string(512, '\0') + own + after);
            if (k + 1 < places.size())
                put(which + "swapped with next",
                    before + after.substr(0, places[k + 1].second) + own + after.substr(places[k + 1].second));
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
        for (const std::size_t zeros : {1u, 511u, 512u, 1024u, 10'240u})
            put("zeros after it " + std::to_string(zeros), good + std::string(zeros, '\0'));
        put("itself after it", good + good);
        put("cut by a byte", good.substr(0, good.size() - 1));
        for (auto& m : changes(crypto::archive_header(k_time)))
            put("header " + m.label, entry("BELENIOS", m.text) + good.substr(1024));
    }

    std::shared_ptr<const Maker<G>> maker_;
    std::string name_;
    Pieces good_;
    std::vector<Case> cases_;
};

}  // namespace

std::vector<Case> cases_of(const test::OwnElection& own, const std::string& name) {
    if (own.election->group() == crypto::Ed25519::k_name) return Cases<crypto::Ed25519>(own, name).all();
    return Cases<crypto::Belenios2048>(own, name).all();
}

}  // namespace mutations
