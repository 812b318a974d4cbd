#include "config/job.hpp"

#include "base/error.hpp"

#include <algorithm>

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
    Section source = file.require_table("source");
    auto layout = file.get_table("layout");
    auto profile = layout ? add_profile(*layout, beside) : "";
    return Job{std::move(id),
               std::move(connector),
               section.where("connector"),
               std::move(schedule),
               cron,
               std::move(timezone),
               section.where("timezone"),
               enabled,
               std::move(unconfirmed),
               section.where("unconfirmed"),
               std::move(source),
               std::move(layout),
               std::move(profile),
               std::move(file)};
}

} // namespace skurd
