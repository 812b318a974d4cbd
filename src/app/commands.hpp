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
    void (*set_up)(CLI::App& command, Context& context);
};

/// Every command there is, in the order of `skurd --help`.
std::span<const Command> commands();

void set_up_serve(CLI::App& command, Context& context);
void set_up_harvest(CLI::App& command, Context& context);
void set_up_drop(CLI::App& command, Context& context);
void set_up_jobs(CLI::App& command, Context& context);
void set_up_runs(CLI::App& command, Context& context);
void set_up_status(CLI::App& command, Context& context);
void set_up_check(CLI::App& command, Context& context);
void set_up_discover(CLI::App& command, Context& context);
void set_up_decode(CLI::App& command, Context& context);
void set_up_describe(CLI::App& command, Context& context);
void set_up_get(CLI::App& command, Context& context);
void set_up_history(CLI::App& command, Context& context);
void set_up_report(CLI::App& command, Context& context);
void set_up_indicators(CLI::App& command, Context& context);
void set_up_signoff(CLI::App& command, Context& context);
void set_up_diff(CLI::App& command, Context& context);
void set_up_why(CLI::App& command, Context& context);
void set_up_verdict(CLI::App& command, Context& context);
void set_up_replay(CLI::App& command, Context& context);
void set_up_verify(CLI::App& command, Context& context);
void set_up_backup(CLI::App& command, Context& context);
void set_up_annotate(CLI::App& command, Context& context);
void set_up_annotations(CLI::App& command, Context& context);
void set_up_correct(CLI::App& command, Context& context);
void set_up_corrections(CLI::App& command, Context& context);
void set_up_flags(CLI::App& command, Context& context);
void set_up_revisions(CLI::App& command, Context& context);
void set_up_quarantine(CLI::App& command, Context& context);
void set_up_drift(CLI::App& command, Context& context);

} // namespace skurd
