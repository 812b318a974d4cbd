#include "connectors/fhi/table_status.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <algorithm>

namespace skurd {

namespace {

bool fits(const FhiSettings& settings, const FhiTable& table)
{
    return settings.title_pattern.matches(table.title);
}

std::string named(const FhiTable& table)
{
    return fmt::format("{} '{}'", table.id, excerpt(table.title));
}

std::string named(const std::vector<FhiTable>& tables)
{
    std::vector<std::string> names;
    names.reserve(tables.size());
    for (const auto& table : tables)
        names.push_back(named(table));
    return excerpt(join(names, ", "), 300);
}

/// Tables that could be the one the job means, but for the one it uses.
std::vector<FhiTable> others_like(const FhiSettings& settings, const std::string& id, const std::string& title,
                                  const std::vector<FhiTable>& tables)
{
    // A person who gives the id may give a title that fits several.
    const bool by_pattern = settings.table.empty();
    std::vector<FhiTable> others;
    for (const auto& table : tables) {
        const bool same_title = !title.empty() && plain_title(table.title) == plain_title(title);
        if (table.id != id && (same_title || (by_pattern && fits(settings, table))))
            others.push_back(table);
    }
    return others;
}

SourceFinding replaced(const FhiSettings& settings, const std::string& id, const std::string& others)
{
    const auto name = fmt::format("{}/{}", settings.source, id);
    return {FlagKind::replaced, fmt::format("{} -> {}", id, others),
            fmt::format("FHIs tabell {} kan være erstattet: samme tittel har {}.", name, others),
            fmt::format("FHI's table {} may have been replaced: the same title has {}.", name, others)};
}

TableStatus retitled(const FhiSettings& settings, const ConnectorState& state, const FhiTable& table,
                     const std::string& expected)
{
    const auto name = fmt::format("{}/{}", settings.source, table.id);
    TableStatus status;
    status.findings.push_back(
        {FlagKind::replaced, table.title,
         fmt::format("FHIs tabell {} heter nå '{}'; ventet {}.", name, excerpt(table.title), expected),
         fmt::format("FHI's table {} is now called '{}'; expected {}.", name, excerpt(table.title), expected)});
    status.failure = {
        fmt::format("table {} is now called '{}', and expected is {}: if it is still the right one, set "
                    "'title' in [source] to fit ({})",
                    name, excerpt(table.title), expected, settings.title_where),
        state, status.findings};
    return status;
}

TableStatus seen(const FhiSettings& settings, const ConnectorState& state, const FhiTable& table)
{
    const auto known = value_of(state, fhi_state::title);
    const bool is_known = value_of(state, fhi_state::table) == table.id && !known.empty();
    if (!settings.title.empty() && !fits(settings, table))
        return retitled(settings, state, table, fmt::format("what fits '{}'", settings.title));
    if (settings.title.empty() && is_known && plain_title(known) != plain_title(table.title))
        return retitled(settings, state, table, fmt::format("'{}'", excerpt(known)));
    TableStatus status;
    status.table = table;
    status.is_new = !is_known || value_of(state, fhi_state::stamps) != stamps_of(table);
    return status;
}

void add_others(const FhiSettings& settings, const std::string& others, TableStatus& status)
{
    status.others = others;
    if (!others.empty())
        status.findings.push_back(replaced(settings, status.table.id, others));
}

TableStatus gone(const FhiSettings& settings, ConnectorState state, const std::string& id, const std::string& others,
                 const std::string& today)
{
    const auto name = fmt::format("{}/{}", settings.source, id);
    const auto since = state.try_emplace(fhi_state::missing, today).first->second;
    const auto title = value_of(state, fhi_state::title);
    TableStatus status;
    std::string advice = "it is looked for again on a later day";
    if (!others.empty()) {
        status.findings.push_back(replaced(settings, id, others));
        advice = fmt::format("the same title has {}: if that is its successor, set 'table' in [source] ({})", others,
                             settings.table_where);
    } else if (title.empty()) {
        advice = fmt::format("check 'table' in [source] ({})", settings.table_where);
    } else if (since < today) {
        status.findings.push_back(
            {FlagKind::frozen, name,
             fmt::format("FHIs tabell {} '{}' er borte fra listen, første gang {}.", name, excerpt(title), since),
             fmt::format("FHI's table {} '{}' is gone from the list, missed first on {}.", name, excerpt(title),
                         since)});
        advice = fmt::format("first missed on {}; what has been harvested stays", since);
    }
    const auto called = title.empty() ? "" : fmt::format(" '{}'", excerpt(title));
    status.failure = {fmt::format("table {}{} is not in FHI's list: {}", name, called, advice), state,
                      status.findings};
    return status;
}

TableStatus first_sight(const FhiSettings& settings, const ConnectorState& state, const std::vector<FhiTable>& tables)
{
    std::vector<FhiTable> fitting;
    for (const auto& table : tables)
        if (fits(settings, table))
            fitting.push_back(table);
    if (fitting.size() == 1)
        return seen(settings, state, fitting.front());
    TableStatus status;
    status.failure = {
        fitting.empty()
            ? fmt::format("{}: no table of {} has a title that fits '{}'; `skurd discover fhi {}` lists "
                          "them",
                          settings.title_where, settings.source, settings.title, settings.source)
            : fmt::format("{}: '{}' fits the titles of {} tables of {}: {}; make it fit one, or set "
                          "'table'",
                          settings.title_where, settings.title, fitting.size(), settings.source, named(fitting))};
    return status;
}

const FhiTable* find(const std::vector<FhiTable>& tables, const std::string& id)
{
    const auto found = std::find_if(tables.begin(), tables.end(), [&](const auto& table) { return table.id == id; });
    return found == tables.end() ? nullptr : &*found;
}

} // namespace

std::string value_of(const ConnectorState& state, const std::string& key)
{
    const auto found = state.find(key);
    return found == state.end() ? "" : found->second;
}

std::string stamps_of(const FhiTable& table)
{
    return table.published.empty() && table.modified.empty() ? "" : table.published + " " + table.modified;
}

std::string plain_title(const std::string& title)
{
    std::string plain;
    int open = 0;
    for (const char c : title) {
        open += c == '[' ? 1 : 0;
        const bool space = c == ' ' || c == '\t';
        if (open == 0 && !(space && (plain.empty() || plain.back() == ' ')))
            plain += space ? ' ' : c;
        open -= c == ']' && open > 0 ? 1 : 0;
    }
    return std::string(trim(plain));
}

std::string pinned_table(const FhiSettings& settings, const ConnectorState& state)
{
    if (!settings.table.empty())
        return settings.table;
    return value_of(state, fhi_state::pattern) == settings.title ? value_of(state, fhi_state::table) : "";
}

TableStatus status_in_list(const FhiSettings& settings, const ConnectorState& state,
                           const std::vector<FhiTable>& tables, const std::string& today)
{
    const auto id = pinned_table(settings, state);
    if (id.empty())
        return first_sight(settings, state, tables);
    const auto* table = find(tables, id);
    const auto known = value_of(state, fhi_state::table) == id ? value_of(state, fhi_state::title) : "";
    const auto others = named(others_like(settings, id, table ? table->title : known, tables));
    if (!table)
        return gone(settings, state, id, others, today);
    auto status = seen(settings, state, *table);
    if (!status.failure)
        add_others(settings, others, status);
    return status;
}

TableStatus status_in_update_list(const FhiSettings& settings, const ConnectorState& state,
                                  const std::vector<FhiTable>& tables)
{
    TableStatus status;
    if (const auto* table = find(tables, pinned_table(settings, state)))
        status = seen(settings, state, *table);
    else
        status.table = {pinned_table(settings, state), value_of(state, fhi_state::title), "", ""};
    if (!status.failure)
        add_others(settings, value_of(state, fhi_state::others), status);
    return status;
}

} // namespace skurd
