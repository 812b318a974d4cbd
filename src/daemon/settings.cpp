#include "daemon/settings.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "model/payload.hpp"

#include <fmt/format.h>

#include <charconv>

namespace skurd {

namespace {

/// "all", "vintages", or how many days those that made no vintage are kept: "90 days".
PayloadRetention read_retention(Section& section)
{
    const auto text = section.get_string("keep_payloads", "all");
    if (text == "all")
        return {};
    if (text == "vintages")
        return {std::chrono::days(0)};
    int days = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), days);
    if (failure != std::errc() || trim({end, text.data() + text.size()}) != "days" || days < 1 || days > 36'500)
        section.fail("keep_payloads",
                     fmt::format(R"('{}' is not "all", "vintages" or a number of days, as "90 days")", text));
    return {std::chrono::days(days)};
}

DueSettings read_due_settings(Section& section)
{
    DueSettings settings;
    settings.retry_first = std::chrono::minutes(section.get_integer("retry_minutes", 5, 1, 1440));
    settings.retry_most = std::chrono::hours(section.get_integer("retry_hours_max", 6, 1, 168));
    settings.spread = std::chrono::minutes(section.get_integer("spread_minutes", 10, 0, 180));
    return settings;
}

} // namespace

StoreSettings StoreSettings::read(Section& section)
{
    StoreSettings settings;
    settings.accept.withdrawn_percent_max = static_cast<int>(section.get_integer("withdrawn_percent", 2, 0, 100));
    settings.accept.confirming_fetch_after = std::chrono::minutes(
        section.get_integer(section.either_key("confirming_fetch_minutes", "second_look_minutes"), 60, 0, 100'000));
    settings.payloads = read_retention(section);
    settings.bounds.runs = static_cast<std::size_t>(section.get_integer("keep_runs", 500, 1, 1'000'000));
    settings.bounds.runs_for = std::chrono::days(section.get_integer("keep_runs_days", 400, 1, 36'500));
    settings.bounds.quarantine_for = std::chrono::days(section.get_integer("keep_quarantine_days", 400, 1, 36'500));
    settings.wal_limit = static_cast<std::uintmax_t>(section.get_integer("wal_limit", 1 << 30, 1 << 20, 1LL << 50));
    return settings;
}

PublishSettings PublishSettings::read(Section& section)
{
    PublishSettings settings;
    settings.after_harvest = section.get_bool("after_harvest", false);
    settings.folder = section.get_string("folder", "");
    if (!settings.folder.empty() && !settings.folder.is_absolute())
        section.fail("folder", "must be an absolute path: the daemon and a command have other working folders");
    settings.every = std::chrono::minutes(section.get_integer("every_minutes", 60, 0, 100'000));
    settings.bounds.number = static_cast<std::size_t>(section.get_integer("keep", 10, 1, 100'000));
    settings.bounds.days = std::chrono::days(section.get_integer("keep_days", 400, 1, 36'500));
    return settings;
}

Settings read_settings(const Installation& installation)
{
    if (!installation.config)
        return {};
    auto config = *installation.config;
    Settings settings;
    auto fetch = config.table("fetch");
    auto store = config.table("store");
    auto jobs = config.table("jobs");
    auto serve = config.table("serve");
    auto notify = config.table("notify");
    auto publish = config.table("publish");
    auto log = config.table("log");
    settings.fetch = FetchSettings::read(fetch);
    settings.store = StoreSettings::read(store);
    settings.due = read_due_settings(jobs);
    settings.serve = ServeSettings::read(serve);
    settings.notify = NotifySettings::read(notify);
    settings.publish = PublishSettings::read(publish);
    settings.log_format = log.get_choice("format", settings.log_format);
    config.reject_unknown_keys();
    return settings;
}

std::vector<std::string> settings_mistakes(const Installation& installation)
{
    std::vector<std::string> mistakes;
    if (!installation.config)
        return mistakes;
    auto config = *installation.config;
    const auto read = [&](const char* name, auto work) {
        auto section = config.table(name);
        try {
            work(section);
        } catch (const Error& failure) {
            mistakes.push_back(full_message(failure));
            section.give_up();
        }
    };
    read("fetch", [](Section& section) { FetchSettings::read(section); });
    read("store", [](Section& section) { StoreSettings::read(section); });
    read("jobs", [](Section& section) { read_due_settings(section); });
    read("notify", [](Section& section) { NotifySettings::read(section); });
    read("serve", [](Section& section) { ServeSettings::read(section); });
    read("publish", [](Section& section) { PublishSettings::read(section); });
    read("log", [](Section& section) { section.get_choice("format", LogFormat::text); });
    const auto unknown = config.unknown_keys();
    mistakes.insert(mistakes.end(), unknown.begin(), unknown.end());
    return mistakes;
}

} // namespace skurd
