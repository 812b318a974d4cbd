#pragma once

#include "base/clock.hpp"
#include "base/enum_words.hpp"

#include <cstdint>
#include <string>

namespace skurd {

/// What a commit made visible.
enum class CommitKind {
    vintage, ///< a vintage with its observations, those restored for later vintages included
    label,   ///< changes of labels, units and notes
    indicator_value,
    verdict,
    flag, ///< events of flags
    annotation,
    correction,
    sign_off,
};
template <>
inline constexpr auto enum_words<CommitKind> = word_table<CommitKind>({
    {CommitKind::vintage, "vintage"},
    {CommitKind::label, "label"},
    {CommitKind::indicator_value, "indicator value"},
    {CommitKind::verdict, "verdict"},
    {CommitKind::flag, "flag"},
    {CommitKind::annotation, "annotation"},
    {CommitKind::correction, "correction"},
    {CommitKind::sign_off, "sign-off"},
});

/// What one transaction made visible of one kind and one dataset. Transactions have numbers without gaps, in the
/// order in which they were committed: who reads on from a number misses nothing.
struct Commit {
    std::int64_t seq = 0;
    std::int64_t ingest_id = 0; ///< that the rows carry
    std::string dataset;        ///< "" where the rows are of none, or of several
    CommitKind kind = CommitKind::vintage;
    Time at{};
};

} // namespace skurd
