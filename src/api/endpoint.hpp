#pragma once

#include "api/query_reader.hpp"
#include "api/store_reader.hpp"
#include "base/csv_writer.hpp"
#include "lib/json/json.hpp"
#include "serve/router.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// Series that one answer may read: each is held in memory with all its periods.
constexpr std::size_t series_max = 1000;

/// What is asked for by its name is not there.
class NothingThereError : public Error {
public:
    using Error::Error;
};

/// What an endpoint answers from.
struct ApiQuestion {
    const HttpRequest& request;
    const std::string& id; ///< of the path
    const StoreReading& reading;
    const ReadHost& host;
};

/// A way to read: a row of a table.
struct Endpoint {
    std::string_view path;
    std::vector<std::string> parameters; ///< that it knows; any other is refused
    HttpResponse (*answer)(const ApiQuestion& question, const QueryReader& query) = nullptr;
};

// Adding one: a row in one of these tables, and one in README.md of this folder.

const std::vector<Endpoint>& observation_endpoints(); ///< datasets, data, history, changes
const std::vector<Endpoint>& indicator_endpoints();   ///< indicators with working and verdicts, reports
const std::vector<Endpoint>& operation_endpoints();   ///< flags, runs

/// An object of JSON: commit, as_of and known_at, and what was asked for under its name.
HttpResponse api_json(const ApiQuestion& question, const AsOf& as_of, const char* name, Json what);
/// A file of CSV that a browser stores under that name.
HttpResponse api_csv(const std::string& csv, const std::string& file);
HttpResponse api_file(std::string bytes, std::string_view type, const std::string& file);

/// A name for a file, of letters, digits, "-", "_" and "." alone.
std::string file_name(std::string_view of, std::string_view extension);

/// Throws Error (usage) for a selection of more than series_max series.
void require_readable(const StoreSession& store, const Selector& selector);

/// Calls, and what it throws for what is not there becomes NothingThereError.
template <typename Find>
auto found_by(const Find& find) -> decltype(find())
{
    try {
        return find();
    } catch (const Error& failure) {
        throw NothingThereError(failure.what(), failure.code());
    }
}

/// RFC 7807: {"type": "about:blank", "title", "status", "detail"}.
HttpResponse problem_response(int status, const std::string& detail);

} // namespace skurd
