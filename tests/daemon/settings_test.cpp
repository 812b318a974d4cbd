#include "daemon/settings.hpp"

#include "base/error.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;

namespace {

Settings read(const std::string& text)
{
    Installation installation;
    installation.config = Section::parse(text, "skurd.toml");
    return read_settings(installation);
}

std::string message_of(const std::string& text)
{
    try {
        read(text);
        return "";
    } catch (const Error& failure) {
        CHECK(failure.code() == ExitCode::usage);
        return failure.what();
    }
}

} // namespace

TEST_CASE("without a section [store] its defaults hold")
{
    for (const auto& settings : {read_settings({}), read(""), read("[store]\n")}) {
        CHECK(settings.store.accept.withdrawn_percent_max == 2);
        CHECK(settings.store.accept.confirming_fetch_after == std::chrono::hours(1));
        CHECK_FALSE(settings.store.accept.agreement.withdrawals);
        CHECK_FALSE(settings.store.payloads.others_for);
    }
}

TEST_CASE("the section [store] says which withdrawals are ingested and which payloads expire")
{
    const auto settings = read("[store]\nwithdrawn_percent = 10\nconfirming_fetch_minutes = 90\n").store;
    const auto kept_for = [](const char* text) {
        return read(std::string("[store]\nkeep_payloads = '") + text + "'\n").store.payloads.others_for;
    };

    CHECK(settings.accept.withdrawn_percent_max == 10);
    CHECK(settings.accept.confirming_fetch_after == std::chrono::minutes(90));
    CHECK(read("[store]\nsecond_look_minutes = 5\n").store.accept.confirming_fetch_after == std::chrono::minutes(5));
    CHECK(kept_for("all") == std::nullopt);
    CHECK(kept_for("vintages") == std::chrono::days(0));
    CHECK(kept_for("90 days") == std::chrono::days(90));
    CHECK(kept_for("36500 days") == std::chrono::days(36'500));
}

TEST_CASE("the section [jobs] says how soon what is owed is tried again, and how jobs are spread")
{
    using namespace std::chrono_literals;
    const auto usual = read("").due;
    const auto own = read("[jobs]\nretry_minutes = 1\nretry_hours_max = 24\nspread_minutes = 0\n").due;

    CHECK(usual.retry_first == 5min);
    CHECK(usual.retry_most == 6h);
    CHECK(usual.spread == 10min);
    CHECK(own.retry_first == 1min);
    CHECK(own.retry_most == 24h);
    CHECK(own.spread == 0min);
    CHECK_THAT(message_of("[jobs]\nretry_minutes = 0\n"),
               Catch::Matchers::StartsWith("skurd.toml:2: 'retry_minutes' must be a whole number from 1 to 1440"));
}

TEST_CASE("each mistake in the section [store] is refused with its line")
{
    for (const char* wrong : {"", "none", "90", "days", "0 days", "-1 days", "1.5 days", "90 weeks", "90 days more",
                              "36501 days", "99999999999999999999 days"})
        CHECK(message_of(std::string("[store]\nkeep_payloads = '") + wrong + "'\n") ==
              std::string("skurd.toml:2: '") + wrong +
                  "' is not \"all\", \"vintages\" or a number of days, as \"90 days\"");
    const struct {
        const char* text;
        const char* message;
    } mistakes[] = {
        {"[store]\nkeep_payloads = 90\n", "skurd.toml:2: 'keep_payloads' must be a string"},
        {"[store]\n\nwithdrawn_percent = 101\n",
         "skurd.toml:3: 'withdrawn_percent' must be a whole number from 0 to 100"},
        {"[store]\nconfirming_fetch_minutes = -1\n",
         "skurd.toml:2: 'confirming_fetch_minutes' must be a whole number from 0 to 100000"},
        {"[store]\nkeep_payload = 'all'\n",
         "skurd.toml:2: unknown key 'keep_payload' (did you mean 'keep_payloads'?)"},
    };
    for (const auto& mistake : mistakes)
        CHECK_THAT(message_of(mistake.text), Catch::Matchers::StartsWith(mistake.message));
}

TEST_CASE("the section [log] says how lines are written")
{
    CHECK(read("").log_format == LogFormat::text);
    CHECK(read("[log]\nformat = \"json\"\n").log_format == LogFormat::json);
    CHECK_THAT(message_of("[log]\nformat = \"xml\"\n"), Catch::Matchers::StartsWith("skurd.toml:2: "));
}
