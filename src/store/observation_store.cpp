#include "store/observation_store.hpp"

#include "lib/json/json.hpp"
#include "store/columns.hpp"
#include "store/coverage_table.hpp"
#include "store/dataset_bands.hpp"
#include "store/observations.hpp"
#include "store/selection.hpp"
#include "store/series.hpp"
#include "store/vintages.hpp"
#include "version/as_of.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <unordered_map>

namespace skurd {

namespace {

/// Small tables read as they are needed: id -> value.
class SymbolTables {
public:
    explicit SymbolTables(Database& database)
        : database_(database), period_(database, "SELECT text FROM period WHERE id = $1"),
          status_(database, "SELECT text, meaning FROM status WHERE id = $1")
    {
    }

    const Period& period(std::int64_t id)
    {
        if (database_.is_remote() && periods_.empty())
            read_all_periods();
        const auto [entry, is_new] = periods_.try_emplace(id);
        if (is_new && period_.bind(id).step())
            entry->second = Period::from_text(period_.view(0));
        return entry->second;
    }
    const Symbol& symbol(std::int64_t id)
    {
        const auto [entry, is_new] = symbols_.try_emplace(id);
        if (is_new && status_.bind(id).step())
            entry->second = {status_.text(0), meaning_from(status_.view(1))};
        return entry->second;
    }

private:
    /// A store has some hundreds: one answer of a server.
    void read_all_periods()
    {
        Statement row(database_, "SELECT id, text FROM period");
        while (row.step())
            periods_.emplace(row.integer(0), Period::from_text(row.view(1)));
    }

    Database& database_;
    Statement period_;
    Statement status_;
    std::unordered_map<std::int64_t, Period> periods_;
    std::unordered_map<std::int64_t, Symbol> symbols_;
};

Selection within(Selection selection, const ObservationStore::SeriesRange& range)
{
    std::erase_if(selection.series, [&](std::int64_t id) { return id < range.first || id > range.last; });
    return selection;
}

/// Reads observations of one dataset inside a transaction.
class ObservationReader {
public:
    ObservationReader(Database& database, const Selector& selector,
                      const ObservationStore::SeriesRange& range = ObservationStore::all_series)
        : database_(database), selection_(within(select_series(database, selector), range)),
          line_(load_timeline(database, selection_.dataset)), names_(database), symbols_of_(database),
          rows_(database, selection_.dataset), dataset_(selector.dataset)
    {
    }

    void visit_state(const AsOf& as_of, std::optional<Time> published_from,
                     const ObservationStore::SeriesVisitor& visit)
    {
        const AsOfView view(line_, as_of);
        for (const auto series : selection_.series) {
            found_.clear();
            add_state_of(series, view, published_from);
            visit(found_);
        }
    }

    void visit_two_states(const AsOf& first, const AsOf& second, const ObservationStore::TwoStatesVisitor& visit)
    {
        const AsOfView first_view(line_, first);
        const AsOfView second_view(line_, second);
        for (const auto series : selection_.series) {
            found_.clear();
            add_state_of(series, first_view, {});
            auto before = std::move(found_);
            found_.clear();
            add_state_of(series, second_view, {});
            if (!visit(before, found_))
                return;
        }
    }

    void visit_history(const ObservationStore::SeriesVisitor& visit)
    {
        for (const auto series : selection_.series) {
            found_.clear();
            add_history_of(series);
            visit(found_);
        }
    }

    std::vector<CellChange> changes_by(std::int64_t vintage, std::size_t most)
    {
        std::vector<CellChange> changes;
        for (const auto series : selection_.series) {
            if (changes.size() >= most)
                break;
            found_.clear();
            add_history_of(series);
            for (std::size_t i = 0; i < found_.size() && changes.size() < most; ++i) {
                if (found_[i].vintage != vintage)
                    continue;
                const bool was_there = i > 0 && found_[i - 1].period == found_[i].period;
                changes.push_back(
                    {found_[i], was_there ? std::optional(found_[i - 1].value) : std::nullopt, found_[i].value});
            }
        }
        return changes;
    }

private:
    void add_state_of(std::int64_t series, const AsOfView& view, std::optional<Time> published_from)
    {
        std::vector<StoredCell> standing; // of each period
        std::vector<StoredCell> versions; // of the period at hand
        const auto end_period = [&] {
            if (const auto row = view.in_force(versions))
                standing.push_back(versions[*row]);
            versions.clear();
        };
        rows_.for_each(series, [&](const StoredCell& cell) {
            if (!versions.empty() && versions.back().period != cell.period)
                end_period();
            versions.push_back(cell);
        });
        end_period();
        const auto first = begin_series(series, standing.empty());
        for (const auto& cell : standing)
            add_if_said_since(cell, view, published_from);
        sort_by_period(first);
    }

    /// Adds the cell, unless it was last said before the time that reading begins at.
    void add_if_said_since(const StoredCell& cell, const AsOfView& view, std::optional<Time> published_from)
    {
        auto observation = observation_of(cell);
        if (published_from && observation.published_at < *published_from) {
            const auto again = view.stated_since(
                *published_from, series_, cell.period, [&](const auto& entry) -> auto& { return stated_by(entry); });
            if (!again)
                return;
            const auto& entry = line_[*again];
            observation.vintage = entry.vintage;
            observation.published_at = entry.published_at;
            observation.confidence = entry.confidence;
            observation.observed_at = entry.observed_at;
            observation.words = names_.words_at(entry.published_at, entry.seq);
        }
        found_.push_back(std::move(observation));
    }

    void add_history_of(std::int64_t series)
    {
        std::vector<StoredCell> cells;
        rows_.for_each(series, [&](const StoredCell& cell) { cells.push_back(cell); });
        std::sort(cells.begin(), cells.end(), [&](const auto& a, const auto& b) {
            return a.period != b.period ? a.period < b.period : place(a) < place(b);
        });
        const auto first = begin_series(series, cells.empty());
        for (std::size_t i = 0; i < cells.size(); ++i) {
            found_.push_back(observation_of(cells[i]));
            if (i + 1 < cells.size() && cells[i + 1].period == cells[i].period)
                found_.back().superseded_at = line_[place(cells[i + 1])].published_at;
        }
        sort_by_period(first);
    }

    std::size_t begin_series(std::int64_t series, bool is_empty)
    {
        series_ = series;
        if (!is_empty)
            name_ = names_(selection_.dataset, series);
        label_ = name_.words.label();
        return found_.size();
    }

    void sort_by_period(std::size_t first)
    {
        std::stable_sort(found_.begin() + static_cast<std::ptrdiff_t>(first), found_.end(),
                         [](const auto& a, const auto& b) { return a.period < b.period; });
    }

    Observation observation_of(const StoredCell& cell)
    {
        const auto& entry = line_[place(cell)];
        Observation observation;
        observation.series = series_;
        observation.dataset = dataset_;
        observation.codes = name_.codes;
        observation.label = label_;
        observation.unit = name_.words.unit;
        observation.words = names_.words_at(entry.published_at, entry.seq);
        observation.period = symbols_of_.period(cell.period);
        observation.value = {cell.number, symbols_of_.symbol(cell.status)};
        observation.vintage = entry.id;
        observation.published_at = entry.published_at;
        observation.confidence = entry.confidence;
        observation.observed_at = entry.observed_at;
        return observation;
    }

    const StatedCells& stated_by(const Timeline::Entry& entry)
    {
        const auto found = coverages_.find(entry.coverage_id);
        if (found != coverages_.end())
            return found->second;
        return coverages_.emplace(entry.coverage_id, load_coverage(database_, selection_.dataset, entry.coverage_id))
            .first->second;
    }

    std::size_t place(const StoredCell& cell) const { return line_.place_of(cell.vintage); }

    Database& database_;
    Selection selection_;
    Timeline line_;
    SeriesNames names_;
    SymbolTables symbols_of_;
    SeriesRows rows_;
    std::string dataset_;

    std::unordered_map<std::int64_t, StatedCells> coverages_;
    std::int64_t series_ = 0; ///< at hand
    SeriesName name_;
    std::string label_; ///< today's
    std::vector<Observation> found_;
};

} // namespace

namespace {

/// Gathers what is visited.
ObservationStore::SeriesVisitor into(std::vector<Observation>& all)
{
    return [&all](std::vector<Observation>& found) {
        all.insert(all.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
    };
}

} // namespace

std::vector<Observation> ObservationStore::as_of(const Selector& selector, const AsOf& as_of,
                                                 std::optional<Time> published_from) const
{
    std::vector<Observation> all;
    visit_as_of(selector, as_of, published_from, into(all));
    return all;
}

std::vector<Observation> ObservationStore::history(const Selector& selector) const
{
    std::vector<Observation> all;
    visit_history(selector, into(all));
    return all;
}

void ObservationStore::visit_as_of(const Selector& selector, const AsOf& as_of, std::optional<Time> published_from,
                                   const SeriesVisitor& visit, const SeriesRange& range) const
{
    const Database::Transaction one_view(session_.database(), Database::Purpose::read);
    ObservationReader(session_.database(), selector, range).visit_state(as_of, published_from, visit);
}

void ObservationStore::visit_two_states(const Selector& selector, const AsOf& first, const AsOf& second,
                                        const TwoStatesVisitor& visit, const SeriesRange& range) const
{
    const Database::Transaction one_view(session_.database(), Database::Purpose::read);
    ObservationReader(session_.database(), selector, range).visit_two_states(first, second, visit);
}

void ObservationStore::visit_history(const Selector& selector, const SeriesVisitor& visit,
                                     const SeriesRange& range) const
{
    const Database::Transaction one_view(session_.database(), Database::Purpose::read);
    ObservationReader(session_.database(), selector, range).visit_history(visit);
}

std::vector<std::int64_t> ObservationStore::series(const Selector& selector) const
{
    const Database::Transaction one_view(session_.database(), Database::Purpose::read);
    return select_series(session_.database(), selector).series;
}

std::vector<Period> ObservationStore::periods(const std::string& dataset) const
{
    auto& database = session_.database();
    const Database::Transaction one_view(database, Database::Purpose::read);
    Statement row(database,
                  "SELECT p.text FROM period AS p"
                  " JOIN (SELECT DISTINCT period_id FROM observation WHERE /*: dataset_id = $2 AND */ band = $1) AS o"
                  " ON o.period_id = p.id");
    std::set<std::string> texts;
    const auto id = find_dataset(database, dataset);
    const DatasetBands bands(database, id); // none of a dataset that is not there
    for (const auto band : bands.all())
        for (row.bind(band, id); row.step();)
            texts.insert(row.text(0));
    std::vector<Period> found;
    for (const auto& text : texts)
        found.push_back(Period::from_text(text));
    std::sort(found.begin(), found.end());
    return found;
}

std::vector<CellChange> ObservationStore::changes_by(const std::string& dataset, std::int64_t vintage,
                                                     std::size_t most) const
{
    const Database::Transaction one_view(session_.database(), Database::Purpose::read);
    return ObservationReader(session_.database(), {dataset, {}}).changes_by(vintage, most);
}

bool ObservationStore::has(const Selector& selector) const
{
    const Database::Transaction one_view(session_.database(), Database::Purpose::read);
    return knows(session_.database(), selector);
}

std::vector<Category> ObservationStore::codes(const std::string& dataset, const std::string& dimension) const
{
    Statement row(session_.database(), "SELECT c.code, c.label, c.unit FROM category AS c"
                                       " JOIN dimension AS d ON d.id = c.dimension_id"
                                       " WHERE /*: c.dataset_id = $1 AND */ d.dataset_id = $1 AND d.code = $2"
                                       " AND EXISTS (SELECT 1 FROM series_code AS s"
                                       " WHERE /*: s.dataset_id = $1 AND */ s.category_id = c.id)"
                                       " ORDER BY c.code");
    row.bind(find_dataset(session_.database(), dataset), dimension);
    std::vector<Category> found;
    while (row.step())
        found.push_back({row.text(0), row.text(1), row.text(2), std::nullopt});
    return found;
}

namespace {

std::vector<Category> categories_at(Database& database, std::int64_t dataset, std::int64_t dimension,
                                    const std::string& published)
{
    Statement row(database, "SELECT w.code, w.label, w.unit, w.decimals FROM category_words AS w"
                            " WHERE w.dataset_id = $3 AND w.dimension_id = $1 AND w.from_at <= $2 AND w.to_at > $2"
                            " ORDER BY w.category_id");
    row.bind(dimension, published, dataset);
    std::vector<Category> found;
    while (row.step())
        found.push_back({row.text(0), row.text(1), row.text(2),
                         row.is_null(3) ? std::nullopt : std::optional(static_cast<int>(row.integer(3)))});
    return found;
}

std::vector<Dimension> dimensions_at(Database& database, std::int64_t dataset, const std::string& published)
{
    Statement row(database, R"(
        SELECT d.id, d.code, d.role, coalesce((SELECT l.label FROM label_version AS l WHERE l.dataset_id = $1
                AND l.dimension = d.code AND l.category = '' AND l.published_at <= $2
                ORDER BY l.published_at DESC, l.seq DESC LIMIT 1), d.label)
        FROM dimension AS d WHERE d.dataset_id = $1 ORDER BY d.position)");
    row.bind(dataset, published);
    std::vector<Dimension> found;
    while (row.step())
        found.push_back({row.text(1), row.text(3), enum_from<Role>(row.view(2)),
                         categories_at(database, dataset, row.integer(0), published), std::nullopt});
    return found;
}

} // namespace

std::optional<DatasetDescription> ObservationStore::describe(const std::string& dataset,
                                                             std::optional<Time> published) const
{
    const Database::Transaction one_view(session_.database(), Database::Purpose::read);
    Statement row(session_.database(), R"(
        SELECT d.time_dimension,
            coalesce((SELECT l.label FROM label_version AS l WHERE l.dataset_id = $1 AND l.dimension = ''
                AND l.category = '' AND l.published_at <= $2
                ORDER BY l.published_at DESC, l.seq DESC LIMIT 1), d.label),
            coalesce((SELECT l.notes FROM label_version AS l WHERE l.dataset_id = $1 AND l.dimension = ''
                AND l.category = '' AND l.published_at <= $2 ORDER BY l.published_at DESC, l.seq DESC LIMIT 1), d.notes)
        FROM dataset AS d WHERE d.id = $1)");
    const auto id = find_dataset(session_.database(), dataset);
    const auto day = published ? format_time(*published) : "9998"; // before the end of what holds still
    if (!row.bind(id, day).step())
        return std::nullopt;
    DatasetDescription found{row.text(1), row.text(0), {}, dimensions_at(session_.database(), id, day)};
    if (const auto notes = Json::parse(row.view(2), nullptr, false); notes.is_array())
        for (const auto& note : notes)
            if (note.is_string())
                found.notes.push_back(note.get<std::string>());
    return found;
}

} // namespace skurd
