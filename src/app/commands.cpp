#include "app/commands.hpp"

namespace skurd {

namespace {

constexpr Command table[] = {
    {"harvest", "Run jobs now", set_up_harvest},
    {"drop", "Take a file in, now", set_up_drop},
    {"serve", "Be the daemon: run jobs when they are due", set_up_serve},
    {"status", "Is all well? Exit 0 when it is, 1 when not", set_up_status},
    {"jobs", "The jobs there are", set_up_jobs},
    {"runs", "What happened", set_up_runs},
    {"check", "Validate configuration, jobs and catalogue", set_up_check},
    {"discover", "Find tables at a source", set_up_discover},
    {"describe", "Show a table of a source or write a job for it; propose a layout for a file", set_up_describe},
    {"report", "The status tables of an indicator set", set_up_report},
    {"signoff", "Freeze what a report says, and who says so", set_up_signoff},
    {"diff", "What changed between two days, two reports, or since a report was signed off", set_up_diff},
    {"indicators", "The catalogue of indicators, and the life of one", set_up_indicators},
    {"flags", "What a person should look at; answer it", set_up_flags},
    {"quarantine", "What was refused, and why; take it in after all", set_up_quarantine},
    {"drift", "How datasets came to look other than before", set_up_drift},
    {"annotate", "Say something of a vintage, a number or a period", set_up_annotate},
    {"annotations", "What was said so", set_up_annotations},
    {"correct", "Override a number the source has wrong", set_up_correct},
    {"corrections", "The numbers that are overridden", set_up_corrections},
    {"why", "The working behind an indicator's verdicts", set_up_why},
    {"get", "Observations, as of any day", set_up_get},
    {"history", "Every version of a number", set_up_history},
    {"revisions", "How often, how much and which way first figures are revised", set_up_revisions},
    {"verdict", "Try the change rule on numbers", set_up_verdict},
    {"replay", "Decode kept payloads again and show the difference", set_up_replay},
    {"verify", "Integrity of store and payloads", set_up_verify},
    {"backup", "Online backup to one file", set_up_backup},
    {"decode", "What a payload or file holds, as CSV", set_up_decode},
};

} // namespace

std::span<const Command> commands()
{
    return table;
}

} // namespace skurd
