#pragma once

#include "base/enum_words.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace skurd {

/// What becomes of a file that nobody has described.
enum class DescribeOutcome {
    refused,  ///< it cannot be read, or has no numbers
    findings, ///< a layout is proposed, and a person should see it first
    proved,
};
template <>
inline constexpr auto enum_words<DescribeOutcome> = word_table<DescribeOutcome>({
    {DescribeOutcome::refused, "refused"},
    {DescribeOutcome::findings, "findings"},
    {DescribeOutcome::proved, "proved"},
});

namespace test {

struct DescribedFile {
    DescribeOutcome outcome = DescribeOutcome::refused;
    std::size_t numbers = 0; ///< that its proposal reads
    bool decodes = false;
    std::string reason; ///< why it is refused, or the first thing to see
};

DescribedFile describe_one(std::string_view bytes, const std::string& file_name);

/// How many files came to what, and how many numbers they had.
class BulkCount {
public:
    void add(const DescribedFile& file);
    /// A line for each outcome: "proved 12 files, 3 456 numbers".
    std::string text() const;

private:
    struct Line {
        std::size_t files = 0;
        std::size_t numbers = 0;
    };
    std::array<Line, 3> lines_{};
    std::size_t decodes_ = 0; ///< of those with findings
};

} // namespace test

} // namespace skurd
