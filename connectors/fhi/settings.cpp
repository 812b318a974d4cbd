#include "connectors/fhi/settings.hpp"

#include "base/error.hpp"
#include "base/fingerprint.hpp"
#include "base/text.hpp"
#include "config/period_kind_key.hpp"
#include "connectors/address.hpp"
#include "connectors/job_keys.hpp"
#include "decode/pattern.hpp"

#include <algorithm>

namespace skurd {

namespace {

std::vector<FhiWanted> read_select(Section& source)
{
    if (!source.has("select"))
        source.fail("select", "the table [source.select] is missing: FHI wants every dimension of the table in it");
    auto select = source.require_table("select");
    std::vector<FhiWanted> wanted;
    for (const auto& dimension : select.keys()) {
        auto expressions = select.get_strings(dimension);
        for (const auto& expression : expressions) {
            if (trim(expression) != expression || expression.empty())
                select.fail(dimension,
                            fmt::format("'{}' lists codes or expressions, without spaces around them", dimension));
        }
        if (expressions.empty())
            select.fail(dimension, fmt::format("'{}' must list codes or expressions; [\"*\"] is all", dimension));
        if (dimension == other_dimensions)
            check_other_dimensions(select, expressions);
        wanted.push_back({dimension, std::move(expressions), select.where(dimension)});
    }
    if (wanted.empty())
        source.fail("select", "[source.select] is empty: FHI wants every dimension of the table in it");
    return wanted;
}

std::string read_source(Section& section)
{
    auto source = section.require_string("source");
    const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    if (source.empty() || source.size() > 30 || !std::all_of(source.begin(), source.end(), allowed))
        section.fail("source",
                     fmt::format("'source' is the id of one of FHI's sources, like \"daar\", not '{}'", source));
    return source;
}

} // namespace

FhiSettings FhiSettings::read(Section& source, const std::string& job_id)
{
    FhiSettings settings;
    settings.source = read_source(source);
    if (source.has("table"))
        settings.table = std::to_string(source.require_integer("table", 1, 999'999'999));
    settings.table_where = source.where("table");
    settings.title = source.get_string("title", "");
    settings.title_where = source.where("title");
    settings.title_pattern = make_pattern(source, "title", settings.title);
    if (settings.table.empty() && settings.title.empty())
        source.fail("", "[source] names no table: give 'table', its number, or 'title', a regular expression that "
                        "fits its title alone");
    settings.dataset = source.get_string("dataset", "");
    if (settings.dataset.size() > 100 || settings.dataset.find_first_of(" {}\"") != std::string::npos)
        source.fail("dataset", "'dataset' is a name of at most 100 characters, without spaces, braces and quotes");
    settings.base_url = read_base_url(source, "base_url", fhi_base_url);
    settings.time_dimension = source.get_string("time_dimension", "");
    settings.period_kind = get_period_kind(source);
    settings.rows_max = static_cast<std::size_t>(source.get_integer("rows_max", 50'000, 1, 1'000'000));
    settings.list_days = static_cast<int>(source.get_integer("list_days", 7, 1, 90));
    const auto audit_days = source.get_integer("audit_days", 28, 1, 1000);
    settings.audit_days = static_cast<int>(audit_days + static_cast<int>(fingerprint(job_id) % 7));
    settings.wanted = read_select(source);
    settings.select_where = source.where("select");
    return settings;
}

} // namespace skurd
