#pragma once

#include "tests/sim/sim_table.hpp"
#include "tests/sim/simulator.hpp"

#include <functional>
#include <map>
#include <string>

namespace skurd::sim {

/// A table of the simulated FHI. The file form is that of SimTable with these in addition (README.md); `table.id` is
/// the number, `table.title` the title with whatever blanks it has, `table.updated` the publication.
struct SimFhiTable {
    std::string source;
    std::string modified; ///< "" = null
    SimTable table;
    std::map<std::string, std::string> flags; ///< symbol -> meaning; an unknown symbol in a cell is not in here
    std::string about;                        ///< the one paragraph of /metadata, HTML

    static SimFhiTable read(Section file); ///< Throws Error with file:line.
};

/// What may differ between the real server and what is known of it, all switchable.
struct FhiHabits {
    /// What an error's body looks like; the real one is not known.
    enum class Errors { problem_json, json_message, plain, empty };

    Errors errors = Errors::problem_json;
    bool bom = true;                  ///< json-stat2 begins with EF BB BF
    bool knows_bottom = true;         ///< the filter `bottom` is not documented
    bool null_children = false;       ///< leaves of trees say null, not []
    bool flag_symbol_in_text = false; ///< /flag has the symbol in `text`, else in `title`
    std::size_t rows_max = 0;         ///< a limit of the server's own; 0 = none
};

/// A simulated FHI Statistikk Open API on loopback, from construction to destruction. README.md says what it serves.
class SimFhi final : public Simulator {
public:
    /// Port 0 = any free one.
    explicit SimFhi(Clock& clock, int port = 0);

    std::string base_url() const; ///< "http://127.0.0.1:4711/api/open/v1"
    std::string host_url() const;

    void add_source(const std::string& id, const std::string& title); ///< a source without a table is listed too
    void add_table(SimFhiTable table); ///< replaces one with the same number; adds its source
    /// Publishes a release: cells and codes change, and publication and modification are the given instant.
    void publish(const std::string& source, const std::string& id, const SimChanges& changes,
                 const std::string& published);
    /// Changes anything else: a title, labels, the number (that is how a republished table gets a new one).
    /// `modified` becomes the given instant, unless that is "".
    void edit(const std::string& source, const std::string& id, const std::function<void(SimFhiTable&)>& change,
              const std::string& modified);
    void remove(const std::string& source, const std::string& id);
    void habits(const FhiHabits& habits);

private:
    using Key = std::pair<std::string, std::string>;

    HttpReply answer(const HttpRequest& request);
    HttpReply answer_api(const HttpRequest& request) const;
    HttpReply answer_table(const SimFhiTable& table, const std::string& what, const HttpRequest& request) const;
    std::optional<std::string> command(const std::string& name, const Json& json);
    SimFhiTable& find(const std::string& source, const std::string& id);

    std::map<std::string, std::string> sources_; ///< id -> title
    std::map<Key, SimFhiTable> tables_;
    FhiHabits habits_;
    HttpServer server_; ///< last: its threads use all of the above
};

} // namespace skurd::sim
