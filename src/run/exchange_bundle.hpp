#pragma once

#include "model/source_table.hpp"
#include "run/jobs.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// A file of a case, as connectors/README.md describes cases.
struct CaseFile {
    std::string name;
    std::string bytes;
};

/// What sources really answered becomes connectors' cases as it is: the job, each request, each response, and for a
/// check what it came to. `text` is the job's file. Nothing where there are no exchanges of that part.
///
/// A check is gone through again with the recorded responses: where they say something else than the source's own
/// did, since something was taken out of them, that is an Error.
std::vector<CaseFile> case_files(const ReadyJob& job, std::string_view text, const CheckedJob& checked,
                                 RecordedExchange::Part part);

/// The file expected.check: the results, a line each, "where kind fix: text", and below it, indented, the lines to
/// write.
std::string check_text(const std::vector<CheckResult>& results);

} // namespace skurd
