// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/template_source.hpp"

#include <stdlib.h>

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <stdexcept>

#include "web/render.hpp"

namespace template_source_tests {

namespace {

struct Folder {
    std::filesystem::path path;
    Folder() {
        std::string name = "/tmp/portail-templates.XXXXXX";
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder");
        path = name;
        write("layout", "<title>{{site.title}}</title>\n{{> body}}");
    }
    ~Folder() { std::filesystem::remove_all(path); }
    void write(const std::string& name, const std::string& text) const {
        const auto file = path / (name + ".mustache");
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file) << text;
    }
};

// `view` as many share it, with those names of `site` as each one's own.
std::string kept_of(const web::Renderer& renderer, const util::Json& view, const std::vector<const char*>& names) {
    std::vector<web::Renderer::Own> own;
    std::vector<std::string> dotted;
    util::Json shared = view;
    for (const char* name : names) {
        dotted.push_back(std::string("site.") + name);
        shared["site"][name] = "";
    }
    for (std::size_t i = 0; i < names.size(); ++i) own.push_back({dotted[i], view.at("site").at(names[i]).get<std::string>()});
    return renderer.kept(
        "x/page", shared.dump(), [&] { return shared; }, own);
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(template_source_tests, Folder)

BOOST_AUTO_TEST_CASE(layout_and_partials_are_put_in_place_once) {
    write("partials/name", "<b>{{name}}</b>\n");
    write("x/page", "{{#person}}\n{{> name}}\n{{/person}}");
    write("mail/hello", "Objet : {{name}}\n\nÀ bientôt");
    const web::Renderer renderer(path, "2026", true);
    const util::Json view{{"person", {{"name", "<Zoé & \"co\" 'x'>"}}}, {"site", {{"title", "Essai"}}}};
    BOOST_TEST(renderer.page("x/page", view) == "<title>Essai</title>\n<b>&lt;Zoé &amp; &quot;co&quot; &#39;x&#39;&gt;</b>\n");
    BOOST_TEST(renderer.text("mail/hello", {{"name", "<a> & b"}}) == "Objet : <a> & b\n\nÀ bientôt");
    BOOST_TEST(!renderer.has("partials/name"));
}

BOOST_AUTO_TEST_CASE(a_page_is_sent_without_its_indentation_and_a_text_with_it) {
    write("partials/row", "    <li>{{name}}</li>\n");
    write(
        "x/page",
        "<ul>\n  {{#rows}}\n  {{> row}}\n  {{/rows}}\n  </ul>\n  <pre>\n  a  b\n</pre>\n  <p>\n    c  d\n\n  <textarea>{{text}}\n  e</textarea>  <b>\n  f");
    write("mail/hello", "Objet : x\n\n    {{name}}\n");
    write("office/paper_part", "  {{name}}\n");
    const web::Renderer renderer(path, "2026", true);
    const util::Json view{{"rows", {{{"name", "  A"}}, {{"name", "B\n  B"}}}}, {"text", "  g\n  h"}, {"site", {{"title", "t"}}}};
    BOOST_TEST(
        renderer.page("x/page", view) ==
        "<title>t</title>\n<ul>\n<li>  A</li>\n<li>B\n  B</li>\n</ul>\n<pre>\n  a  b\n</pre>\n<p>\nc  d\n\n<textarea>  g\n  h\n  "
        "e</textarea>  <b>\nf");
    BOOST_TEST(renderer.text("mail/hello", {{"name", "n"}}) == "Objet : x\n\n    n\n");
    BOOST_TEST(renderer.text("office/paper_part", {{"name", "n"}}) == "  n\n");
}

BOOST_AUTO_TEST_CASE(an_edition_stands_in_for_a_page_of_the_same_name) {
    write("x/page", "common");
    write("editions/2018/x/page", "of 2018");
    BOOST_TEST(web::load_templates(path, "2018").at("x/page") == "<title>{{site.title}}</title>\nof 2018");
    BOOST_TEST(web::load_templates(path, "2026").at("x/page") == "<title>{{site.title}}</title>\ncommon");
}

BOOST_AUTO_TEST_CASE(broken_templates_stop_the_start_with_their_name) {
    for (const char* bad : {"{{#a}}", "{{/a}}", "{{#a}}{{#b}}{{/a}}{{/b}}", "{{{a}}}", "{{&a}}", "{{=<% %>=}}", "{{a", "{{}}"})
        BOOST_CHECK_THROW(web::parse_tags("x", bad), std::runtime_error);
    write("x/page", "{{> nothing}}");
    BOOST_CHECK_THROW(web::load_templates(path, "2026"), std::runtime_error);
    write("partials/again", "{{> again}}");
    write("x/page", "{{> again}}");
    BOOST_CHECK_THROW(web::load_templates(path, "2026"), std::runtime_error);
}

BOOST_AUTO_TEST_CASE(a_name_that_the_view_lacks_is_found_where_it_would_be_used) {
    const auto missing = [](std::string_view text, const util::Json& view) {
        return web::missing_name(web::parse_tags("x", text), view);
    };
    BOOST_TEST(missing("{{a}}{{#b}}{{c}}{{/b}}", {{"a", ""}, {"b", false}}) == "");
    BOOST_TEST(missing("{{a}}{{#b}}{{c}}{{/b}}", {{"a", ""}, {"b", true}}) == "c");
    BOOST_TEST(missing("{{#rows}}{{a}}{{top}}{{/rows}}", {{"top", 1}, {"rows", {{{"a", 1}}, {{"b", 1}}}}}) == "a");
    BOOST_TEST(missing("{{site.csrf}}", {{"site", {{"title", ""}}}}) == "site.csrf");
    BOOST_TEST(missing("{{^b}}{{c}}{{/b}}", {{"b", true}}) == "");
    BOOST_TEST(missing("{{^b}}{{c}}{{/b}}", {{"b", ""}}) == "c");
    write("x/page", "{{a}}");
    const web::Renderer strict(path, "2026", true), lenient(path, "2026", false);
    BOOST_CHECK_THROW(strict.page("x/page", {{"site", {{"title", ""}}}}), std::runtime_error);
    BOOST_TEST(lenient.page("x/page", {{"site", {{"title", "t"}}}}) == "<title>t</title>\n");
}

BOOST_AUTO_TEST_CASE(a_page_that_many_share_is_the_same_page_with_each_ones_own_names) {
    write("x/page", "{{#open}}<a href=\"{{site.csrf}}\">{{who}}</a>{{/open}} {{site.name}} {{site.csrf}}");
    const web::Renderer renderer(path, "2026", true);
    const auto view = [](const char* name, const char* csrf, bool open) {
        return util::Json{{"open", open}, {"who", "<Tous>"}, {"site", {{"title", "Essai"}, {"name", name}, {"csrf", csrf}}}};
    };
    // Twice over, so that each page is asked for both before and after it is kept.
    for (int round = 0; round < 2; ++round)
        for (const auto& one :
             {view("Zoé & \"co\"", "k1", true), view("Bob {{site.csrf}}", "k2", true), view("", "", false), view("a", "b", false)})
            BOOST_TEST(kept_of(renderer, one, {"name", "csrf"}) == renderer.page("x/page", one));
}

BOOST_AUTO_TEST_CASE(a_text_that_many_share_escapes_nothing) {
    write("mail/hello", "Objet : {{site.title}}\n\nBonjour {{name}},\n{{#late}}\nTard : {{hour}}\n{{/late}}\nFin");
    const web::Renderer renderer(path, "2026", true);
    int made = 0;
    for (int round = 0; round < 2; ++round)
        for (const bool late : {false, true})
            for (const std::string name : {"O'Neil & <fils>", "{{hour}} \x01\x41"}) {
                const util::Json site{{"title", "Essai & co"}};
                BOOST_TEST(renderer.kept_text("mail/hello", late ? "late" : "",
                                              [&] {
                                                  return ++made, util::Json{{"late", late}, {"site", site}};
                                              },
                                              {{"name", name}, {"hour", "12 h"}}) ==
                           renderer.text("mail/hello", {{"late", late}, {"name", name}, {"hour", "12 h"}, {"site", site}}));
            }
    BOOST_TEST(made == 2);
}

BOOST_AUTO_TEST_CASE(more_shared_pages_than_are_kept_stay_right) {
    write("x/page", "{{n}} {{site.name}}");
    const web::Renderer renderer(path, "2026", true);
    for (int n : {1, 300, 2, 300})
        for (int i = 0; i < n; ++i) {
            const util::Json view{{"n", i}, {"site", {{"title", "t"}, {"name", std::to_string(n)}}}};
            BOOST_REQUIRE(kept_of(renderer, view, {"name"}) == renderer.page("x/page", view));
        }
}

BOOST_AUTO_TEST_CASE(a_part_is_made_once_for_its_key_and_stands_in_a_page_as_it_is) {
    write("x/line_part", "<li>{{name}}: {{reason}}</li>\n");
    write("x/page", "<ul>\n{{lines}}</ul> {{who}}");
    const web::Renderer renderer(path, "2026", true);
    int made = 0;
    const auto line = [&](const std::string& name, const std::string& reason) {
        return renderer.kept("x/line_part", name, [&] { return ++made, util::Json{{"name", name}}; }, {{"reason", reason}});
    };
    BOOST_TEST(line("A & B", "<x>") == "<li>A &amp; B: &lt;x&gt;</li>\n");
    BOOST_TEST(line("A & B", "\x01\x41 y") == "<li>A &amp; B: \x01\x41 y</li>\n");
    BOOST_TEST(made == 1);
    const std::string page = renderer.kept("x/page", "k",
                                           [] {
                                               return util::Json{{"site", {{"title", "t"}}}};
                                           },
                                           {{"lines", line("C", "c") + line("D", "d"), true}, {"who", "<Zoé>"}});
    BOOST_TEST(page == "<title>t</title>\n<ul>\n<li>C: c</li>\n<li>D: d</li>\n</ul> &lt;Zoé&gt;");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace template_source_tests
