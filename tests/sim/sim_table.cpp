#include "tests/sim/sim_table.hpp"

#include "base/error.hpp"
#include "base/fingerprint.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"

#include <algorithm>

namespace skurd::sim {

namespace {

SimDimension read_dimension(Section& section)
{
    SimDimension dimension;
    dimension.id = section.require_string("id");
    dimension.label = section.get_string("label", to_lower(dimension.id));
    dimension.role = section.get_choice("role", "", {"", "time", "metric", "geo"});
    dimension.elimination = section.get_bool("elimination", false);
    dimension.elimination_value = section.get_string("elimination_value", "");
    const auto decimals = static_cast<int>(section.get_integer("decimals", 0, 0, 9));
    const auto codes = section.get_strings("codes");
    const auto labels = section.get_strings("labels");
    const auto units = section.get_strings("units");
    const auto parents = section.get_strings("parents");
    if (codes.empty() || std::max({labels.size(), units.size(), parents.size()}) > codes.size())
        section.fail("codes", "'codes' must not be empty, nor shorter than 'labels', 'units' or 'parents'");
    const auto at = [](const auto& texts, std::size_t i) { return i < texts.size() ? texts[i] : std::string(); };
    for (std::size_t i = 0; i < codes.size(); ++i)
        dimension.categories.push_back(
            {codes[i], i < labels.size() ? labels[i] : codes[i], at(units, i), decimals, at(parents, i)});
    return dimension;
}

SimCodelist read_codelist(Section& section, const SimTable& table)
{
    SimCodelist codelist;
    codelist.id = section.require_string("id");
    codelist.label = section.get_string("label", codelist.id);
    codelist.dimension = section.require_string("dimension");
    const auto codes = section.get_strings("codes");
    const auto labels = section.get_strings("labels");
    const auto members = section.get_strings("members");
    const auto dimension = std::find_if(table.dimensions.begin(), table.dimensions.end(),
                                        [&](const auto& d) { return d.id == codelist.dimension; });
    if (dimension == table.dimensions.end() || codes.empty() || members.size() != codes.size())
        section.fail("codes", "a code list needs a dimension of the table, 'codes', and as many 'members'");
    for (std::size_t i = 0; i < codes.size(); ++i) {
        SimCodelist::Value value{codes[i], i < labels.size() ? labels[i] : codes[i], {}};
        for (const auto member : split(members[i], ' '))
            for (std::size_t k = 0; k < dimension->categories.size(); ++k)
                if (dimension->categories[k].code == member)
                    value.members.push_back(k);
        if (value.members.size() != split(members[i], ' ').size())
            section.fail("members", "'members' must be codes of the dimension with single spaces between");
        codelist.values.push_back(std::move(value));
    }
    return codelist;
}

bool has_code(const SimDimension& dimension, std::string_view code)
{
    return std::any_of(dimension.categories.begin(), dimension.categories.end(),
                       [&](const auto& category) { return category.code == code; });
}

void check_key(const SimTable& table, const std::string& key)
{
    const auto codes = split(key, ',');
    bool fits = codes.size() == table.dimensions.size();
    for (std::size_t i = 0; fits && i < codes.size(); ++i)
        fits = has_code(table.dimensions[i], codes[i]);
    if (!fits)
        throw error("table {}: there is no cell '{}' (codes in the order of the dimensions)", table.id, key);
}

} // namespace

SimValue SimValue::read(const std::string& text)
{
    if (const auto number = Decimal::parse(text))
        return {number, ""};
    const auto digits = text.substr(0, text.find_last_of("0123456789") + 1);
    if (const auto number = Decimal::parse(digits))
        return {number, text.substr(digits.size())};
    return {std::nullopt, text};
}

SimTable SimTable::read(Section file)
{
    SimTable table;
    table.id = file.require_string("id");
    table.title = file.require_string("title");
    table.updated = file.require_string("updated");
    if (!parse_time(table.updated))
        file.fail("updated", "'updated' must be like \"2025-02-25T07:00:00Z\"");
    table.source = file.get_string("source", "Statistisk sentralbyrå");
    table.time_unit = file.get_string("time_unit", "Annual");
    table.discontinued = file.get_bool("discontinued", false);
    table.marks_time = file.get_bool("marks_time", true);
    table.aggregation_allowed = file.get_bool("aggregation_allowed", true);
    table.listed = file.get_string("listed", "");
    table.stated = file.get_string("stated", "");
    table.stated_by_data = file.get_string("stated_by_data", "");
    table.path = file.get_strings("path");
    table.notes = file.get_strings("notes");
    table.least = file.get_integer("least", table.least, 0, 1'000'000'000);
    table.most = file.get_integer("most", std::max(table.least, table.most), table.least, 1'000'000'000'000);
    for (auto& dimension : file.get_tables("dimension"))
        table.dimensions.push_back(read_dimension(dimension));
    const auto is_time = [](const auto& dimension) { return dimension.role == "time"; };
    if (std::count_if(table.dimensions.begin(), table.dimensions.end(), is_time) != 1)
        file.fail("dimension", "exactly one dimension must have role = \"time\"");
    for (auto& codelist : file.get_tables("codelist"))
        table.codelists.push_back(read_codelist(codelist, table));
    for (auto& [key, text] : file.get_string_table("cells")) {
        check_key(table, key);
        table.cells[key] = text;
    }
    file.reject_unknown_keys();
    return table;
}

void SimTable::apply(const SimChanges& changes)
{
    for (const auto& [id_of, codes] : changes.codes) {
        const auto found = std::find_if(dimensions.begin(), dimensions.end(),
                                        [&name = id_of](const auto& dimension) { return dimension.id == name; });
        if (found == dimensions.end())
            throw error("table {} has no dimension '{}'", id, id_of);
        for (const auto& code : codes)
            if (!has_code(*found, code))
                found->categories.push_back({code, code, "", found->categories.front().decimals, ""});
    }
    for (const auto& [key, text] : changes.cells) {
        check_key(*this, key);
        cells[key] = text;
    }
}

const SimDimension& SimTable::time() const
{
    return *std::find_if(dimensions.begin(), dimensions.end(), [](const auto& d) { return d.role == "time"; });
}

const SimCodelist* SimTable::codelist(const std::string& codelist_id) const
{
    const auto found = std::find_if(codelists.begin(), codelists.end(),
                                    [&](const auto& codelist) { return codelist.id == codelist_id; });
    return found == codelists.end() ? nullptr : &*found;
}

std::string SimTable::label() const
{
    const auto& periods = time().categories;
    return fmt::format("{}: {} {}-{}", id, title, periods.front().code, periods.back().code);
}

SimValue SimTable::value_at(const std::vector<std::size_t>& positions) const
{
    std::vector<std::string> codes;
    int decimals = 0;
    for (std::size_t i = 0; i < dimensions.size(); ++i) {
        const auto& category = dimensions[i].categories[positions[i]];
        codes.push_back(category.code);
        decimals = std::max(decimals, category.decimals);
    }
    const auto key = join(codes, ",");
    if (const auto own = cells.find(key); own != cells.end())
        return SimValue::read(own->second);
    const auto range = static_cast<std::uint64_t>(most - least + 1);
    return {Decimal(least + static_cast<std::int64_t>(fingerprint(key) % range), decimals), ""};
}

} // namespace skurd::sim
