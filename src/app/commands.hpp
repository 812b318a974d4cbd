#pragma once

#include "app/context.hpp"

#include <CLI/CLI.hpp>

#include <span>

namespace skurd {

/// A command of the command line.
struct Command {
    const char* name;
    const char* summary;
    /// Adds its options to `command` and, when called, sets context.action. What it keeps lives in shared state of
    /// its callbacks, since CLI11 calls them after this returns.
    void (*add)(CLI::App& command, Context& context);
};

/// Every command there is, in the order of `skurd --help`.
std::span<const Command> commands();

} // namespace skurd
