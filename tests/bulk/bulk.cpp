#include "tests/bulk/bulk.hpp"

#include "base/error.hpp"
#include "decode/layout/propose_layout.hpp"

#include <fmt/format.h>

namespace skurd::test {

DescribedFile describe_one(std::string_view bytes, const std::string& file_name)
{
    try {
        const auto proposal = propose_layout(bytes, file_name);
        const auto doubts = proposal.findings.texts(LayoutFinding::Weight::doubt);
        return {proposal.is_proved() ? DescribeOutcome::proved : DescribeOutcome::findings, proposal.numbers,
                proposal.decodes, doubts.empty() ? "" : doubts.front()};
    } catch (const Error& failure) {
        return {DescribeOutcome::refused, 0, false, full_message(failure)};
    }
}

void BulkCount::add(const DescribedFile& file)
{
    auto& line = lines_.at(static_cast<std::size_t>(file.outcome));
    ++line.files;
    line.numbers += file.numbers;
    decodes_ += file.outcome == DescribeOutcome::findings && file.decodes ? 1 : 0;
}

std::string BulkCount::text() const
{
    std::string text;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        const auto outcome = static_cast<DescribeOutcome>(i);
        text +=
            fmt::format("{:<9} {:>6} files {:>9} numbers{}\n", to_string(outcome), lines_[i].files, lines_[i].numbers,
                        outcome == DescribeOutcome::findings ? fmt::format("; {} decode", decodes_) : "");
    }
    return text;
}

} // namespace skurd::test
