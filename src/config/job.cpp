#include "config/job.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"

#include <algorithm>
#include <array>

namespace skurd {

namespace {

void check_id(const Section& section, const std::string& id)
{
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
               c == '.';
    };
    if (id.empty() || id.size() > 100 || id.front() == '.' || !std::all_of(id.begin(), id.end(), allowed))
        section.fail("id", fmt::format("the job id '{}' must be 1 to 100 of the characters a-z A-Z 0-9 - _ . and not "
                                       "begin with a point",
                                       id));
}

std::optional<Cron> read_cron(const Section& section, const std::string& schedule)
{
    if (schedule.empty())
        return std::nullopt;
    std::optional<Cron> cron;
    try {
        cron = Cron::parse(schedule);
    } catch (const Error& failure) {
        section.fail("schedule", failure.what());
    }
    if (!cron->next_after(std::chrono::local_days(std::chrono::year(2000) / 1 / 1)))
        section.fail("schedule", fmt::format("cron expression '{}' names a day that never comes", schedule));
    return cron;
}

/// How often, and how many days that is at most.
constexpr std::array<std::pair<std::string_view, int>, 7> cadences = {{{"never", 0},
                                                                       {"weekly", 7},
                                                                       {"monthly", 31},
                                                                       {"quarterly", 92},
                                                                       {"tertially", 123},
                                                                       {"half-yearly", 184},
                                                                       {"yearly", 366}}};

constexpr std::size_t attribution_size_max = 300; ///< bytes; it stands beside every number

std::optional<int> days_of(std::string_view expects)
{
    const auto known =
        std::find_if(cadences.begin(), cadences.end(), [&](const auto& one) { return one.first == expects; });
    return known == cadences.end() ? std::nullopt : std::optional(known->second);
}

/// What the job says of the publication calendar.
void read_calendar(Section& section, Job& job)
{
    if (section.has("expects"))
        job.expects = section.get_choice(
            "expects", "never", {"never", "weekly", "monthly", "quarterly", "tertially", "half-yearly", "yearly"});
    job.expects_every_days = days_of(job.expects);
    if (const auto day = section.get_string("next_publication", ""); !day.empty()) {
        job.next_publication = parse_time(day);
        if (!job.next_publication)
            section.fail("next_publication", fmt::format("'{}' is not a date (like 2027-03-05)", excerpt(day)));
    }
    job.quiet_polls = section.get_choice("quiet_polls", QuietPolls::weekly);
    if (section.has("grace_days"))
        job.grace_days = static_cast<int>(section.get_integer("grace_days", 0, 0, 1000));
}

/// A text that is the same in both languages, or a table `{ nb = "…", en = "…" }`; empty where the key is missing.
LocalizedText read_localized(Section& section, std::string_view key)
{
    LocalizedText text;
    if (section.is_table(key)) {
        auto both = section.require_table(key);
        text = {both.require_string("nb"), both.require_string("en")};
    } else {
        text.nb = text.en = section.get_string(key, "");
    }
    for (const auto* one : {&text.nb, &text.en})
        if (one->size() > attribution_size_max || excerpt(*one, one->size()) != *one)
            section.fail(key, fmt::format("'{}' is one line of at most {} bytes", key, attribution_size_max));
    return text;
}

} // namespace

Job Job::read(Section file, const std::string& stem)
{
    const auto beside = files_in(std::filesystem::path(file.file()).parent_path());
    return read(std::move(file), stem, beside);
}

Job Job::read(Section file, const std::string& stem, const ReadBeside& beside)
{
    Section section = file.require_table("job");
    auto id = section.get_string("id", stem);
    check_id(section, id);
    auto connector = section.require_string("connector");
    auto schedule = section.get_string("schedule", "");
    auto cron = read_cron(section, schedule);
    auto timezone = section.get_string("timezone", "Europe/Oslo");
    const bool enabled = section.get_bool("enabled", true);
    auto unconfirmed = section.get_string("unconfirmed", "");
    auto made_from = section.get_string("made_from", "");
    Section source = file.require_table("source");
    auto layout = file.get_table("layout");
    auto profile = layout ? add_profile(*layout, beside) : "";
    Job job{std::move(id),
            std::move(connector),
            section.where("connector"),
            std::move(schedule),
            cron,
            std::move(timezone),
            enabled,
            std::move(unconfirmed),
            section.where("unconfirmed"),
            std::move(made_from),
            section.where("made_from"),
            std::move(source),
            std::move(layout),
            std::move(profile),
            std::move(file)};
    job.attribution = {read_localized(section, "attribution"), read_localized(section, "licence")};
    read_calendar(section, job);
    return job;
}

} // namespace skurd
