#include "lib/mstch/template.hpp"

#include "tests/support/catch.hpp"

using namespace skurd;

TEST_CASE("a template escapes what it is filled with, in attributes too", "[lib]")
{
    const Json with = {{"word", "<b a=\"1\">&'/</b>"}};
    CHECK(fill_template("<p title=\"{{word}}\">{{word}}</p>", with, {}) ==
          "<p title=\"&lt;b a=&quot;1&quot;&gt;&amp;&#39;&#x2F;&lt;&#x2F;b&gt;\">"
          "&lt;b a=&quot;1&quot;&gt;&amp;&#39;&#x2F;&lt;&#x2F;b&gt;</p>");
    CHECK(fill_template("{{{word}}}", {{"word", "<b>"}}, {}) == "<b>");
    CHECK(fill_template("{{word}}", {{"word", "{{other}}"}, {"other", "x"}}, {}) == "{{other}}");
}

TEST_CASE("an empty text, null and false are no truth; a name of the line hides one outside it", "[lib]")
{
    const Json with = {{"empty", ""}, {"none", nullptr}, {"no", false}, {"yes", true}, {"text", "t"}, {"name", "outer"},
                       {"lines", {{{"name", "a"}}, {{"name", ""}}, {{"x", 1}}}}};
    CHECK(fill_template("{{#empty}}1{{/empty}}{{#none}}2{{/none}}{{#no}}3{{/no}}{{#yes}}4{{/yes}}{{#text}}5{{/text}}",
                        with, {}) == "45");
    CHECK(fill_template("{{#lines}}[{{name}}]{{/lines}}", with, {}) == "[a][][outer]");
    CHECK(fill_template("{{^empty}}nothing{{/empty}} {{>part}}", with, {{"part", "<{{text}}>"}}) == "nothing <t>");
    CHECK(fill_template("{{number}}", {{"number", 12345678901}}, {}) == "12345678901");
}
