#include "tests/crash/served.hpp"

#include "base/text.hpp"
#include "base/time_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace skurd::crash {

namespace {

constexpr std::int32_t number_max = 99'999;

std::int32_t drawn(std::mt19937_64& random)
{
    const auto number = static_cast<std::int32_t>(random() % number_max);
    return number % 32 == 0 ? Served::nothing : number;
}

Time first_published()
{
    return *parse_time("2020-01-01T07:00:00Z");
}

sim::SimDimension dimension(const std::string& id, const std::string& role, std::size_t count,
                            std::string (*code)(std::size_t))
{
    sim::SimDimension made{id, id, role, false, "", {}};
    for (std::size_t i = 0; i < count; ++i)
        made.categories.push_back({code(i), code(i), role == "metric" ? "antall" : "", 0});
    return made;
}

} // namespace

Served::Served(std::size_t cells)
{
    const auto regions = std::max<std::size_t>(cells / (contents * years), 1);
    std::mt19937_64 random(cells);
    std::vector<std::int32_t> first(regions * contents * years);
    std::generate(first.begin(), first.end(), [&] { return drawn(random); });
    releases_.push_back(std::move(first));
}

std::vector<std::size_t> Served::revise(std::mt19937_64& random, unsigned share)
{
    auto next = releases_.back();
    std::vector<std::size_t> changed;
    for (std::size_t i = random() % share; i < next.size(); i += 1 + random() % (2 * share - 1)) {
        const auto number = drawn(random);
        if (number == next[i])
            continue;
        next[i] = number;
        changed.push_back(i);
    }
    releases_.push_back(std::move(next));
    return changed;
}

Time Served::published(std::size_t release) const
{
    return first_published() + std::chrono::hours(release);
}

std::size_t Served::release_of(Time published) const
{
    const auto since = published - first_published();
    const bool whole = since.count() >= 0 && since % std::chrono::hours(1) == std::chrono::seconds(0);
    return whole ? std::min(static_cast<std::size_t>(since / std::chrono::hours(1)), releases()) : releases();
}

std::string Served::region(std::size_t index)
{
    return fmt::format("r{:05}", index);
}

std::string Served::content(std::size_t index)
{
    return std::string(1, static_cast<char>('a' + index));
}

std::string Served::year(std::size_t index)
{
    return std::to_string(2010 + index);
}

std::string Served::text(std::int32_t number)
{
    return number == nothing ? "." : std::to_string(number);
}

std::size_t Served::position(const std::string& region_code, const std::string& content_code,
                             const std::string& year_code) const
{
    const auto known = [](const std::string& code, std::size_t digits, std::size_t from) {
        return code.size() == from + digits && all_digits(code.substr(from));
    };
    if (!known(region_code, 5, 1) || !known(year_code, 4, 0) || content_code.size() != 1)
        return cells();
    const auto r = static_cast<std::size_t>(std::stoul(region_code.substr(1)));
    const auto c = static_cast<std::size_t>(content_code[0] - 'a');
    const auto y = static_cast<std::size_t>(std::stoul(year_code)) - 2010;
    return r < regions() && c < contents && y < years ? (r * contents + c) * years + y : cells();
}

std::string Served::key(std::size_t position) const
{
    return region(position / (contents * years)) + ',' + content(position / years % contents) + ',' +
           year(position % years);
}

sim::SimTable sim_table(const Served& served, const std::string& id)
{
    sim::SimTable table;
    table.id = id;
    table.title = "Krasj, etter region, statistikkvariabel og år";
    table.updated = format_time(served.published(served.releases() - 1));
    table.source = "Simulert";
    table.time_unit = "Annual";
    table.dimensions = {dimension("Region", "geo", served.regions(), Served::region),
                        dimension("ContentsCode", "metric", Served::contents, Served::content),
                        dimension("Tid", "time", Served::years, Served::year)};
    const auto& newest = served.release(served.releases() - 1);
    for (std::size_t i = 0; i < newest.size(); ++i)
        table.cells.emplace_hint(table.cells.end(), served.key(i), Served::text(newest[i]));
    return table;
}

std::string csv(const Served& served)
{
    std::string text = "Region;ContentsCode";
    for (std::size_t y = 0; y < Served::years; ++y)
        text += ';' + Served::year(y);
    text += '\n';
    const auto& newest = served.release(served.releases() - 1);
    for (std::size_t i = 0; i < newest.size(); ++i) {
        if (i % Served::years == 0)
            text += Served::region(i / (Served::contents * Served::years)) + ';' +
                    Served::content(i / Served::years % Served::contents);
        text += ';' + Served::text(newest[i]) + ((i + 1) % Served::years == 0 ? "\n" : "");
    }
    return text;
}

} // namespace skurd::crash
