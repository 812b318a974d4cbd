#pragma once

#include "api/query_reader.hpp"
#include "api/store_reader.hpp"
#include "base/csv_writer.hpp"
#include "lib/json/json.hpp"
#include "model/correction.hpp"
#include "serve/router.hpp"

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// Series that an answer may read which holds them all in memory; one that is streamed holds one at a time.
constexpr std::size_t series_max = 1000;

/// What is asked for by its name is not there.
class NothingThereError : public Error {
public:
    using Error::Error;
};

/// What an endpoint answers from. What it refers to is there until the answer is sent, also where it is produced.
struct ApiQuestion {
    const HttpRequest& request;
    const std::string& id; ///< of the path; of several variables joined by "/"
    const StoreReading& reading;
    const ReadHost& host;
};

/// A way to read: a row of a table.
struct Endpoint {
    std::string_view path;
    std::vector<std::string> parameters; ///< that it knows; any other is refused. "name[]" stands for any "name[…]"
    HttpResponse (*answer)(const ApiQuestion& question, const QueryReader& query) = nullptr;
    std::string_view summary; ///< in one sentence, without its point
    /// What is wrong, in the form that this path's clients read.
    HttpResponse (*refuse)(int status, const std::string& detail) = nullptr;
    std::string_view method = "GET";
    std::size_t json_max = 0; ///< bytes that a body of application/json may have; 0 = there is none
    bool is_tagged = true;    ///< whether its answers stay the same until something is committed
};

/// One whose answers change without a commit: runs, and when releases were confirmed last.
inline Endpoint untagged(Endpoint endpoint)
{
    endpoint.is_tagged = false;
    return endpoint;
}

// Adding one: a row in one of these tables, and one in README.md of this folder.

const std::vector<Endpoint>& dataset_endpoints();     ///< datasets, metadata, releases, sources, commits
const std::vector<Endpoint>& observation_endpoints(); ///< data, history, changes
const std::vector<Endpoint>& indicator_endpoints();   ///< indicators with working and verdicts, reports
const std::vector<Endpoint>& operation_endpoints();   ///< flags, runs
const std::vector<Endpoint>& document_endpoints();    ///< the description of all of them

/// All of these.
std::vector<const std::vector<Endpoint>*> endpoint_tables();

/// An object of JSON: commit, as_of and known_at, and what was asked for under its name.
HttpResponse api_json(const ApiQuestion& question, const AsOf& as_of, const char* name, Json what);
/// The beginning of such an object, up to the value: for an answer that is produced. `"}\n"` ends it.
std::string api_json_head(const ApiQuestion& question, const AsOf& as_of, const char* name);
/// A file of CSV that a browser stores under that name.
HttpResponse api_csv(const std::string& csv, const std::string& file);
HttpResponse api_file(std::string bytes, std::string_view type, const std::string& file);
/// The same with a body that is produced; "" for `file`: no file.
HttpResponse api_stream(std::string_view type, const std::string& file,
                        std::function<void(const BodyWriter&)> produce);

/// A name for a file, of letters, digits, "-", "_" and "." alone.
std::string file_name(std::string_view of, std::string_view extension);

CsvDialect dialect_of(const QueryReader& query);
Numbers numbers_of(const QueryReader& query);

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
