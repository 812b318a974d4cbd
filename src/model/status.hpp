#pragma once

#include "base/clock.hpp"
#include "base/enum_words.hpp"
#include "model/flag.hpp"
#include "model/run.hpp"
#include "model/store_holder.hpp"
#include "model/store_log.hpp"
#include "model/store_writer.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace skurd {

/// A job as it stands: what its file says, when it is due, how its runs went.
struct JobStatus {
    std::string job;
    std::string connector;
    bool enabled = true;
    std::string unconfirmed; ///< why nobody has checked it at its source yet; "" where somebody has
    std::string schedule;    ///< five-field cron; "" = by hand
    std::string timezone;
    std::optional<Time> next_due;   ///< nothing for a job that is disabled or run by hand, or owes a run
    std::optional<Time> next_run;   ///< when the scheduler runs it; a time that has passed where it should have begun
    std::optional<Time> owed_since; ///< the first due time that no run has met yet
    int tries = 0;                  ///< for what is owed, without success
    std::optional<Time>
        window_ends{};            ///< of a job that owes: when its next due time comes, or its release is overdue
    std::optional<Time> expected; ///< the release that is to come, which its polls are close to or far from
    std::optional<Time> expected_late_from{}; ///< from when on that is overdue
    std::string dataset{};                    ///< what it harvests; "" = unknown
    SourceHealth health;                      ///< without a run where it never ran
};

/// What is not well with an installation, the most urgent first.
enum class Concern {
    store,         ///< it is not there, cannot be read, or its files do not fit together
    room,          ///< the disk is too full, or nothing can be written
    daemon,        ///< none is alive where jobs are scheduled
    configuration, ///< the daemon runs with another one
    clock,         ///< it is not the sources', or was not
    files,         ///< the configuration, a job file or the catalogue is wrong
    late,          ///< a run should have begun
    failing,       ///< runs failed, and what was due is not met
    no_yield,      ///< runs succeed and give nothing where something was due
    quarantine,    ///< something was refused
    drop_folder,   ///< a file that no job takes
    indicator,     ///< one is empty, or can never give anything
    evaluation,    ///< numbers that are not judged yet
    messages,      ///< that nobody took
    flags,         ///< flags wait for an answer: no fault, but somebody's work
};
template <>
inline constexpr auto enum_words<Concern> = word_table<Concern>({
    {Concern::store, "store"},
    {Concern::room, "room"},
    {Concern::daemon, "daemon"},
    {Concern::configuration, "configuration"},
    {Concern::clock, "clock"},
    {Concern::files, "files"},
    {Concern::late, "late"},
    {Concern::failing, "failing"},
    {Concern::no_yield, "no yield"},
    {Concern::quarantine, "quarantine"},
    {Concern::drop_folder, "drop folder"},
    {Concern::indicator, "indicator"},
    {Concern::evaluation, "evaluation"},
    {Concern::messages, "messages"},
    {Concern::flags, "flags"},
});

/// One thing that is not well. English, as an error is.
struct StatusFinding {
    Concern concern = Concern::store;
    std::string about{}; ///< the job, file or dataset; "" where none is meant
    std::string text{};
    std::string remedy{}; ///< what to do; "" where the text says it

    bool is_fault() const { return concern != Concern::flags; }
    std::string sentence() const { return remedy.empty() ? text : text + ": " + remedy; }
};

/// The room where the store grows.
struct DiskRoom {
    std::string folder;
    std::string mounted; ///< where its file system is
    std::uintmax_t free = 0;
    std::uintmax_t size = 0;
    std::uintmax_t needed = 0; ///< for a revision of everything
};

/// How an installation stands in the world. All is well when there are no findings.
struct Status {
    std::string state; ///< the state folder
    std::vector<JobStatus> jobs;
    std::vector<StatusFinding> findings{}; ///< by concern
    StoreHolder holder{};
    std::vector<StoreWriter> harvesters{}; ///< on the store, where several may be: this folder's among them
    std::string configuration{};           ///< the hash of what is on disk; "" = it is not good
    std::vector<DiskRoom> rooms{};         ///< one, or two where payloads lie on another disk
    StoreLog log{};
    std::size_t vintages = 0;
    std::size_t open_flags = 0;                   ///< acknowledged ones too
    std::map<FlagKind, std::size_t> unanswered{}; ///< open flags that nobody has acknowledged
    std::size_t quarantined = 0;
    std::vector<std::string> notes{}; ///< what is not wrong, but better known: one sentence each
};

} // namespace skurd
