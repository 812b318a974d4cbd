#include "app/options.hpp"

#include "base/error.hpp"
#include "base/number_text.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"

#include <CLI/CLI.hpp>

#include <cstdlib>
#include <set>
#include <string_view>
#include <unistd.h>

namespace skurd {

namespace {

std::optional<Time> read_time(const char* option, const std::string& text)
{
    if (text.empty())
        return std::nullopt;
    const auto time = parse_time(text, DayEdge::end);
    if (!time)
        throw usage_error("{} '{}' is not a date or an instant (like 2018-06-01 or 2018-06-01T08:00:00Z)", option,
                          text);
    return time;
}

std::string user_name()
{
    const char* name = ::getlogin();
    const char* fallback = std::getenv("USER");
    return name ? name : fallback ? fallback : fmt::format("uid {}", ::getuid());
}

} // namespace

Language locale_language()
{
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* set = std::getenv(name);
        if (!set || !*set)
            continue;
        const std::string_view locale = set;
        const auto language = locale.substr(0, locale.find_first_of("_.@"));
        return language == "no" || language == "nb" || language == "nn" ? Language::nb : Language::en;
    }
    return Language::en;
}

void add_language(CLI::App& command, Language& language, Speaks speaks)
{
    language = speaks == Speaks::of_indicators ? Language::nb : locale_language();
    command
        .add_option_function<std::string>(
            "--lang", [&language](const std::string& word) { language = word == "en" ? Language::en : Language::nb; },
            speaks == Speaks::of_indicators ? "no (Norwegian, as when left out; also nb) or en"
                                            : "no (Norwegian; also nb) or en; as the locale says when left out")
        ->check(CLI::IsMember({"no", "nb", "nn", "en"}))
        ->type_name("no|en");
}

void add_dialect(CLI::App& command, std::optional<CsvDialect>& dialect)
{
    const std::set<std::string> names(enum_words<CsvDialect>.begin(), enum_words<CsvDialect>.end());
    auto* named =
        command
            .add_option_function<std::string>(
                "--dialect", [&dialect](const std::string& word) { dialect = from_word<CsvDialect>(word); },
                "How CSV is written: excel-nb opens in a Norwegian spreadsheet (semicolons, decimal commas)")
            ->check(CLI::IsMember(names))
            ->default_str(std::string(to_string(CsvDialect::rfc4180)));
    command
        .add_flag_callback(
            "--raw", [&dialect] { dialect = CsvDialect::raw; },
            "CSV for programs: text as it is, also what a spreadsheet would run as a formula (the dialect raw)")
        ->excludes(named);
}

CsvDialect csv_dialect(const std::optional<CsvDialect>& given, bool writes_csv)
{
    if (given && !writes_csv)
        throw usage_error("--dialect says how CSV is written, and this is none: ask for CSV, or leave it out");
    return given.value_or(CsvDialect::rfc4180);
}

void add_corrected(CLI::App& command, Numbers& numbers)
{
    command.add_flag_callback(
        "--corrected", [&numbers] { numbers = Numbers::corrected; },
        "Corrected numbers in the place of those the source has wrong (see `skurd corrections`)");
}

void add_agreement(CLI::App& command, Agreement& agreement)
{
    command.add_flag("--accept-withdrawals", agreement.withdrawals,
                     "What is gone from a complete release is gone, however much it is");
    command.add_flag("--accept-drift", agreement.drift,
                     "The dataset's schema may have changed: codes, units, dimensions");
    command.add_flag("--accept-suspect", agreement.anomalies,
                     "A release that looks like a slip of the source is none");
}

void add_actor(CLI::App& command, std::string& actor, const std::string& does)
{
    command.add_option("--by", actor, does + "; the user's name when left out");
}

std::string actor_or_user(const std::string& actor)
{
    return actor.empty() ? user_name() : actor;
}

void require_options(const std::string& command,
                     const std::vector<std::pair<const char*, const std::string*>>& options)
{
    for (const auto& [name, value] : options)
        if (value->empty())
            throw usage_error("{} is missing (see `skurd {} --help`)", name, command);
}

void AsOfOptions::add_to(CLI::App& command)
{
    command.add_option("--as-of", published, "What had been published by then: a date (its end, UTC) or an instant");
    command.add_option("--known-at", known, "What this store had seen by then");
}

AsOf AsOfOptions::read() const
{
    return {read_time("--as-of", published), read_time("--known-at", known)};
}

Period read_period(const std::string& text)
{
    auto period = Period::parse(text).value_or(Period());
    if (period.kind() == PeriodKind::other)
        throw usage_error("'{}' is not a period (like 2018, 2018Q1, 2018M06)", text);
    return period;
}

std::optional<Period> read_optional_period(const std::string& text)
{
    return text.empty() ? std::nullopt : std::optional(read_period(text));
}

} // namespace skurd
