#pragma once

#include "base/enum_words.hpp"
#include "model/cube.hpp"
#include "model/recorded_exchange.hpp"

#include <string>
#include <vector>

namespace skurd {

/// A table of a source as its list has it.
struct TableEntry {
    std::string id; ///< as a job's `table` takes it
    std::string title;
    std::string updated; ///< the source's own words; "" = unsaid
    std::string periods; ///< "1986-2025"; "" = unsaid
    bool discontinued = false;
};

/// A table of a source as `skurd describe` shows it.
struct TableDescription {
    TableEntry table;
    std::vector<Dimension> dimensions;
    std::vector<std::string> notes;
    std::string job;       ///< a job file for it, to be edited: TOML; "" where its connector writes none
    std::string dataset{}; ///< what that job harvests: "ssb/07459"; "" without one
};

/// What the source says of a line in a job file.
struct CheckResult {
    enum class Kind {
        confirmed, ///< it is as the job says
        wrong,     ///< it is not; the job would fail
        unsure,    ///< a person has to choose
    };
    /// What is to be done with the line.
    enum class Fix {
        none,    ///< nothing, or nothing known
        replace, ///< `line` takes its place
        insert,  ///< `line` goes below it
        remove,  ///< it can go
        guess,   ///< `line` may be what was meant: a person decides
    };
    Kind kind = Kind::confirmed;
    std::string where;  ///< "file:line"
    std::string text;   ///< "there is no code '2009' in Tid; it has 2010, 2011, …"
    std::string line{}; ///< what to write, as `fix` says; several lines where one stands for several dimensions
    Fix fix = Fix::none;
};

template <>
inline constexpr auto enum_words<CheckResult::Kind> = word_table<CheckResult::Kind>({
    {CheckResult::Kind::confirmed, "confirmed"},
    {CheckResult::Kind::wrong, "wrong"},
    {CheckResult::Kind::unsure, "unsure"},
});

template <>
inline constexpr auto enum_words<CheckResult::Fix> = word_table<CheckResult::Fix>({
    {CheckResult::Fix::none, "none"},
    {CheckResult::Fix::replace, "replace"},
    {CheckResult::Fix::insert, "insert"},
    {CheckResult::Fix::remove, "remove"},
    {CheckResult::Fix::guess, "guess"},
});

/// What a source says of one job.
struct CheckedJob {
    enum class Asked { no, yes }; ///< a connector may have nobody to ask

    std::string job;
    std::string file;
    Asked asked = Asked::no;
    std::vector<CheckResult> results;
    std::string failure; ///< why it could not be checked; "" where it could
    /// The host that gave no response, which is why; "" where that is not why.
    std::string silent_host{};
    std::string hash{};                        ///< of the job file that was checked
    std::vector<RecordedExchange> exchanges{}; ///< where they were to be recorded, in order

    bool is_good() const; ///< nothing is wrong and nothing failed
};

} // namespace skurd
