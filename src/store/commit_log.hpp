#pragma once

#include "model/commit.hpp"
#include "store/engine/database.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace skurd {

/// What the open transaction has made visible so far, and its entry in the table commit_log when it is committed.
///
/// A reader that copies the store reads on from a number, so the numbers rise in the order of commits and have no
/// gaps: the last statement of the outermost transaction takes the next number of a one-row counter, which holds
/// other writers up until the commit. A transaction that was rolled back leaves no number, since its update of the
/// counter is rolled back too; one that made nothing visible takes none.
class CommitLog {
public:
    void begin() { ++depth_; }
    /// The id that rows of the open transaction carry, drawn at its first use.
    std::int64_t ingest_id(Database& database);
    void record(CommitKind kind, std::int64_t dataset); ///< once for each kind and dataset
    std::size_t size() const { return parts_.size(); }
    /// The last statements before a commit: of the outermost transaction, they write what was recorded.
    void write(Database& database, const std::string& now);
    void leave() noexcept; ///< the transaction, or the savepoint in one, was committed
    /// It was taken back, with what was recorded since there were `size` parts.
    void take_back(std::size_t size) noexcept;

private:
    struct Part {
        CommitKind kind;
        std::int64_t dataset; ///< 0 = none
        bool operator==(const Part&) const = default;
    };

    /// Vintages that got rows in the commit say its number.
    void number_vintages(Database& database, std::int64_t seq, std::int64_t ingest) const;
    /// Seals what the commit wrote in both chains.
    void link(Database& database, std::int64_t seq, std::int64_t ingest) const;

    int depth_ = 0;
    std::int64_t ingest_id_ = 0; ///< 0 = not drawn
    std::vector<Part> parts_;
};

} // namespace skurd
