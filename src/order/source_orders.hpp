#pragma once

#include "base/enum_words.hpp"
#include "base/error.hpp"
#include "lib/json/json_reader.hpp"
#include "model/source_table.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace skurd {

// Questions to sources. They are orders since whoever asks sources keeps their pace.

/// Which source is asked.
struct QueriedSource {
    std::string source;   ///< as a job's `connector` names it
    std::string base_url; ///< "" = the connector's own
    std::string language; ///< the same

    static QueriedSource read(JsonReader& json);
};

struct DiscoverResult {
    std::vector<TableEntry> tables;

    static DiscoverResult read(JsonReader& json);
    ExitCode exit() const { return tables.empty() ? ExitCode::failed : ExitCode::good; }
};
Json to_json(const DiscoverResult& result); ///< {"tables": [as to_json(TableEntry)…]}

/// Find tables at a source.
struct DiscoverOrder {
    static constexpr std::string_view name = "discover";
    using Result = DiscoverResult;

    QueriedSource at;
    std::string words; ///< that the table's title has; "" = all tables

    static DiscoverOrder read(JsonReader& json);
};
Json to_json(const DiscoverOrder& order); ///< {"source", "base_url", "language", "words"}

struct DescribeResult {
    TableDescription description;

    static DescribeResult read(JsonReader& json);
    static ExitCode exit() { return ExitCode::good; }
};
Json to_json(const DescribeResult& result); ///< as to_json(TableDescription)

/// Tell of one table of a source.
struct DescribeOrder {
    static constexpr std::string_view name = "describe";
    using Result = DescribeResult;

    QueriedSource at;
    std::string table;

    static DescribeOrder read(JsonReader& json);
};
Json to_json(const DescribeOrder& order); ///< {"source", "base_url", "language", "table"}

struct CheckOnlineResult {
    std::vector<CheckedJob> jobs;

    static CheckOnlineResult read(JsonReader& json);
    ExitCode exit() const; ///< failed where a job is wrong or could not be checked
};
Json to_json(const CheckOnlineResult& result); ///< {"jobs": [as to_json(CheckedJob)…]}

/// Ask sources whether they have what jobs name.
struct CheckOnlineOrder {
    static constexpr std::string_view name = "check online";
    using Result = CheckOnlineResult;
    /// With `yes` the exchanges come with the result, and with them those of a first harvest of which nothing is
    /// stored: one job an order then, since a result has its bounds.
    enum class Record { no, yes };

    std::vector<std::string> jobs; ///< ids; empty = all
    Record record = Record::no;

    static CheckOnlineOrder read(JsonReader& json);
};
Json to_json(const CheckOnlineOrder& order); ///< {"jobs": [id…], "record": "no" or "yes"}

template <>
inline constexpr auto enum_words<CheckOnlineOrder::Record> = word_table<CheckOnlineOrder::Record>({
    {CheckOnlineOrder::Record::no, "no"},
    {CheckOnlineOrder::Record::yes, "yes"},
});

} // namespace skurd
