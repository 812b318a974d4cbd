// A vintage is known by the hash over all that it stated, cell by cell in canonical order, of which it wrote only
// what differed. To make each vintage anew from the rows reads all of them again for each. So the series are gone
// through once, in canonical order, and all vintages with them:
//   - the rows of a series are put in the order of the timeline,
//   - going along that, what stands of each period is known at each place,
//   - and at the place of each vintage that states the series, its cells go into that vintage's hash.
// The hash begins with the symbols that the vintage uses, which are known at its end only. It is begun with those of
// all its dataset's newest states; a vintage that turns out to use others is hashed in a second round, with those.
#include "store/dataset_inspection.hpp"

#include "base/error.hpp"
#include "store/coverage_table.hpp"
#include "store/observations.hpp"
#include "store/series_grid.hpp"
#include "store/superseded.hpp"
#include "store/vintages.hpp"
#include "version/stable_id.hpp"

#include <algorithm>
#include <deque>
#include <optional>
#include <tuple>
#include <unordered_map>

namespace skurd {

namespace {

constexpr std::size_t series_between_words = 2000;
constexpr std::size_t none = SIZE_MAX;

/// The symbols of the store in canonical order.
struct Symbols {
    explicit Symbols(Database& database)
    {
        std::vector<std::pair<Symbol, std::int64_t>> found;
        Statement row(database, "SELECT id, text, meaning FROM status");
        while (row.step())
            found.push_back({{row.text(1), meaning_from(row.view(2))}, row.integer(0)});
        std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
            return std::tie(a.first.text, a.first.meaning) < std::tie(b.first.text, b.first.meaning);
        });
        for (auto& [symbol, id] : found) {
            places.emplace(id, all.size());
            all.push_back(std::move(symbol));
        }
    }

    std::vector<Symbol> all;
    std::unordered_map<std::int64_t, std::size_t> places; ///< id -> index into all
};

using SymbolSet = std::vector<bool>; ///< by index into Symbols::all

/// The periods that the dataset's releases state; ids ascending.
struct Periods {
    std::vector<std::int64_t> ids;
    std::vector<Period> periods; ///< of each id

    std::size_t find(std::int64_t id) const ///< `none` for one that no release stated
    {
        const auto at = std::lower_bound(ids.begin(), ids.end(), id);
        return at != ids.end() && *at == id ? static_cast<std::size_t>(at - ids.begin()) : none;
    }
};

/// What releases with one coverage say, against the dataset's periods.
struct Scope {
    StatedCells stated;
    Coverage kind = Coverage::partial;
    std::vector<std::size_t> columns;  ///< by period: among the stated ones, by id; `none` where it is not stated
    std::vector<bool> covered;         ///< by period: it says something of its series then, if only that it is gone
    std::vector<std::size_t> in_order; ///< the stated periods, ascending in time
    std::vector<std::size_t> left_out; ///< those covered and not stated
    std::optional<ReleaseGrid> grid;   ///< where a vintage with it is compared

    std::optional<std::size_t> row;      ///< of the series at hand, among the stated ones
    std::optional<std::size_t> position; ///< of that in the grid

    bool is_absent(std::size_t column) const
    {
        return !stated.absent.empty() &&
               stated.absent.index_of(static_cast<std::int64_t>(*row * in_order.size() + column)).has_value();
    }
    bool states(std::size_t period) const { return columns[period] != none && !is_absent(columns[period]); }
};

struct Row {
    std::size_t period = none;
    std::size_t place = 0;
    std::size_t symbol = 0; ///< index into Symbols::all
    Cell cell;
    CellState state;
};

/// A vintage whose hash is made.
struct Compared {
    Scope* scope = nullptr;
    std::size_t vintage = 0; ///< index into DatasetFindings::vintages
    std::optional<ValueHash> hash;
    std::size_t next = 0;                     ///< the position in the grid that comes next
    SymbolSet used;                           ///< by its cells
    SymbolSet expected;                       ///< the hash was begun with
    std::vector<std::uint16_t> symbol_places; ///< by index into Symbols::all: among the expected
};

class Pass {
public:
    using Progress = std::function<void(std::size_t, std::size_t)>;

    Pass(Database& database, std::int64_t dataset, Time since, const Progress& progress)
        : database_(database), dataset_(dataset), line_(load_timeline(database, dataset)), bands_(database, dataset),
          series_(database, dataset), symbols_(database), rows_(database, dataset), states_(database, dataset),
          superseded_(database, dataset), progress_(progress)
    {
        load_scopes();
        for (std::size_t place = 0; place < line_.size(); ++place)
            if (line_[place].is_vintage() && !line_[place].value_hash.empty() && line_[place].observed_at >= since)
                compare(place);
    }

    DatasetFindings run()
    {
        const auto expected = newest_symbols();
        for (auto& one : compared_)
            begin(one, expected);
        go_through(Round::all);
        bool again = false;
        for (auto& one : compared_)
            if (one.used == one.expected) {
                end(one);
            } else {
                begin(one, SymbolSet(one.used));
                again = true;
            }
        if (again) {
            go_through(Round::hashes_alone);
            for (auto& one : compared_)
                if (one.hash)
                    end(one);
        }
        return std::move(found_);
    }

private:
    enum class Round { all, hashes_alone };

    void load_scopes()
    {
        std::map<std::int64_t, StatedCells> stated;
        for (const auto& entry : line_.entries())
            if (!stated.contains(entry.coverage_id))
                stated.emplace(entry.coverage_id, load_coverage(database_, dataset_, entry.coverage_id));
        load_periods(stated);
        std::map<std::pair<std::int64_t, Coverage>, Scope*> known;
        for (const auto& entry : line_.entries()) {
            auto& scope = known[{entry.coverage_id, entry.coverage}];
            if (!scope)
                scope = &add_scope(stated.at(entry.coverage_id), entry.coverage);
            scope_at_.push_back(scope);
        }
    }

    void load_periods(const std::map<std::int64_t, StatedCells>& stated)
    {
        auto& ids = periods_.ids;
        for (const auto& [id, cells] : stated)
            cells.periods.for_each([&](std::int64_t period) { ids.push_back(period); });
        std::sort(ids.begin(), ids.end());
        ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
        Statement row(database_, "SELECT text FROM period WHERE id = $1");
        for (const auto id : ids)
            periods_.periods.push_back(row.bind(id).step() ? Period::from_text(row.view(0)) : Period());
    }

    Scope& add_scope(const StatedCells& stated, Coverage kind)
    {
        auto& scope = scopes_.emplace_back();
        scope.stated = stated;
        scope.kind = kind;
        for (std::size_t i = 0; i < periods_.ids.size(); ++i) {
            const auto column = stated.periods.index_of(periods_.ids[i]);
            scope.columns.push_back(column.value_or(none));
            scope.covered.push_back(kind != Coverage::partial && stated.covers_period(periods_.ids[i], kind));
            if (column)
                scope.in_order.push_back(i);
            else if (scope.covered.back())
                scope.left_out.push_back(i);
        }
        std::sort(scope.in_order.begin(), scope.in_order.end(),
                  [&](std::size_t a, std::size_t b) { return periods_.periods[a] < periods_.periods[b]; });
        return scope;
    }

    void compare(std::size_t place)
    {
        auto& scope = *scope_at_[place];
        if (!scope.grid)
            scope.grid.emplace(series_, scope.stated);
        const auto& entry = line_[place];
        auto& one = compared_.emplace_back();
        one.scope = &scope;
        one.vintage = found_.vintages.size();
        found_.vintages.push_back({entry.id, entry.published_at});
        found_.cells += scope.grid->series_count() * scope.in_order.size();
        compared_at_.resize(line_.size(), nullptr);
        compared_at_[place] = &one;
    }

    SymbolSet newest_symbols()
    {
        SymbolSet found(symbols_.all.size());
        std::vector<CellState> states;
        for (std::size_t i = 0; i < series_.size(); ++i) {
            try {
                states_.read(series_.id(i), states);
            } catch (const Error&) { // a damaged cache, which is found when it is held against the rows
                return found;
            }
            for (const auto& state : states)
                if (const auto at = symbols_.places.find(state.status); at != symbols_.places.end())
                    found[at->second] = found[at->second] || state.status != withdrawn_status_id();
        }
        return found;
    }

    void begin(Compared& one, SymbolSet expected)
    {
        one.hash.emplace();
        one.next = 0;
        one.scope->grid->begin(*one.hash, series_);
        std::vector<Period> periods;
        periods.reserve(one.scope->in_order.size());
        for (const auto i : one.scope->in_order)
            periods.push_back(periods_.periods[i]);
        one.hash->periods(periods);
        one.symbol_places.assign(symbols_.all.size(), 0);
        std::uint16_t next = 0;
        for (std::size_t i = 0; i < expected.size(); ++i)
            if (expected[i]) {
                one.hash->symbol(symbols_.all[i]);
                one.symbol_places[i] = next++;
            }
        one.expected = std::move(expected);
        one.used.assign(symbols_.all.size(), false);
    }

    void end(Compared& one)
    {
        skip_to(one, one.scope->grid->series_count());
        found_.vintages[one.vintage].same =
            one.hash->hex() == line_[line_.place_of(found_.vintages[one.vintage].id)].value_hash;
        one.hash.reset();
    }

    void go_through(Round round)
    {
        standing_.assign(periods_.ids.size(), nullptr);
        for (std::size_t i = 0; i < series_.size(); ++i) {
            if (progress_ && i % series_between_words == 0)
                progress_(i, series_.size());
            go_through(i, round);
        }
    }

    void go_through(std::size_t series, Round round)
    {
        read(series_.id(series), round);
        for (auto& scope : scopes_) {
            scope.row = scope.stated.series.index_of(series_.id(series));
            if (scope.row && scope.grid)
                scope.position = scope.grid->position(series_.ranks(series));
        }
        std::fill(standing_.begin(), standing_.end(), nullptr);
        std::size_t row = 0;
        for (std::size_t place = 0; place < line_.size(); ++place) {
            for (; row < in_place_.size() && in_place_[row]->place == place; ++row)
                apply(*in_place_[row], round);
            auto* one = compared_at_.empty() ? nullptr : compared_at_[place];
            if (one && one->hash && one->scope->row)
                add_cells(*one, round);
        }
        if (round == Round::all) {
            check_states(series_.id(series));
            check_superseded(series_.id(series));
        }
    }

    /// The rows of a series in the order of the timeline, without those that point to nothing.
    void read(std::int64_t series, Round round)
    {
        read_.clear();
        stored_.clear();
        rows_.for_each(series, [&](const StoredCell& stored) {
            stored_.push_back(stored);
            Row row;
            row.period = periods_.find(stored.period);
            const auto place = line_.find(stored.vintage);
            const auto symbol = symbols_.places.find(stored.status);
            if (round == Round::all)
                count(stored, row, place, symbol != symbols_.places.end());
            if (row.period == none || !place || symbol == symbols_.places.end())
                return;
            row.place = *place;
            row.symbol = symbol->second;
            row.cell = stored.number ? Cell::of(stored.number->normalised()) : Cell::missing();
            row.state = {stored.period, stored.number, stored.status, stored.vintage};
            read_.push_back(row);
        });
        in_place_.clear();
        for (const auto& row : read_)
            in_place_.push_back(&row);
        std::stable_sort(in_place_.begin(), in_place_.end(),
                         [](const auto* a, const auto* b) { return a->place < b->place; });
    }

    void count(const StoredCell& stored, const Row& row, std::optional<std::size_t> place, bool has_status)
    {
        ++found_.rows;
        found_.lost_vintages += place && line_[*place].is_vintage() ? 0 : 1;
        found_.lost_statuses += has_status ? 0 : 1;
        if (row.period != none)
            return;
        Statement known(database_, "SELECT 1 FROM period WHERE id = $1");
        if (!known.bind(stored.period).step())
            ++found_.lost_periods;
        else if (place)
            ++found_.foreign[stored.vintage]; // no release states that period
    }

    void apply(const Row& row, Round round)
    {
        standing_[row.period] = &row;
        if (round != Round::all)
            return;
        const auto& scope = *scope_at_[row.place];
        const bool is_withdrawn = symbols_.all[row.symbol].meaning == Meaning::withdrawn;
        const bool said = scope.row && (scope.states(row.period) || (is_withdrawn && scope.covered[row.period]));
        if (!said)
            ++found_.foreign[line_[row.place].id];
    }

    /// The cells of the series at hand as the vintage left them.
    void add_cells(Compared& one, Round round)
    {
        const auto& scope = *one.scope;
        if (scope.position) {
            skip_to(one, *scope.position);
            ++one.next;
            for (const auto period : scope.in_order)
                add_cell(one, scope.is_absent(scope.columns[period]) ? nullptr : standing_[period]);
        }
        if (round == Round::hashes_alone || scope.kind == Coverage::partial)
            return;
        if (!scope.stated.absent.empty())
            for (const auto period : scope.in_order)
                if (scope.is_absent(scope.columns[period]))
                    count_gone(one, period);
        for (const auto period : scope.left_out)
            count_gone(one, period);
    }

    static void add_cell(Compared& one, const Row* row)
    {
        if (!row)
            return one.hash->absent();
        one.used[row->symbol] = true;
        one.hash->cell(row->cell, one.symbol_places[row->symbol]);
    }

    void count_gone(const Compared& one, std::size_t period)
    {
        const auto* row = standing_[period];
        if (row && symbols_.all[row->symbol].meaning != Meaning::withdrawn)
            ++found_.vintages[one.vintage].gone;
    }

    /// Nothing is stated of the series that the grid has in between.
    void skip_to(Compared& one, std::size_t position)
    {
        if (position < one.next)
            throw error("two series of vintage {} have the same codes: put back a backup",
                        found_.vintages[one.vintage].id);
        for (; one.next < position; ++one.next)
            for (std::size_t i = 0; i < one.scope->in_order.size(); ++i)
                one.hash->absent();
    }

    /// The cache against the rows.
    void check_states(std::int64_t series)
    {
        if (!states_.read(series, cached_))
            return;
        std::size_t next = 0;
        for (const auto* row : standing_)
            if (row && (next == cached_.size() || !(cached_[next++] == row->state))) {
                found_.stale.push_back(series);
                return;
            }
        if (next != cached_.size())
            found_.stale.push_back(series);
    }

    /// What the rows are noted to be followed by, against the rows.
    void check_superseded(std::int64_t series)
    {
        if (superseded_.of(series, bands_) != superseded_of(stored_, line_, bands_))
            found_.unordered.push_back(series);
    }

    Database& database_;
    std::int64_t dataset_;
    Timeline line_;
    DatasetBands bands_;
    SeriesList series_;
    Symbols symbols_;
    Periods periods_;
    std::deque<Scope> scopes_;
    std::vector<Scope*> scope_at_; ///< by place
    std::deque<Compared> compared_;
    std::vector<Compared*> compared_at_; ///< by place; empty where none is compared
    SeriesRows rows_;
    SeriesStates states_;
    SupersededTable superseded_;
    const Progress& progress_;
    DatasetFindings found_;

    // Of the series at hand:
    std::vector<StoredCell> stored_;
    std::vector<Row> read_;
    std::vector<const Row*> in_place_;
    std::vector<const Row*> standing_; ///< by period: what holds at the place at hand
    std::vector<CellState> cached_;
};

} // namespace

DatasetFindings inspect_dataset(Database& database, std::int64_t dataset, Time since,
                                const std::function<void(std::size_t done, std::size_t all)>& progress)
{
    return Pass(database, dataset, since, progress).run();
}

} // namespace skurd
