#pragma once

#include "base/clock.hpp"
#include "model/run.hpp"

#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace skurd {

/// What the log is to say of a scheduled run.
struct RunNews {
    enum class Level { debug, info, error };

    Level level = Level::info;
    std::string text;
};

/// Tells each outage of a source once when it begins and once when it ends, however many runs it costs. From any
/// thread.
class Outages {
public:
    RunNews news_of(const std::string& lane, const Run& run, Time now);

private:
    struct Outage {
        Time since{};
        int failed = 0; ///< runs
    };

    std::mutex mutex_;
    std::map<std::string, Outage> outages_; ///< by lane
};

} // namespace skurd
