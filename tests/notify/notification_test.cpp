// What messages say, held against golden files, and their JSON against the JSON Schema that receivers read. The files
// are renewed with SKURD_RENEW_GOLDEN=1 and read as a diff before they are committed.
#include "base/text.hpp"
#include "notify/notification.hpp"

#include "tests/notify/sample_notification.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/json_schema.hpp"
#include "tests/support/temp_dir.hpp"

#include <cstdlib>
#include <filesystem>

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

namespace {

const JsonSchema& schema()
{
    static const JsonSchema parsed(shipped_schema("notification"));
    return parsed;
}

void check_golden(const std::string& name, const std::string& made)
{
    const auto actual = replace_all(made, "skurd " SKURD_VERSION, "skurd VERSION");
    const std::filesystem::path file = SKURD_SOURCE_DIR "/tests/notify/golden/" + name;
    if (std::getenv("SKURD_RENEW_GOLDEN"))
        write_file(file, actual);
    INFO(name << " should hold:\n" << actual);
    CHECK(read_file(file) == actual);
}

void check_forms(const std::string& name, Notification (*make)(Language))
{
    for (const auto language : {Language::nb, Language::en}) {
        const auto notification = make(language);
        const auto stem = name + "." + std::string(to_string(language));
        check_golden(stem + ".txt", text_of(notification));
        check_golden(stem + ".html", html_of(notification));
        check_golden(stem + ".json", json_of(notification).dump(1) + "\n");
        CHECK(schema().errors(json_of(notification)) == std::vector<std::string>{});
    }
}

} // namespace

TEST_CASE("a morning's message has everything in it, in one language, as text, HTML and JSON", "[notify]")
{
    check_forms("publication", &sample_publication);
}

TEST_CASE("an outage is told when it begins and when it ends", "[notify]")
{
    check_forms("outage", &sample_outage);
    check_forms("recovery", &sample_recovery);
}

TEST_CASE("a test message says that it is one, and nothing else", "[notify]")
{
    Notification test;
    test.kind = MessageKind::test;
    test.installation = "skurd";
    test.delivery = std::string(32, 'a');
    test.language = Language::en;
    CHECK(subject_of(test) == "[skurd] Test: a message without news");
    CHECK_THAT(text_of(test), Contains("`skurd notify --test`"));
    CHECK(schema().errors(json_of(test)) == std::vector<std::string>{});
}

TEST_CASE("a morning with a thousand flags is one message of a page or two, which says how many more there are",
          "[notify]")
{
    const auto many = many_flags(1000);
    CHECK(subject_of(many) == "[skurd på ål] 1000 nye flagg");
    CHECK_THAT(text_of(many), Contains("… 950 til er ikke tatt med (skurd flags)\n"));
    CHECK(text_of(many).size() < 50 * 600);
    CHECK(html_of(many).size() < 50 * 600);
    CHECK(json_of(many)["flags"]["items"].size() == 50);
    CHECK(json_of(many)["flags"]["left_out"] == 950);
}

TEST_CASE("what a source calls itself is one printable line of a message, and no markup", "[notify]")
{
    auto notification = sample_outage(Language::en);
    notification.outages.items[0].about = "a\r\nBcc: b@c\x1b[31m<b>";
    CHECK(subject_of(notification).find_first_of("\r\n\x1b") == std::string::npos);
    CHECK_THAT(text_of(notification), !Contains("\nBcc") && !Contains("\x1b"));
    CHECK_THAT(html_of(notification), !Contains("<b>") && !Contains("<script>"));
}

TEST_CASE("the reader of JSON Schemas in these tests finds what is wrong", "[notify]")
{
    const auto sample = json_of(sample_publication(Language::nb));
    const auto breaks = [&](auto change) {
        auto json = sample;
        change(json);
        return !schema().errors(json).empty();
    };
    CHECK_FALSE(breaks([](Json&) {}));
    CHECK(breaks([](Json& json) { json["kind"] = "news"; }));
    CHECK(breaks([](Json& json) { json["more"] = 1; }));
    CHECK(breaks([](Json& json) { json["flags"]["items"][0]["old"] = 46.2; }));
    CHECK(breaks([](Json& json) { json["datasets"]["items"][0].erase("rows"); }));
    CHECK(breaks([](Json& json) { json["made"] = "yesterday"; }));
}
