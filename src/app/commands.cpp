#include "app/commands.hpp"

// The table of commands, a line for each: its name and what `skurd --help` says of it. add_<name>() is defined in
// command/<name>.cpp. A macro, so that the line both declares the function and makes the row.
// NOLINTBEGIN(cppcoreguidelines-macro-usage): no function can declare another one
#define SKURD_COMMANDS(COMMAND)                                                                                      \
    COMMAND(init, "Write a commented start: configuration, a job, an indicator, a set")                              \
    COMMAND(follow, "From a table or a file to an indicator of one's own that is judged")                            \
    COMMAND(harvest, "Run jobs now")                                                                                 \
    COMMAND(drop, "Ingest a file, now")                                                                              \
    COMMAND(serve, "Be the daemon: run jobs when they are due")                                                      \
    COMMAND(orders, "The orders that the daemon has, and what became of those before")                               \
    COMMAND(cancel, "Have the daemon end an order")                                                                  \
    COMMAND(status, "Is all well? Exit 0 when it is, 1 when not")                                                    \
    COMMAND(jobs, "The jobs there are")                                                                              \
    COMMAND(runs, "What happened")                                                                                   \
    COMMAND(check, "Validate configuration, jobs and catalogue")                                                     \
    COMMAND(discover, "Find tables at a source")                                                                     \
    COMMAND(describe, "Show a table of a source or write a job for it; propose a layout for a file")                 \
    COMMAND(report, "The status tables of an indicator set")                                                         \
    COMMAND(signoff, "Freeze what a report says, and who says so")                                                   \
    COMMAND(diff, "What changed between two days, two reports, or since a report was signed off")                    \
    COMMAND(indicators, "The catalogue of indicators, and the history of one")                                       \
    COMMAND(flags, "What a person should look at; acknowledge it")                                                   \
    COMMAND(quarantine, "What was refused, and why; ingest it after all")                                            \
    COMMAND(drift, "How datasets' schemas changed")                                                                  \
    COMMAND(annotate, "Annotate a vintage, a number or a period")                                                    \
    COMMAND(annotations, "The annotations")                                                                          \
    COMMAND(correct, "Override a number the source has wrong")                                                       \
    COMMAND(corrections, "The numbers that are overridden")                                                          \
    COMMAND(why, "The working behind an indicator's verdicts")                                                       \
    COMMAND(get, "Observations, as of any day")                                                                      \
    COMMAND(history, "Every version of a number")                                                                    \
    COMMAND(revisions, "How often, how much and which way first figures are revised")                                \
    COMMAND(verdict, "Try the change rule on numbers")                                                               \
    COMMAND(replay, "Decode stored payloads again and show the difference")                                          \
    COMMAND(verify, "Integrity of store and payloads")                                                               \
    COMMAND(backup, "Online backup to one file")                                                                     \
    COMMAND(decode, "What a payload or file holds, as CSV")

namespace skurd {

#define SKURD_DECLARE(name, summary) void add_##name(CLI::App& command, Context& context);
SKURD_COMMANDS(SKURD_DECLARE)
#undef SKURD_DECLARE

namespace {

#define SKURD_ROW(name, summary) {#name, summary, add_##name},
constexpr Command table[] = {SKURD_COMMANDS(SKURD_ROW)};
#undef SKURD_ROW
// NOLINTEND(cppcoreguidelines-macro-usage)

} // namespace

std::span<const Command> commands()
{
    return table;
}

} // namespace skurd
