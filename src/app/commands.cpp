#include "app/commands.hpp"

// The table of commands, a line for each: its name, its group and what `skurd --help` says of it. add_<name>() is
// defined in command/<name>.cpp. A macro, so that the line both declares the function and makes the row.
// NOLINTBEGIN(cppcoreguidelines-macro-usage): no function can declare another one
#define SKURD_COMMANDS(COMMAND)                                                                                      \
    COMMAND(init, set_up, "Write a commented start: configuration, a job, an indicator, a set")                      \
    COMMAND(follow, set_up, "From a table or a file to an indicator of one's own that is judged")                    \
    COMMAND(discover, set_up, "Find tables at a source")                                                             \
    COMMAND(describe, set_up, "Show a table of a source or write a job for it; propose a layout for a file")         \
    COMMAND(check, set_up, "Validate configuration, jobs and catalogue")                                             \
    COMMAND(config, set_up, "What skurd is run with, and where each part of it comes from")                          \
    COMMAND(serve, run, "Be the daemon: run jobs when they are due")                                                 \
    COMMAND(harvest, run, "Run jobs now")                                                                            \
    COMMAND(drop, run, "Ingest a file, now")                                                                         \
    COMMAND(orders, run, "The orders that the daemon has, and what became of those before")                          \
    COMMAND(reload, run, "Have the daemon read configuration, jobs and catalogue anew")                              \
    COMMAND(cancel, run, "Have the daemon end an order")                                                             \
    COMMAND(status, run, "Is all well? Exit 0 when it is, 1 with what to do when not")                               \
    COMMAND(notify, run, "Messages to people and programs: what waits, what failed; test a channel")                 \
    COMMAND(jobs, run, "The jobs there are")                                                                         \
    COMMAND(runs, run, "What happened")                                                                              \
    COMMAND(replay, run, "Decode stored payloads again and show the difference")                                     \
    COMMAND(verify, run, "Integrity of store and payloads")                                                          \
    COMMAND(backup, run, "Online backup to one file")                                                                \
    COMMAND(publish, run, "A snapshot for readers: SQLite, CSV, Parquet, and what changed")                          \
    COMMAND(restore, run, "Put a backup in the place of the store")                                                  \
    COMMAND(store, run, "Copy the store to another place, between SQLite and PostgreSQL too")                        \
    COMMAND(report, read, "The status tables of an indicator set")                                                   \
    COMMAND(diff, read, "What changed between two days, two reports, or since a report was signed off")              \
    COMMAND(indicators, read, "The catalogue of indicators, and the history of one")                                 \
    COMMAND(why, read, "The working behind an indicator's verdicts")                                                 \
    COMMAND(get, read, "Observations, as of any day")                                                                \
    COMMAND(history, read, "Every version of a number")                                                              \
    COMMAND(export, read, "Observations as a file: CSV, JSON-stat, Parquet, XLSX")                                   \
    COMMAND(revisions, read, "How often, how much and which way first figures are revised")                          \
    COMMAND(verdict, read, "Try the change rule on numbers")                                                         \
    COMMAND(decode, read, "What a payload or file holds, as CSV")                                                    \
    COMMAND(flags, answer, "What a person should look at; acknowledge it")                                           \
    COMMAND(quarantine, answer, "What was refused, and why; ingest it after all")                                    \
    COMMAND(drift, answer, "How datasets' schemas changed")                                                          \
    COMMAND(annotate, answer, "Annotate a vintage, a number or a period")                                            \
    COMMAND(annotations, answer, "The annotations")                                                                  \
    COMMAND(correct, answer, "Override a number the source has wrong")                                               \
    COMMAND(corrections, answer, "The numbers that are overridden")                                                  \
    COMMAND(signoff, answer, "Freeze what a report says, and who says so")                                           \
    COMMAND(forget, answer, "Replace a person's name by a pseudonym, for ever")

namespace skurd {

#define SKURD_DECLARE(name, group, summary) void add_##name(CLI::App& command, Context& context);
SKURD_COMMANDS(SKURD_DECLARE)
#undef SKURD_DECLARE

namespace {

#define SKURD_ROW(name, group, summary) {#name, CommandGroup::group, summary, add_##name},
constexpr Command table[] = {SKURD_COMMANDS(SKURD_ROW)};
#undef SKURD_ROW
// NOLINTEND(cppcoreguidelines-macro-usage)

} // namespace

std::span<const Command> commands()
{
    return table;
}

} // namespace skurd
