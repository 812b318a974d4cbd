#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace skurd {

/// Numbers for programs that watch, in one of two notations.
enum class MetricsFormat {
    openmetrics, ///< https://github.com/OpenObservability/OpenMetrics, version 1.0.0
    prometheus,  ///< the text format 0.0.4 that came before
};

std::string_view content_type(MetricsFormat format);

/// What a client that sent this header Accept is answered in: OpenMetrics, unless it names text/plain and not that.
MetricsFormat format_for(std::string_view accept);

/// One number of a metric.
struct MetricSample {
    std::vector<std::pair<std::string_view, std::string>> labels;
    double value = 0;
};

/// A metric: its name as those who ask for it write it, and what it is.
struct MetricHead {
    enum class Type {
        gauge,   ///< may rise and fall
        counter, ///< only rises while the process lives; its name ends in _total
        info,    ///< always 1, its labels say something; its name ends in _info
    };

    std::string_view name;
    Type type = Type::gauge;
    std::string_view unit; ///< that the name (but for _total) ends in: "seconds", "bytes"; "" = it counts things
    std::string_view help; ///< one sentence
};

/// Puts metrics into text, one after another.
class MetricsText {
public:
    explicit MetricsText(MetricsFormat format) : format_(format) {}

    /// Leaves out a metric that has no number.
    void add(const MetricHead& head, const std::vector<MetricSample>& samples);
    std::string take(); ///< all of it; ends the text

private:
    MetricsFormat format_;
    std::string text_;
};

} // namespace skurd
