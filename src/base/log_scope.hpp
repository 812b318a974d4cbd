#pragma once

#include <string>
#include <utility>
#include <vector>

namespace skurd {

/// What a line of the log is about, for programs that read it: {"job", "ssb-cpi"}. Names are lower case: job, run,
/// source, dataset, outcome, order, trigger (who or what had it done).
using LogFields = std::vector<std::pair<std::string, std::string>>;

/// Gives every line that this thread logs these fields, as long as the object lives. Those within others add to them.
/// For automatic variables.
class LogScope {
public:
    explicit LogScope(LogFields fields);
    ~LogScope();
    LogScope(const LogScope&) = delete;
    LogScope& operator=(const LogScope&) = delete;

private:
    LogFields fields_;
};

/// The fields that hold now on this thread, each once; of two of one name the inner one's.
LogFields log_fields();
std::string log_field(const std::string& name); ///< "" = it does not hold

} // namespace skurd
