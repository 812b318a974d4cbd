#include "notify/notify_settings.hpp"

#include "base/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

#include <regex>
#include <set>

using namespace skurd;
using namespace std::chrono_literals;
using Catch::Matchers::StartsWith;

namespace {

NotifySettings read(const std::string& text, const Section::Environment& environment = {})
{
    auto file = Section::parse(text, "skurd.toml");
    file.use_environment(environment);
    auto section = file.table("notify");
    auto settings = NotifySettings::read(section);
    file.reject_unknown_keys();
    return settings;
}

std::string mistake(const std::string& text)
{
    try {
        read(text);
        return "";
    } catch (const Error& failure) {
        CHECK(failure.code() == ExitCode::usage);
        return failure.what();
    }
}

std::string channel(const std::string& keys)
{
    return "[notify.channels.a]\n" + keys;
}

} // namespace

TEST_CASE("without a section [notify] nobody is told anything", "[notify]")
{
    const auto settings = read("");
    CHECK(settings.channels.empty());
    CHECK_FALSE(settings.heartbeat.is_given());
    CHECK(settings.settle == 15min);
    CHECK(settings.messages_per_hour == 6);
    CHECK(settings.give_up == 72h);
}

TEST_CASE("channels are read by name, each kind with its own keys", "[notify]")
{
    const auto settings = read(R"(
[notify]
quiet = "22:00-07:00"
[notify.channels.post]
kind = "mail"
server = "smtp.example.org"
user = "skurd"
password_file = "/etc/skurd/p"
from = "skurd@example.org"
to = "kari@example.org"
language = "en"
topics = ["flags"]
flag_kinds = ["threshold", "break"]
parts = ["goal 1"]
[notify.channels.desk]
kind = "webhook"
url = "https://chat.example.org/x"
quiet = ""
[notify.channels.local]
kind = "mail"
server = "127.0.0.1"
from = "skurd@example.org"
to = ["a@example.org", "b@example.org"]
[notify.channels.prog]
kind = "command"
command = ["/usr/bin/logger", "-t", "skurd"]
[notify.heartbeat]
url = "https://hc.example.org/uuid"
minutes = 10
method = "POST"
when = "well"
)");
    REQUIRE(settings.channels.size() == 4);
    const auto& desk = *settings.find("desk");
    CHECK_FALSE(desk.quiet);
    CHECK(desk.route.topics.size() == 4);
    CHECK(desk.language == Language::nb);
    const auto& post = *settings.find("post");
    REQUIRE(post.quiet);
    CHECK(post.quiet->from == 22h);
    CHECK(post.quiet->until == 7h);
    CHECK(post.security == MailSecurity::starttls);
    CHECK(post.port == 587);
    CHECK(post.route.flag_kinds == std::set<FlagKind>{FlagKind::threshold, FlagKind::series_break});
    CHECK(settings.find("local")->security == MailSecurity::none);
    CHECK(settings.find("local")->port == 25);
    CHECK(settings.find("prog")->command.size() == 3);
    CHECK(settings.find("nobody") == nullptr);
    CHECK(settings.heartbeat.every == 10min);
    CHECK(settings.heartbeat.when == BeatWhen::well);
}

TEST_CASE("a secret may come from the environment, and never stands in the file", "[notify]")
{
    const std::string hook = channel("kind = \"webhook\"\nurl = \"https://x.example\"\n");
    CHECK(read(hook, {{"SKURD_NOTIFY_CHANNELS_A_SECRET", "geheim"}}).find("a")->secret.read() == "geheim");
    CHECK_THAT(mistake(hook + "secret = \"geheim\"\n"),
               StartsWith("skurd.toml:4: 'secret' is a secret and does not belong in here"));
}

TEST_CASE("each mistake in [notify] is refused with its line", "[notify]")
{
    const std::string hook = "kind = \"webhook\"\nurl = \"https://x.example\"\n";
    const std::string post =
        "kind = \"mail\"\nserver = \"smtp.example\"\nfrom = \"a@b.example\"\nto = \"c@d.example\"\n";
    const struct {
        std::string text;
        std::string message;
    } mistakes[] = {
        {"[notify]\nquiet = \"22-07\"\n", "skurd.toml:2: '22-07' is not a time of day from and until"},
        {"[notify]\nquiet = \"07:00-07:00\"\n", "skurd.toml:2: '07:00-07:00' is not a time of day"},
        {"[notify]\nquiet = \"24:00-07:00\"\n", "skurd.toml:2: '24:00-07:00' is not a time of day"},
        {"[notify]\ntimezone = \"Oslo\"\n", "skurd.toml:2: unknown time zone 'Oslo'"},
        {"[notify]\nname = \"a\\nb\"\n", "skurd.toml:2: 'name' must be one line"},
        {"[notify]\nmessages_per_hour = 0\n", "skurd.toml:2: 'messages_per_hour' must be a whole number from 1"},
        {"[notify]\nsettle = 1\n", "skurd.toml:2: unknown key 'settle'"},
        {"[notify.channels.\"a b\"]\n" + hook, "skurd.toml:2: 'a b' is no name of a channel"},
        {channel("url = \"x\"\n"), "skurd.toml:1: the key 'kind' is missing"},
        {channel("kind = \"pigeon\"\n"), "skurd.toml:2: 'kind' cannot be 'pigeon' (known: webhook, mail, command)"},
        {channel("kind = \"webhook\"\n"), "skurd.toml:1: the key 'url' is missing"},
        {channel("kind = \"webhook\"\nurl = \"ftp://x\"\n"), "skurd.toml:3: 'url' is not an address of https"},
        {channel("kind = \"webhook\"\nurl = \"https://a:b@x.example\"\n"), "skurd.toml:3: 'url' has a user name"},
        {channel(hook + "url_file = \"/a\"\n"), "skurd.toml:3: 'url' and 'url_file' say the same"},
        {channel(hook + "secret_file = \"a\"\n"), "skurd.toml:4: 'a' is not an absolute path"},
        {channel(hook + "topics = [\"flag\"]\n"),
         "skurd.toml:4: 'topics' cannot have 'flag' (did you mean 'flags'?)"},
        {channel(hook + "flag_kinds = [\"x\"]\n"), "skurd.toml:4: 'flag_kinds' cannot have 'x'"},
        {channel(hook + "command = [\"/bin/x\"]\n"), "skurd.toml:4: unknown key 'command'"},
        {channel(post + "user = \"x\"\n"), "skurd.toml:6: a 'user' needs a 'password_file'"},
        {channel(post + "user = \"x\"\npassword_file = \"/p\"\nsecurity = \"none\"\n"),
         "skurd.toml:8: a password is not sent without TLS"},
        {channel("kind = \"mail\"\nserver = \"a b\"\n"), "skurd.toml:3: 'a b' is not a host name"},
        {channel("kind = \"mail\"\nserver = \"s\"\nfrom = \"a@b.no\\r\\nX: y\"\n"),
         "skurd.toml:4: 'a@b.no  X: y' is not a"},
        {channel("kind = \"mail\"\nserver = \"s\"\nfrom = \"a@b.no\"\nto = []\n"),
         "skurd.toml:5: 'to' must name from 1"},
        {channel("kind = \"mail\"\nserver = \"s\"\nfrom = \"a@b.no\"\nto = \"<a@b.no>\"\n"),
         "skurd.toml:5: '<a@b.no>' is not"},
        {channel("kind = \"command\"\ncommand = [\"logger\"]\n"),
         "skurd.toml:3: 'command' must be the absolute path"},
        {"[notify.heartbeat]\nwhen = \"often\"\n", "skurd.toml:2: 'when' cannot be 'often'"},
    };
    for (const auto& one : mistakes) {
        INFO(one.text);
        CHECK_THAT(mistake(one.text), StartsWith(one.message));
    }
}

TEST_CASE("the page of notify and the sample configuration have every key of the section", "[notify]")
{
    using skurd::test::read_file;
    const auto reader = read_file(SKURD_SOURCE_DIR "/src/notify/notify_settings.cpp");
    const auto page = read_file(SKURD_SOURCE_DIR "/src/notify/README.md");
    const auto sample = read_file(SKURD_SOURCE_DIR "/deploy/skurd.toml");
    const std::regex getter(R"rx((?:section\.(?:get|require)_\w+(?:<\w+>)?\(\s*|section, )"([a-z_]+)")rx");
    std::set<std::string> keys;
    for (std::sregex_iterator at(reader.begin(), reader.end(), getter), end; at != end; ++at)
        keys.insert((*at)[1]);
    keys.insert({"secret_file", "password_file"});
    for (const char* table : {"secret", "password", "channels"}) // whose keys they are
        keys.erase(table);
    CHECK(keys.size() > 25);
    for (const auto& key : keys) {
        INFO(key);
        CHECK(page.find("`" + key + "`") != std::string::npos);
        CHECK(std::regex_search(sample, std::regex("\n# " + key + " *= ")));
    }
}
