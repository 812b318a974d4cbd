#include "tests/fuzz/feeds.hpp"

#include "config/job.hpp"
#include "connectors/connector.hpp"
#include "connectors/pxweb/decode.hpp"
#include "decode/jsonstat/jsonstat.hpp"
#include "decode/px/px.hpp"
#include "lib/tz/time_zone.hpp"
#include "lib/zip/zip_archive.hpp"
#include "tests/fuzz/checks.hpp"

#include <array>

namespace skurd::test {

namespace {

constexpr auto all = std::to_array<Feed>({
    {"jsonstat", &feed_jsonstat},
    {"csv", &feed_csv},
    {"sheet", &feed_sheet},
    {"xls", &feed_xls},
    {"px", &feed_px},
    {"layout", &feed_layout},
    {"describe", &feed_describe},
    {"job", &feed_job},
    {"answer", &feed_answer},
    {"zip", &feed_zip},
    {"order", &feed_order},
    {"store", &feed_store},
    {"request", &feed_request},
});

} // namespace

std::span<const Feed> feeds()
{
    return all;
}

bool feed_jsonstat(std::string_view bytes)
{
    JsonStatLimits limits;
    limits.cells = 100'000;
    return is_taken([&] {
        const auto cubes = decode_jsonstat(bytes, limits);
        const auto again = decode_jsonstat(bytes, limits);
        if (cubes.empty() || cubes.size() != again.size())
            throw Finding("no datasets, or not as many as before");
        for (std::size_t i = 0; i < cubes.size(); ++i) {
            if (whole_text(cubes[i]) != whole_text(again[i]))
                throw Finding("the same bytes give another cube");
            check_all(cubes[i], {});
        }
    });
}

bool feed_px(std::string_view bytes)
{
    PxLimits limits;
    limits.cells = 100'000;
    return is_taken([&] {
        std::vector<std::string> notes;
        const auto cube = decode_px(bytes, limits, &notes);
        if (whole_text(cube) != whole_text(decode_px(bytes, limits)))
            throw Finding("the same bytes give another cube");
        check_all(cube, {});
    });
}

bool feed_job(std::string_view bytes)
{
    return is_taken([&] {
        const auto profile = [](const std::string&) { // what a file beside it could be
            return EmbeddedFile{"profile.toml", "[layout]\nformat = \"csv\"\nunit = \"kr\"\n"};
        };
        auto job = Job::read(Section::parse(bytes, "job.toml"), "job", profile);
        TimeZone::find(job.timezone);
        JobSections sections{job.id, job.source, job.layout, "/srv/drop"};
        const auto connector = create_connector(job.connector, job.connector_where, sections);
        job.whole.reject_unknown_keys();
        if (connector->guarantee().publication.empty())
            throw Finding("a connector does not say how it knows the publication time");
        connector->next({}, {});
    });
}

bool feed_zip(std::string_view bytes)
{
    ZipLimits limits;
    limits.entry_bytes = limits.all_bytes = 4 << 20;
    return is_taken([&] {
        const ZipArchive archive(bytes, limits);
        for (const auto& entry : archive.entries())
            if (archive.read(entry.name).size() != entry.size || entry.size > limits.entry_bytes)
                throw Finding("an entry is of another size than it says, or larger than the limit");
    });
}

} // namespace skurd::test
