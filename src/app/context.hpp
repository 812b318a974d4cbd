#pragma once

#include "base/clock.hpp"
#include "base/error.hpp"
#include "config/installation.hpp"
#include "lib/json/json.hpp"
#include "model/indicator.hpp"
#include "model/vintage.hpp"
#include "store/store_session.hpp"

#include <functional>
#include <memory>
#include <string>

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
    SystemClock clock;
    std::function<ExitCode()> action; ///< set by the command that was called

    Installation installation() const { return find_installation(config, state); }
    /// Whether standard output may be coloured: a terminal, NO_COLOR not set (no-color.org), not --no-color.
    bool colour() const;
};

/// A reading store and the catalogue: what the commands that look at things work with.
struct StoreView {
    explicit StoreView(Context& context);

    Installation installation;
    StoreSession store;
    Catalogue catalogue;

    /// Throws Error (usage) naming what to do for a number the catalogue does not have.
    const Indicator& indicator(int number) const;
};

/// Says on a terminal what is being done, in one line of standard error that is wiped in the end.
class ProgressLine {
public:
    ProgressLine();
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    void operator()(const std::string& text) const;

private:
    bool watched_;
};

/// Prints a value as JSON with indentation and a final newline.
void print_json(const Json& value);

/// An indicator number when the text is one ("9"), else 0.
int indicator_number(const std::string& text);

} // namespace skurd
