#include "normalise/normalise.hpp"

#include "base/error.hpp"
#include "base/stopping.hpp"
#include "base/text.hpp"
#include "model/period_notation.hpp"
#include "normalise/to_grid.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

namespace skurd {

namespace {

std::string ids(const std::vector<Dimension>& dimensions)
{
    std::vector<std::string> listed;
    listed.reserve(dimensions.size());
    for (const auto& dimension : dimensions)
        listed.push_back(dimension.id);
    return listed.empty() ? "none" : join(listed, ", ");
}

std::size_t find_time(const Cube& cube, const Conventions& conventions)
{
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < cube.dimensions.size(); ++i) {
        const auto& dimension = cube.dimensions[i];
        if (conventions.time_dimension.empty() ? dimension.role == Role::time
                                               : dimension.id == conventions.time_dimension)
            found.push_back(i);
    }
    if (found.size() == 1)
        return found.front();
    if (!conventions.time_dimension.empty())
        throw error("the time dimension '{}' is not there; the dimensions are {}", conventions.time_dimension,
                    ids(cube.dimensions));
    throw error("{} of the dimensions {} has the role of time; name the time dimension",
                found.empty() ? "none" : "more than one", ids(cube.dimensions));
}

void check_shape(const Cube& cube)
{
    std::set<std::string> seen;
    for (const auto& dimension : cube.dimensions)
        if (!seen.insert(dimension.id).second)
            throw error("two dimensions are called '{}'", dimension.id);
    if (cube.cells.size() != cube.cell_count())
        throw error("a description without values: it has {} cells, its dimensions multiply to {}", cube.cells.size(),
                    cube.cell_count());
}

/// "'a', 'b', … (12)"
std::string examples(const std::vector<std::string>& texts)
{
    constexpr std::size_t shown_max = 3;
    std::vector<std::string> shown;
    for (std::size_t i = 0; i < std::min(texts.size(), shown_max); ++i)
        shown.push_back("'" + excerpt(texts[i]) + "'");
    return join(shown, ", ") + (texts.size() > shown_max ? ", …" : "");
}

void note_unread(const std::vector<std::string>& unread, std::size_t periods, std::vector<std::string>& notes)
{
    if (unread.size() == 1)
        notes.push_back(fmt::format("period '{}' is of no known form and stored as text", excerpt(unread.front())));
    else if (!unread.empty())
        notes.push_back(fmt::format("{} of {} periods are of no known form and stored as text: {}", unread.size(),
                                    periods, examples(unread)));
}

/// The periods of a time dimension in the source's order.
struct ReadPeriods {
    std::vector<Period> periods;     ///< each once
    std::vector<std::string> labels; ///< "" where it says the period and nothing else
};

/// Collects what a run is told of its periods, by number and a few examples.
class PeriodNotes {
public:
    explicit PeriodNotes(const Dimension& time) : time_(time) {}

    void look_at(const Category& category, const Period& period, const Period& by_label)
    {
        if (period.kind() == PeriodKind::other)
            unread_.push_back(category.code);
        else if (by_label.kind() == period.kind() && by_label != period)
            odd_.push_back(fmt::format("{} is '{}'", period.text(), excerpt(category.label)));
    }

    void add_to(std::vector<std::string>& notes) const
    {
        note_unread(unread_, time_.categories.size(), notes);
        if (!odd_.empty())
            notes.push_back(fmt::format("{} of {} periods of {} are labelled as others: {}{}", odd_.size(),
                                        time_.categories.size(), excerpt(time_.id), odd_.front(),
                                        odd_.size() > 1 ? ", …" : ""));
    }

private:
    const Dimension& time_;
    std::vector<std::string> unread_;
    std::vector<std::string> odd_;
};

PeriodNotation notation_of(Dimension time, const Conventions& conventions)
{
    if (!conventions.described_periods.empty())
        time.categories = conventions.described_periods;
    return PeriodNotation(time, conventions.periods);
}

/// The categories with the labels that the source gives where it lists all periods: answers may have only the codes.
std::vector<Category> labelled(std::vector<Category> categories, const std::vector<Category>& described)
{
    std::map<std::string_view, const Category*> known;
    for (const auto& category : described)
        known.emplace(category.code, &category);
    for (auto& category : categories)
        if (const auto found = known.find(category.code); found != known.end())
            category.label = found->second->label;
    return categories;
}

ReadPeriods read_periods(const Dimension& time, const Conventions& conventions, std::vector<std::string>& notes)
{
    const auto notation = notation_of(time, conventions);
    ReadPeriods read;
    PeriodNotes found(time);
    std::map<Period, std::string> codes;
    for (const auto& category : labelled(time.categories, conventions.described_periods)) {
        const auto period = notation.read(category);
        if (period.text().empty())
            throw error("dimension '{}' has an empty period", time.id);
        const auto [earlier, is_new] = codes.emplace(period, category.code);
        if (!is_new)
            throw error("dimension '{}' has the period {} twice, as '{}' and '{}'", time.id, period.text(),
                        earlier->second, category.code);
        const auto by_label = notation.read({category.label, category.label, "", std::nullopt});
        found.look_at(category, period, by_label);
        read.labels.push_back(by_label == period || category.label == category.code ? "" : category.label);
        read.periods.push_back(period);
    }
    if (!notation.choice().empty())
        notes.push_back(notation.choice());
    found.add_to(notes);
    return read;
}

/// rank[i] is where the source's i-th period stands among the ascending ones.
std::vector<std::size_t> ranks(const std::vector<Period>& periods)
{
    std::vector<std::size_t> order(periods.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return periods[a] < periods[b]; });
    std::vector<std::size_t> rank(periods.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        rank[order[i]] = i;
    return rank;
}

std::size_t size_of(const std::vector<Dimension>& dimensions, std::size_t from, std::size_t to)
{
    std::size_t size = 1;
    for (auto i = from; i < to; ++i)
        size *= dimensions[i].categories.size();
    return size;
}

Meaning meaning_of(const std::string& symbol, const Conventions& conventions)
{
    if (symbol.empty())
        return Meaning::none;
    const auto found = conventions.symbols.find(symbol);
    return found == conventions.symbols.end() ? Meaning::unknown : found->second;
}

/// Where a cell stands, for people: "Region=0301, Tid=2024".
std::string place_of(const Release& release, std::size_t cell)
{
    const auto at = release.positions(cell / release.periods.size());
    std::string place;
    for (std::size_t i = 0; i < at.size(); ++i)
        place += fmt::format("{}={}, ", release.dimensions[i].id, release.dimensions[i].categories[at[i]].code);
    constexpr std::size_t width_max = 300;
    place += fmt::format("{}={}", release.time_dimension, release.periods[cell % release.periods.size()].text());
    return excerpt(place, width_max);
}

bool may_stand_beside_a_number(Meaning meaning)
{
    return meaning == Meaning::none || meaning == Meaning::nil || qualifies_number(meaning);
}

/// Makes nil a zero, and notes what a person should know, once for each symbol.
void judge_symbols(Release& release, std::vector<std::string>& notes)
{
    std::vector<bool> noted(release.symbols.size());
    for (std::size_t i = 0; i < release.cells.size(); ++i) {
        throw_if_stopped();
        Cell& cell = release.cells[i];
        if (cell.symbol == 0)
            continue;
        const auto& [text, meaning] = release.symbols[cell.symbol];
        if (meaning == Meaning::nil && !cell.has_number())
            cell = Cell::of(Decimal(), cell.symbol);
        const bool unknown = meaning == Meaning::unknown;
        const bool odd = unknown || (cell.has_number() && !may_stand_beside_a_number(meaning));
        if (!odd || noted[cell.symbol])
            continue;
        noted[cell.symbol] = true;
        notes.push_back(fmt::format("symbol '{}' {}, for instance at {}", excerpt(text),
                                    unknown ? "has no known meaning"
                                            : fmt::format("({}) stands beside a number", to_string(meaning)),
                                    place_of(release, i)));
    }
}

} // namespace

Release normalise(Cube cube, const Conventions& conventions, const std::string& dataset, Coverage coverage,
                  std::vector<std::string>& notes)
{
    check_shape(cube);
    const auto time = find_time(cube, conventions);
    Release release;
    release.dataset = dataset;
    release.label = std::move(cube.label);
    release.notes = std::move(cube.notes);
    release.coverage = coverage;
    release.time_dimension = cube.dimensions[time].id;
    auto read = read_periods(cube.dimensions[time], conventions, notes);
    release.periods = std::move(read.periods);
    const auto rank = ranks(release.periods);
    release.period_labels.resize(rank.size());
    for (std::size_t i = 0; i < rank.size(); ++i)
        release.period_labels[rank[i]] = std::move(read.labels[i]);
    release.cells = std::move(cube.cells);
    to_grid(release.cells, size_of(cube.dimensions, time + 1, cube.dimensions.size()), rank);
    std::sort(release.periods.begin(), release.periods.end());
    release.dimensions = std::move(cube.dimensions);
    release.dimensions.erase(release.dimensions.begin() + static_cast<std::ptrdiff_t>(time));
    for (auto& dimension : release.dimensions) // the source may call another one time than the job does
        if (dimension.role == Role::time)
            dimension.role = Role::none;
    release.symbols.clear();
    for (auto& symbol : cube.symbols) {
        const auto meaning = meaning_of(symbol, conventions);
        release.symbols.push_back({std::move(symbol), meaning});
    }
    judge_symbols(release, notes);
    return release;
}

Release normalise(std::vector<Cube> cubes, const Conventions& conventions, const std::string& dataset,
                  Coverage coverage, std::vector<std::string>& notes)
{
    if (cubes.size() != 1)
        throw error("{}: the release comes in {} parts; exactly one can be ingested", dataset, cubes.size());
    return normalise(std::move(cubes.front()), conventions, dataset, coverage, notes);
}

} // namespace skurd
