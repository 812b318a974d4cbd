#include "indicator/catalogue.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "indicator/catalogue_reader.hpp"

#include <algorithm>

namespace skurd {

namespace {

constexpr auto sets_file = "sets.toml";

/// Where each number was first met, so that the second can say so.
using Places = std::map<int, std::string>;

void claim(Places& places, int number, const Section& section, std::string_view what)
{
    const auto [place, is_new] = places.emplace(number, section.where("number"));
    if (!is_new)
        section.fail("number", fmt::format("there is {} {} already, at {}", what, number, place->second));
}

void read_part(const EmbeddedFile& file, Catalogue& catalogue, Places& places)
{
    auto root = Section::parse(file.bytes, file.name);
    auto part = root.require_table("part");
    const auto id = require_choice(
        part, "id", {"overall input", "societal effects", "goal 1", "goal 2", "goal 3", "goal 4", "goal 5"});
    const Words heading = {part.require_string("nb"), part.require_string("en")};
    if (!catalogue.parts.emplace(id, heading).second)
        part.fail("id", fmt::format("another file holds the part '{}' already", id));
    for (auto& section : root.get_tables("indicator")) {
        auto indicator = read_indicator(section, id);
        claim(places, indicator.number, section, "an indicator");
        catalogue.indicators.push_back(std::move(indicator));
    }
    root.reject_unknown_keys();
}

void read_sets(const EmbeddedFile& file, Catalogue& catalogue)
{
    auto root = Section::parse(file.bytes, file.name);
    Places places;
    for (auto& section : root.get_tables("set")) {
        auto set = read_set(section, catalogue);
        claim(places, set.number, section, "a set");
        catalogue.sets.push_back(std::move(set));
    }
    root.reject_unknown_keys();
}

[[noreturn]] void refuse_empty(const std::vector<EmbeddedFile>& files, const char* missing)
{
    std::vector<std::string> names;
    for (const auto& file : files)
        names.push_back(file.name);
    throw usage_error("the catalogue has no [[{}]] in its files ({}): add one, or use the catalogue that comes with "
                      "skurd",
                      missing, names.empty() ? "none" : join(names, ", "));
}

} // namespace

Catalogue read_catalogue(const std::vector<EmbeddedFile>& files, std::string hash)
{
    Catalogue catalogue;
    catalogue.hash = std::move(hash);
    Places places;
    for (const auto& file : files)
        if (!file.name.ends_with(sets_file))
            read_part(file, catalogue, places);
    if (catalogue.indicators.empty())
        refuse_empty(files, "indicator");
    std::sort(catalogue.indicators.begin(), catalogue.indicators.end(),
              [](const auto& a, const auto& b) { return a.number < b.number; });
    for (const auto& file : files)
        if (file.name.ends_with(sets_file))
            read_sets(file, catalogue);
    if (catalogue.sets.empty())
        refuse_empty(files, "set");
    std::sort(catalogue.sets.begin(), catalogue.sets.end(),
              [](const auto& a, const auto& b) { return a.number < b.number; });
    return catalogue;
}

} // namespace skurd
