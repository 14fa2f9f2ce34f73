// SPDX-License-Identifier: AGPL-3.0-or-later
// Lists at the desk: a draft that only its delegates reach, what they deposit of it, and two unions that try to see each other's.
#include "bureau_fixture.hpp"
#include "domain/candidature.hpp"

namespace candidature_tests {

namespace {

using namespace std::string_literals;

const std::string k_pdf = "%PDF-1.4\nA\n%%EOF\n", k_png = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR rest"s;
const std::string k_names = "Mme;DUPONT;Jeanne;Lycée\nM.;O’BRIEN;Noé;Collège\n";

// Candidature 1 is of voters 20 and 21, candidature 2 of voter 22, for the same scrutin.
struct Lists : test::BureauFixture {
    static constexpr unsigned k_one = 20, k_one_too = 21, k_two = 22;
    Lists() {
        db.run("UPDATE scrutin SET state = 'draft'");
        for (const unsigned voter : {k_one, k_one_too, k_two}) portal.add_voter(voter, address(voter));
        for (const auto& [id, name] : {std::pair{1, "Union A"}, {2, "Union B"}})
            db.execute("INSERT INTO candidature (id, scrutin_code, union_name, opens_at, closes_at) VALUES (?, 'ctm', ?, ?, ?)",
                       {id, name, util::to_sql(portal.clock.now() - std::chrono::hours{1}),
                        util::to_sql(portal.clock.now() + std::chrono::hours{24})});
        add_member(k_one, "delegue_liste", "1");
        add_member(k_one_too, "delegue_liste", "1");
        add_member(k_two, "delegue_liste", "2");
    }
    std::string seen(const std::string& path = "/bureau/candidatures/1") {
        const std::string body = portal.get(path).body;
        const std::string mark = "name=\"vu\" value=\"";
        const auto at = body.find(mark);
        return at == std::string::npos ? "" : body.substr(at + mark.size(), 64);
    }
    test::Page save(const std::string& name, const std::string& names, const std::string& path = "/bureau/candidatures/1") {
        return portal.post(path, {{"nom", name}, {"candidats", names}, {"vu", seen(path)}});
    }
    test::Page deposit(const std::string& path = "/bureau/candidatures/1") {
        return portal.post(path + "/depot", {{"vu", seen(path)}});
    }
    test::Page send(const std::string& kind, const std::string& bytes, const std::string& path = "/bureau/candidatures/1") {
        const std::string boundary = "x" + util::random_token(8);
        const auto field = [&](const std::string& name, const std::string& value) {
            return "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
        };
        web::RawRequest raw;
        raw.method = "POST";
        raw.uri = path + "/" + kind;
        raw.client_ip = "192.0.2.7";
        raw.request_id = "0123456789abcdef";
        raw.cookie = "__Host-portail=" + portal.cookie;
        raw.content_type = "multipart/form-data; boundary=" + boundary;
        raw.body = field("csrf", portal.csrf()) + field("form_key", util::to_hex(util::random_bytes(16))) + "--" + boundary +
                   "\r\nContent-Disposition: form-data; name=\"" + kind + "\"; filename=\"C:\\x\\mon <b>.pdf\"\r\n\r\n" + bytes +
                   "\r\n--" + boundary + "--\r\n";
        raw.content_length = std::to_string(raw.body.size());
        return portal.send(raw);
    }
    void move_close(std::chrono::hours by) {
        db.execute("UPDATE candidature SET closes_at = ?", {util::to_sql(portal.clock.now() + by)});
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(candidature_tests, Lists)

BOOST_AUTO_TEST_CASE(a_list_goes_from_a_draft_to_a_receipt) {
    enter(k_one);
    BOOST_TEST(portal.get("/bureau").has("href=\"/bureau/candidatures\""));
    BOOST_TEST(portal.get("/bureau/candidatures").has("href=\"/bureau/candidatures/1\""));
    BOOST_TEST(save("Liste A", k_names).header("Location") == "/bureau/candidatures/1");
    BOOST_TEST(send("profession", k_pdf).header("Location") == "/bureau/candidatures/1");
    BOOST_TEST(send("logo", k_png).header("Location") == "/bureau/candidatures/1");
    auto page = portal.get("/bureau/candidatures/1");
    BOOST_TEST(page.has("<li>Mme Jeanne DUPONT, Lycée</li>"));
    BOOST_TEST(page.has("mon &lt;b&gt;.pdf"));
    BOOST_TEST(page.has("Rien n’est déposé."));
    BOOST_TEST(page.has("s’efface de lui-même après le " +
                        domain::paris_date(portal.clock.now() + std::chrono::hours{24} + std::chrono::hours{30 * 24})));
    BOOST_TEST(page.has("se conserve deux ans"));
    BOOST_TEST(count("SELECT COUNT(*) FROM candidature_deposit") == 0);
    BOOST_TEST(deposit().header("Location") == "/bureau/candidatures/1");
    const auto row = db.select_one("SELECT number, digest, deposited_by FROM candidature_deposit");
    const domain::Deposit expected{"ctm",       "Union A",  "Liste A", domain::read_candidate_names(k_names).names,
                                   {"", k_pdf}, {"", k_png}};
    BOOST_TEST(row->text(1) == domain::deposit_digest(expected));
    BOOST_TEST(row->text(2) == "membre n° 20");
    page = portal.get("/bureau/candidatures/1");
    BOOST_TEST(page.has(row->text(0)));
    BOOST_TEST(page.has(row->text(1)));
    BOOST_TEST(last_act() ==
               "membre n° 20 desk-deposit candidature n° 1, ctm : dépôt " + row->text(0) + ", empreinte " + row->text(1));
    // Both delegates hear of it, nobody else.
    BOOST_TEST(count("SELECT COUNT(*) FROM outbox WHERE subject LIKE 'Liste déposée, n° C-%'") == 2);
    BOOST_TEST(count("SELECT COUNT(*) FROM outbox WHERE recipient LIKE 'zoe22@%'") == 0);
    BOOST_TEST(count("SELECT COUNT(*) FROM candidature_file") == 2);
}

BOOST_AUTO_TEST_CASE(a_common_list_is_deposited_with_its_sharing_key) {
    enter(k_one);
    const auto save_with = [&](const std::string& unions) {
        return portal.post("/bureau/candidatures/1",
                           {{"nom", "Liste A"}, {"candidats", k_names}, {"organisations", unions}, {"vu", seen()}});
    };
    BOOST_TEST(save_with("SUD;60\n<b>;30\n").status == 303);
    auto page = portal.get("/bureau/candidatures/1");
    BOOST_TEST(page.has("Liste commune. Les parts font 90 % ensemble"));
    BOOST_TEST(page.has("SUD;60\n&lt;b&gt;;30"));
    BOOST_TEST(deposit().status == 400);
    BOOST_TEST(count("SELECT COUNT(*) FROM candidature_deposit") == 0);
    BOOST_TEST(save_with(std::string(2001, 'x')).status == 400);
    BOOST_TEST(save_with("SUD;60\n<b>;40\n").status == 303);
    page = portal.get("/bureau/candidatures/1");
    BOOST_TEST(page.has("Partage des voix&nbsp;: SUD 60\u00a0%, &lt;b&gt; 40\u00a0%."));
    BOOST_TEST(deposit().status == 303);
    const domain::Deposit expected{
        "ctm", "Union A", "Liste A", domain::read_candidate_names(k_names).names, {}, {}, {{"SUD", 6000}, {"<b>", 4000}}};
    BOOST_TEST(db.select_one("SELECT digest FROM candidature_deposit")->text(0) == domain::deposit_digest(expected));
    BOOST_TEST(db.select_one("SELECT GROUP_CONCAT(CONCAT(name, ' ', share) ORDER BY position) FROM candidature_union")->text(0) ==
               "SUD 6000,<b> 4000");
    // A key alone changed is another deposit.
    BOOST_TEST(save_with("SUD\nUNSA").status == 303);
    BOOST_TEST(deposit().status == 303);
    BOOST_TEST(count("SELECT COUNT(*) FROM candidature_deposit") == 2);
    BOOST_TEST(count("SELECT COUNT(*) FROM candidature_union WHERE share IS NULL") == 2);
}

BOOST_AUTO_TEST_CASE(the_same_sent_twice_is_one_deposit_and_a_replacement_keeps_the_first) {
    enter(k_one);
    save("Liste A", k_names);
    for (int i = 0; i < 3; ++i) BOOST_TEST(deposit().status == 303);
    BOOST_TEST(count("SELECT COUNT(*) FROM candidature_deposit") == 1);
    BOOST_TEST(count("SELECT COUNT(*) FROM outbox") == 2);
    save("Liste A bis", k_names);
    BOOST_TEST(count("SELECT COUNT(*) FROM candidature_deposit") == 1);
    deposit();
    BOOST_TEST(count("SELECT COUNT(*) FROM candidature_deposit WHERE version IN (1, 2)") == 2);
    BOOST_TEST(portal.get("/bureau/candidatures/1").has("remplacé"));
    const std::string number = db.select_one("SELECT number FROM candidature_deposit WHERE version = 2")->text(0);
    db.execute(
        "INSERT INTO candidature_decision (number, decision, reason, despite, decided_by, decided_at) VALUES (?, 'refused', 'Un nom <manque>.', '', 'x', UTC_TIMESTAMP())",
        {number});
    BOOST_TEST(portal.get("/bureau/candidatures/1").has("Un nom &lt;manque&gt;."));
    move_close(std::chrono::hours{24 * 20});
    for (int i = 0; i < 20; ++i) {
        save("Liste " + std::to_string(i), k_names);
        deposit();
    }
    BOOST_TEST(deposit().status == 429);
}

BOOST_AUTO_TEST_CASE(faults_are_said_by_line_and_nothing_typed_is_lost) {
    enter(k_one);
    const std::string typed = "Mme;DUPONT;Jeanne\n<script>;;;\n";
    BOOST_TEST(save("", typed).status == 303);
    const auto page = portal.get("/bureau/candidatures/1");
    BOOST_TEST(page.has("Ligne 1 : quatre éléments"));
    BOOST_TEST(page.has("Ligne 2 : "));
    BOOST_TEST(page.has("Le nom de la liste est attendu"));
    BOOST_TEST(page.has("Mme;DUPONT;Jeanne\n&lt;script&gt;;;;"));
    BOOST_TEST(!page.has("action=\"/bureau/candidatures/1/depot\""));
    const auto refused = deposit();
    BOOST_TEST(refused.status == 400);
    BOOST_TEST(refused.has("&lt;script&gt;;;;"));
    BOOST_TEST(count("SELECT COUNT(*) FROM candidature_deposit") == 0);
    const auto long_one = save("Longue", "M.;LONGUE;" + std::string(16'000, 'x'));
    BOOST_TEST(long_one.status == 400);
    BOOST_TEST(long_one.has("M.;LONGUE;xxx"));
    BOOST_TEST(count("SELECT COUNT(*) FROM candidature_draft WHERE list_name = 'Longue'") == 0);
    for (const auto& [kind, bytes] : {std::pair{"profession", k_png},
                                      {"profession", "MZ"s},
                                      {"profession", ""s},
                                      {"logo", k_pdf},
                                      {"logo", "<svg/>"s},
                                      {"logo", k_png + std::string(domain::k_logo_bytes, 'x')},
                                      {"profession", "%PDF-" + std::string(domain::k_profession_bytes, 'x') + "%%EOF"}})
        BOOST_TEST(send(kind, bytes).status == 400, kind);
    BOOST_TEST(count("SELECT COUNT(*) FROM candidature_draft_file") == 0);
    send("logo", k_png);
    BOOST_TEST(portal.post("/bureau/candidatures/1/retrait", {{"quoi", "autre"}}).status == 404);
    BOOST_TEST(portal.post("/bureau/candidatures/1/retrait", {{"quoi", "logo"}}).status == 303);
    BOOST_TEST(count("SELECT COUNT(*) FROM candidature_draft_file") == 0);
}

BOOST_AUTO_TEST_CASE(two_delegates_do_not_write_over_each_other) {
    enter(k_one);
    save("Liste A", k_names);
    const std::string first = seen();
    enter(k_one_too);
    BOOST_TEST(portal.get("/bureau/candidatures/1").has("Mme Jeanne DUPONT"));
    save("Liste A", k_names + "M.;NEUF;Luc;École\n");
    // The first one's page is older: neither his text nor what he saw is taken, and his text is given back.
    portal.sign_in(k_one);
    wait(std::chrono::seconds{60});
    portal.post("/bureau/code", {{"code", code_of(k_one)}});
    const auto late = portal.post("/bureau/candidatures/1", {{"nom", "Liste Z"}, {"candidats", k_names}, {"vu", first}});
    BOOST_TEST(late.status == 409);
    BOOST_TEST(late.has("value=\"Liste Z\""));
    BOOST_TEST(portal.post("/bureau/candidatures/1/depot", {{"vu", first}}).status == 409);
    BOOST_TEST(count("SELECT COUNT(*) FROM candidature_deposit") == 0);
    BOOST_TEST(count("SELECT COUNT(*) FROM candidature_draft WHERE names LIKE '%NEUF%'") == 1);
}

BOOST_AUTO_TEST_CASE(a_union_reaches_nothing_of_anothers) {
    enter(k_one);
    save("Liste secrète", k_names);
    send("profession", k_pdf);
    deposit();
    save("Liste secrète, bis", k_names);
    const std::string draft = db.select_one("SELECT CONCAT(list_name, names) FROM candidature_draft")->text(0);
    // Who sits nowhere, whoever sits elsewhere, the other union's delegate: at every address, with every verb.
    for (const unsigned voter : {k_two, k_president, k_secretaire, k_delegue, k_expert, k_gestionnaire, k_other}) {
        enter(voter);
        for (const char* path : {"/bureau", "/bureau/candidatures", "/bureau/candidatures/2", "/bureau/journal"})
            BOOST_TEST(!portal.get(path).has("secrète"), path);
        for (const char* id : {"1", "01", "1.", "+1", "1-", "0", "3", "99999999999"}) {
            const std::string path = "/bureau/candidatures/" + std::string(id);
            BOOST_TEST((portal.get(path).status == 404 || portal.get(path).status == 400), path);
            BOOST_TEST(portal.post(path, {{"nom", "x"}, {"candidats", "x"}, {"vu", ""}}).status >= 400);
            BOOST_TEST(portal.post(path + "/depot", {{"vu", ""}}).status >= 400);
            BOOST_TEST(portal.post(path + "/retrait", {{"quoi", "profession"}}).status >= 400);
            BOOST_TEST(send("profession", k_pdf + "autre", path).status >= 400);
        }
    }
    BOOST_TEST(db.select_one("SELECT CONCAT(list_name, names) FROM candidature_draft")->text(0) == draft);
    BOOST_TEST(count("SELECT COUNT(*) FROM candidature_deposit") == 1);
    BOOST_TEST(count("SELECT COUNT(*) FROM candidature_draft_file WHERE content LIKE '%autre%'") == 0);
    // His seat ended, his own is another's.
    wait(std::chrono::seconds{30});
    enter(k_two);
    BOOST_TEST(portal.get("/bureau/candidatures/2").status == 200);
    db.run("UPDATE desk_member SET removed_at = UTC_TIMESTAMP() WHERE place = '2'");
    BOOST_TEST(portal.get("/bureau/candidatures/2").status == 404);
    portal.sign_in(k_nobody);
    BOOST_TEST(portal.get("/bureau/candidatures/1").status == 404);
}

BOOST_AUTO_TEST_CASE(the_window_is_kept_to_the_second) {
    enter(k_one);
    save("Liste A", k_names);
    // Not open yet: drafts are kept, nothing is deposited.
    db.execute("UPDATE candidature SET opens_at = ?", {util::to_sql(portal.clock.now() + std::chrono::seconds{1})});
    BOOST_TEST(save("Liste B", k_names).status == 303);
    BOOST_TEST(deposit().status == 403);
    wait(std::chrono::seconds{1});
    db.execute("UPDATE candidature SET closes_at = ?", {util::to_sql(portal.clock.now() + std::chrono::seconds{1})});
    const std::string last = seen();
    BOOST_TEST(deposit().status == 303);
    wait(std::chrono::seconds{1});
    BOOST_TEST(portal.post("/bureau/candidatures/1/depot", {{"vu", last}}).status == 403);
    const auto late = portal.post("/bureau/candidatures/1", {{"nom", "C"}, {"candidats", "M.;X;Y;Z"}, {"vu", last}});
    BOOST_TEST(late.status == 403);
    BOOST_TEST(send("logo", k_png).status == 403);
    BOOST_TEST(portal.get("/bureau/candidatures/1").has("Le dépôt est clos."));
    BOOST_TEST(count("SELECT COUNT(*) FROM candidature_draft WHERE list_name = 'Liste B'") == 1);
    // Its lists are fixed: no later date opens it again.
    move_close(std::chrono::hours{24});
    db.run("UPDATE scrutin SET state = 'published' WHERE code = 'ctm'");
    BOOST_TEST(portal.post("/bureau/candidatures/1/depot", {{"vu", last}}).status == 403);
}

BOOST_AUTO_TEST_CASE(a_delegate_of_a_list_is_none_of_a_bureau) {
    enter(k_one);
    BOOST_TEST(portal.get("/bureau").status == 200);
    for (const char* path : {"/bureau/scrutins/ctm", "/bureau/scrutins/ctm/emargements", "/bureau/journal"})
        BOOST_TEST(portal.get(path).status == 404, path);
    // Without the second factor nothing opens.
    portal.sign_in(k_one_too);
    BOOST_TEST(portal.get("/bureau/candidatures/1").header("Location") == "/bureau/code");
    BOOST_TEST(portal.post("/bureau/candidatures/1/depot", {{"vu", ""}}).header("Location") == "/bureau/code");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace candidature_tests
