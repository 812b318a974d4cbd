#pragma once

#include "base/error.hpp"
#include "base/time_text.hpp"
#include "model/indicator.hpp"
#include "model/ingest.hpp"
#include "model/payload.hpp"
#include "model/release.hpp"
#include "model/vintage.hpp"
#include "store/engine/statement.hpp"
#include "store/observation_store.hpp"
#include "store/payload_store.hpp"
#include "store/sqlite/sqlite_database.hpp"
#include "store/store_session.hpp"
#include "store/vintage_store.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/temp_dir.hpp"

#include <map>
#include <string>
#include <vector>

namespace skurd::test {

inline Time at(std::string_view text)
{
    return parse_time(text).value();
}

/// A cell as a test writes it: "" is absent, "4.50" a number, ":" confidential, "missing" no value without a symbol,
/// "4.5*" a provisional number.
inline Cell cell(std::string_view text)
{
    if (text.empty())
        return {};
    if (text == "missing")
        return Cell::missing();
    if (text == ":")
        return Cell::missing(1);
    const bool provisional = text.ends_with('*');
    return Cell::of(Decimal::parse(text.substr(0, text.size() - provisional)).value(), provisional ? 2 : 0);
}

/// A release with one dimension `nr`, whose categories are the keys of the rows.
inline Release release_of(const std::vector<std::string>& periods,
                          const std::map<std::string, std::vector<std::string>>& rows,
                          Coverage coverage = Coverage::partial)
{
    Release release;
    release.dataset = "drop/table";
    release.label = "Table";
    release.time_dimension = "year";
    release.symbols = {Symbol{}, {":", Meaning::confidential}, {"*", Meaning::provisional}};
    release.coverage = coverage;
    for (const auto& period : periods)
        release.periods.push_back(Period::parse(period).value());
    auto& nr = release.dimensions.emplace_back(Dimension{"nr", "Number", Role::none, {}, {}});
    for (const auto& [code, cells] : rows) {
        nr.categories.push_back({code, "Row " + code, "kroner", {}});
        for (const auto& text : cells)
            release.cells.push_back(cell(text));
    }
    return release;
}

inline PublicationClaim published(std::string_view time)
{
    return {at(time), "test", Confidence::stated};
}

/// As SQLite is for other programs. Ours trusts no view in the file, and SQLite has json_group_object() among what it
/// vouches for only later than Debian 12's.
inline void trust_schema(SqliteDatabase& database)
{
    database.exec("PRAGMA trusted_schema = ON");
}

/// Changes a store as somebody would who can write its file: no trigger and no foreign key holds the statements back,
/// and each trigger is there again afterwards.
inline void forge(const std::filesystem::path& store, const std::string& statements)
{
    SqliteDatabase database(store, SqliteDatabase::Access::write);
    trust_schema(database);
    database.exec("PRAGMA foreign_keys = OFF");
    std::map<std::string, std::string> triggers;
    {
        Statement row(database, "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'");
        while (row.step())
            triggers.emplace(row.text(0), row.text(1));
    }
    for (const auto& trigger : triggers)
        database.exec("DROP TRIGGER " + trigger.first);
    database.exec(statements);
    for (const auto& trigger : triggers)
        database.exec(trigger.second);
}

/// The store of a folder or, with a URL, in that database.
inline StorePlace place_of(const std::filesystem::path& folder, const std::string& url)
{
    StorePlace place(folder);
    place.url = url;
    return place;
}

/// A store in a folder of its own or, with a URL, in that database, with a clock that stands at noon of 1 January
/// 2020.
struct StoreFixture {
    explicit StoreFixture(const std::string& url = "")
        : place(place_of(folder.path(), url)), store(place, StoreSession::Access::write, clock)
    {
    }

    TempDir folder;
    StorePlace place;
    ManualClock clock{"2020-01-01T12:00:00Z"};
    StoreSession store;
    int payloads = 0;

    PayloadRef new_payload()
    {
        return PayloadStore(store).store("payload " + std::to_string(++payloads), "text/csv", "x");
    }

    IngestResult accept(const Release& release, std::string_view time)
    {
        clock.advance(std::chrono::hours(1));
        return VintageStore(store).ingest(release, published(time), Origin::drop, new_payload(), 0);
    }

    /// "1/2016=4.50 1/2017=:", as the selector and the clocks give it.
    std::string read(std::string_view selector = "drop/table", const AsOf& as_of = {},
                     std::optional<Time> published_from = {}) const
    {
        std::string text;
        for (const auto& found : ObservationStore(store).as_of(Selector::parse(selector), as_of, published_from))
            text += (text.empty() ? "" : " ") + found.codes.front().second + "/" + found.period.text() + "=" +
                    word(found.value);
        return text;
    }

    static std::string word(const Value& value)
    {
        const auto& [text, meaning] = value.symbol;
        const auto symbol = text.empty() ? std::string(to_string(meaning)) : text;
        return value.number ? value.number->text() + symbol : symbol.empty() ? "missing" : symbol;
    }

    /// The first column of the first row, as text, on a connection of its own: as other programs read.
    std::string sql(const std::string& query) const
    {
        SqliteDatabase database(folder / "skurd.db", SqliteDatabase::Access::read);
        trust_schema(database);
        Statement statement(database, query);
        return statement.step() ? statement.text(0) : "";
    }
};

/// The message of what the function throws; "" when it throws nothing.
template <typename Function>
std::string message_of(Function function)
{
    try {
        function();
    } catch (const std::exception& exception) {
        return full_message(exception);
    }
    return "";
}

} // namespace skurd::test
