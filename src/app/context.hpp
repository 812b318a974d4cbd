#pragma once

#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/printable.hpp"
#include "config/installation.hpp"
#include "lib/json/json.hpp"
#include "model/attribution.hpp"
#include "model/indicator.hpp"
#include "store/store_session.hpp"
#include "view/value_json.hpp"

#include <chrono>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace skurd {

/// What every command is given: the options that all share, and the ways to the store.
struct Context {
    std::string config;
    std::string state;
    std::string log_level; ///< "" = info for the daemon, error for the rest
    bool json = false;
    bool no_colour = false;
    bool wide = false; ///< tables as wide as they are, all columns
    SystemClock clock;
    std::function<ExitCode()> action; ///< set by the command that was called

    Installation installation() const { return find_installation(config, state); }
    /// Whether standard output may be coloured: a terminal, NO_COLOR not set (no-color.org), not --no-color.
    bool colour() const;
    /// The columns that tables and text must not pass: COLUMNS where it is set, else the terminal's, 80 where it does
    /// not tell. 0 = as wide as they are: with --wide, and where standard output is no terminal, so that each row is
    /// a line for grep.
    std::size_t width() const;
};

/// The store, for reading. Throws Error where there is none yet.
StoreSession open_store(Context& context);
/// The same; nothing where there is none yet.
std::unique_ptr<StoreSession> store_if_there(Context& context);

/// A place as it is named on the command line: a folder or file, or the URL of a database of PostgreSQL. The
/// password's file is that of the configuration where the URL is, too.
StorePlace place_of(const std::string& name, const Installation& installation);

/// A reading store and the catalogue: what the commands that read work with.
struct ReadContext {
    explicit ReadContext(Context& context);

    Installation installation;
    StoreSession store;
    Catalogue catalogue;

    /// Whom datasets are credited to, by the installation's job files. Reads them all.
    Attributions attributions() const;
};

/// Says on a terminal what is being done, in one line of standard error that is wiped in the end.
class ProgressLine {
public:
    /// What is over before `after` is not told of at all.
    explicit ProgressLine(std::chrono::milliseconds after = {});
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    void operator()(const std::string& text) const;

private:
    bool watched_;
    std::chrono::steady_clock::time_point from_;
};

/// Prints for people: each text among the arguments as one line of printable text (format_printable()).
template <typename... Args>
void print_text(fmt::format_string<const Args&...> form, const Args&... args)
{
    std::cout << format_printable(form, args...);
}

/// Prints what is for programs, or a file: to the byte.
void print_exactly(std::string_view bytes);

/// Prints a value as JSON with indentation and a final newline. What is not seen in a text is escaped.
void print_json(const Json& value);

/// What an order came to: its answer as JSON, or one line for people.
ExitCode print_done(const Context& context, const Json& answer, const std::string& line);

/// Prints records as a JSON array, each as view/ shows it.
template <typename Record>
void print_json_list(const std::vector<Record>& records)
{
    print_json(json_list(records));
}

} // namespace skurd
