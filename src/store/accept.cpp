#include "store/coverage.hpp"
#include "store/hashes.hpp"
#include "store/impl.hpp"
#include "store/numbers.hpp"
#include "store/series.hpp"
#include "store/vintages.hpp"

#include <algorithm>
#include <cassert>
#include <set>

namespace skurd {

namespace {

/// More of the known cells than this may not vanish at once: a shrunken answer is likelier than that.
constexpr std::size_t withdrawn_percent_max = 2;

/// A publication claimed further ahead than this is a slip in a date. A day, since clocks and time zones differ.
constexpr auto ahead_max = std::chrono::hours(24);

/// What accept() was asked to take in.
struct Arrival {
    const Release& release;
    const PublicationClaim& claim;
    Origin origin;
    const std::string& payload_hash;
    std::int64_t run;
    Time now;
};

/// Takes one release in, inside a transaction that its owner commits.
class Acceptance {
public:
    Acceptance(Database& database, const Arrival& arrival)
        : database_(database), arrival_(arrival), release_(arrival.release), rows_(database),
          insert_(database, "INSERT INTO observation (series_id, period_id, vintage_id, value, decimals, value_text,"
                            " status_id) VALUES (?, ?, ?, ?, ?, ?, ?)")
    {
        assert(release_.cells.size() == release_.series_count() * release_.periods.size());
    }

    Accepted run()
    {
        place_in_time();
        ids_ = intern_grid(database_, release_, late_ ? Metadata::keep : Metadata::update);
        hashes_ = hashes_of(release_);
        if (!late_ && same_as_newest()) {
            accepted_.cells = stated_cells();
            confirm(in_force()->coverage_id);
            return accepted_;
        }
        if (late_ && bytes_are_known()) {
            accepted_.cells = stated_cells();
            return accepted_;
        }
        compare();
        refuse_if_unsound();
        if (accepted_.rows > 0)
            write_same_values();
        const auto coverage = keep_coverage(database_, stated_);
        if (accepted_.rows == 0 && !line_.entries.empty())
            confirm(coverage);
        else
            add_vintage(coverage);
        return accepted_;
    }

private:
    /// A period that cells are compared in: of the release, or one that a whole release lacks.
    struct Column {
        std::int64_t period = 0;
        std::optional<std::size_t> position; ///< in the release
    };
    /// What the store says of a cell before this release.
    struct State {
        std::optional<std::size_t> place; ///< of the vintage that says it; nothing: never heard of
        std::optional<Decimal> number;
        std::int64_t status = 0;
    };

    /// A cell that says the same with another number of decimals.
    struct SameValue {
        std::int64_t series = 0;
        std::int64_t period = 0;
        Decimal number;
        std::int64_t status = 0;
    };

    void place_in_time()
    {
        const auto dataset = find_dataset(database_, release_.dataset);
        line_ = timeline(database_, dataset);
        late_ = line_.newest_claim && arrival_.claim.published_at < *line_.newest_claim;
        earlier_ = line_.published_by(arrival_.claim.published_at);
        observed_at_ = std::max(arrival_.now, line_.newest_observed);
        vintage_ = database_.integer("SELECT coalesce(max(id), 0) + 1 FROM vintage");
    }

    const Timeline::Entry* in_force() const { return earlier_ == 0 ? nullptr : &line_.entries[earlier_ - 1]; }

    /// The newest vintage stands as its release said it: the same again changes nothing, without a look at the cells.
    bool same_as_newest() const
    {
        return in_force() && in_force()->value_hash == hashes_.values && in_force()->coverage == release_.coverage;
    }

    std::size_t stated_cells() const
    {
        return static_cast<std::size_t>(std::count_if(release_.cells.begin(), release_.cells.end(),
                                                      [](auto& cell) { return cell.state != Cell::State::absent; }));
    }

    void compare()
    {
        withdrawn_status_ = intern_status(database_, {"", Meaning::withdrawn});
        set_columns();
        for (const auto& series : intern_series(database_, release_, ids_)) {
            load_states(series);
            stated_.series.add(series.id);
            for (std::size_t i = 0; i < columns_.size(); ++i)
                take(series, columns_[i], states_[i]);
        }
    }

    void set_columns()
    {
        for (std::size_t position = 0; position < ids_.periods.size(); ++position)
            columns_.push_back({ids_.periods[position], position});
        if (release_.coverage == Coverage::whole)
            add_lacking_columns();
        std::sort(columns_.begin(), columns_.end(), [](auto& a, auto& b) { return a.period < b.period; });
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            if (columns_[i].position)
                stated_.periods.add(columns_[i].period);
            const auto id = static_cast<std::size_t>(columns_[i].period);
            column_of_.resize(std::max(column_of_.size(), id + 1), no_column);
            column_of_[id] = i;
        }
    }

    /// Every period known to the store that the release lacks; whether one of its series has it, its rows say.
    void add_lacking_columns()
    {
        const std::set<std::int64_t> own(ids_.periods.begin(), ids_.periods.end());
        Statement row(database_, "SELECT id FROM period");
        while (row.step())
            if (own.count(row.integer(0)) == 0)
                columns_.push_back({row.integer(0), std::nullopt});
    }

    void load_states(const GridSeries& series)
    {
        states_.assign(columns_.size(), State());
        if (series.is_new)
            return;
        rows_.for_each(series.id, [&](const StoredCell& cell) {
            const auto id = static_cast<std::size_t>(cell.period);
            const auto column = id < column_of_.size() ? column_of_[id] : no_column;
            const auto place = line_.places.at(cell.vintage);
            if (column == no_column || place >= earlier_)
                return;
            auto& state = states_[column];
            if (!state.place || *state.place < place)
                state = {place, cell.number, cell.status};
        });
    }

    void take(const GridSeries& series, const Column& column, const State& before)
    {
        const bool known = before.place && before.status != withdrawn_status_;
        const Cell cell = column.position ? release_.cell(series.position, *column.position) : Cell();
        if (cell.state == Cell::State::absent) {
            if (column.position)
                stated_.absent.add(stated_index_++);
            if (release_.coverage != Coverage::partial && known)
                withdraw(series, column);
            return;
        }
        ++stated_index_;
        ++accepted_.cells;
        known_ += known ? 1 : 0;
        const auto status = ids_.statuses[cell.symbol];
        const auto number = cell.number();
        if (before.place && before.status == status && before.number == number) {
            if (number && number->scale() != before.number->scale())
                same_value_.push_back({series.id, column.period, *number, status});
            return;
        }
        accepted_.revised += before.number ? 1 : 0;
        write(series.id, column.period, number, status);
    }

    /// Cells that say the same with another number of decimals (0 -> 0.0): no reason for a vintage, but a vintage
    /// that is made gives them back as its payload has them.
    void write_same_values()
    {
        for (const auto& cell : same_value_)
            write(cell.series, cell.period, cell.number, cell.status);
        accepted_.reworded = same_value_.size();
    }

    void withdraw(const GridSeries& series, const Column& column)
    {
        ++known_;
        ++accepted_.withdrawn;
        write(series.id, column.period, std::nullopt, withdrawn_status_);
    }

    void write(std::int64_t series, std::int64_t period, const std::optional<Decimal>& number, std::int64_t status)
    {
        ++accepted_.rows;
        if (late_)
            return;
        insert_.reset();
        insert_.bind_one(1, series);
        insert_.bind_one(2, period);
        insert_.bind_one(3, vintage_);
        insert_.bind_one(7, status);
        if (number) {
            const auto stored = to_stored(*number);
            insert_.bind_one(4, stored.value);
            insert_.bind_one(5, stored.decimals);
            if (stored.text.empty())
                insert_.bind_one(6, nullptr);
            else
                insert_.bind_one(6, stored.text);
        } else {
            insert_.bind_one(4, nullptr);
            insert_.bind_one(5, 0);
            insert_.bind_one(6, nullptr);
        }
        insert_.step();
    }

    void refuse_if_unsound() const
    {
        if (late_ && accepted_.rows > 0)
            throw error(
                "{}: {} cells of this release, published {}, are not what the store knows of that time, and it"
                " is older than the newest release ({}): late releases are not taken in yet; leave it out",
                release_.dataset, accepted_.rows, format_time(arrival_.claim.published_at),
                format_time(*line_.newest_claim));
        if (accepted_.withdrawn * 100 > known_ * withdrawn_percent_max)
            throw error("{}: {} of {} known cells are gone from this complete release, more than {} %: nothing was"
                        " taken in; look at payload {}, and take it in as partial if the rest of it is right",
                        release_.dataset, accepted_.withdrawn, known_, withdrawn_percent_max, arrival_.payload_hash);
    }

    std::optional<std::int64_t> run_or_null() const
    {
        return arrival_.run == 0 ? std::nullopt : std::optional(arrival_.run);
    }

    void add_vintage(std::int64_t coverage)
    {
        const auto& claim = arrival_.claim;
        Vintage vintage{vintage_,        release_.dataset,      claim,           observed_at_,  observed_at_,
                        arrival_.origin, arrival_.payload_hash, hashes_.content, hashes_.values};
        Statement(database_, R"(
            INSERT INTO vintage (id, dataset_id, published_at, published_field, confidence, observed_at,
                last_confirmed_at, origin, payload_hash, content_hash, value_hash, coverage, coverage_id, run_id,
                cells, rows, revised, withdrawn)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))")
            .run(vintage_, ids_.dataset, format_time(claim.published_at), claim.field, to_string(claim.confidence),
                 format_time(observed_at_), format_time(observed_at_), to_string(arrival_.origin),
                 arrival_.payload_hash, hashes_.content, hashes_.values, to_string(release_.coverage), coverage,
                 run_or_null(), accepted_.cells, accepted_.rows, accepted_.revised, accepted_.withdrawn);
        accepted_.vintage = std::move(vintage);
    }

    void confirm(std::int64_t coverage)
    {
        const auto* entry = in_force();
        if (!entry)
            return;
        Statement(database_, "UPDATE vintage SET last_confirmed_at = max(last_confirmed_at, ?2) WHERE id = ?1")
            .run(entry->id, format_time(arrival_.now));
        accepted_.suppressed = !payload_is_known(*entry);
        // Without a stated time every fetch would count as published anew: the same bytes need no second record.
        if (accepted_.suppressed || arrival_.claim.confidence != Confidence::arrival)
            add_confirmation(*entry, coverage);
    }

    /// These very bytes made or confirmed a vintage of this dataset: the same file again, under an older date.
    bool bytes_are_known()
    {
        return std::any_of(line_.entries.begin(), line_.entries.end(),
                           [&](const auto& entry) { return payload_is_known(entry); });
    }

    bool payload_is_known(const Timeline::Entry& entry) const
    {
        Statement known(database_, "SELECT 1 FROM confirmation WHERE vintage_id = ? AND payload_hash = ?");
        return entry.payload_hash == arrival_.payload_hash || known.bind(entry.id, arrival_.payload_hash).step();
    }

    void add_confirmation(const Timeline::Entry& entry, std::int64_t coverage)
    {
        const auto& claim = arrival_.claim;
        if (entry.payload_hash == arrival_.payload_hash && entry.published_at == claim.published_at)
            return;
        Statement(database_, R"(
            INSERT INTO confirmation (vintage_id, published_at, published_field, confidence, observed_at,
                payload_hash, content_hash, coverage_id, run_id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING)")
            .run(entry.id, format_time(claim.published_at), claim.field, to_string(claim.confidence),
                 format_time(observed_at_), arrival_.payload_hash, hashes_.content, coverage, run_or_null());
    }

    static constexpr auto no_column = static_cast<std::size_t>(-1);

    Database& database_;
    const Arrival& arrival_;
    const Release& release_;
    SeriesRows rows_;
    Statement insert_;

    Timeline line_;
    std::size_t earlier_ = 0; ///< how many entries of line_ were published by the time of the release
    bool late_ = false;       ///< older than another release: may confirm, may not write
    Time observed_at_{};      ///< never before that of an earlier vintage, whatever the machine's clock does
    std::int64_t vintage_ = 0;
    GridIds ids_;
    ReleaseHashes hashes_;

    std::vector<Column> columns_;        ///< ascending by period id, as the rows of the store come
    std::vector<std::size_t> column_of_; ///< by period id
    std::vector<SameValue> same_value_;
    std::vector<State> states_; ///< of the series at hand, one for each column
    std::int64_t withdrawn_status_ = 0;
    StatedCells stated_;
    std::int64_t stated_index_ = 0;
    std::size_t known_ = 0; ///< covered cells that the store had and were not withdrawn
    Accepted accepted_;
};

void refuse_future(const Arrival& arrival)
{
    if (arrival.claim.published_at > arrival.now + ahead_max)
        throw error("{}: published {} lies in the future (now {}): check the date", arrival.release.dataset,
                    format_date(arrival.claim.published_at), format_time(arrival.now));
}

} // namespace

Accepted Store::accept(const Release& release, const PublicationClaim& claim, Origin origin,
                       const PayloadRef& payload, std::int64_t run)
{
    Database::Transaction transaction(impl_->db);
    const Arrival arrival{release, claim, origin, payload.hash, run, impl_->clock.now()};
    refuse_future(arrival);
    const auto accepted = Acceptance(impl_->db, arrival).run();
    transaction.commit();
    return accepted;
}

} // namespace skurd
