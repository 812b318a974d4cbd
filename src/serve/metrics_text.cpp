// In OpenMetrics a metric goes by the name of its family, which a counter's number has _total behind and an info's
// _info, ends with "# EOF", and has a unit. The older text format calls families as their numbers, knows no info and
// takes what it does not know for a remark.
#include "serve/metrics_text.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

namespace skurd {

namespace {

constexpr std::string_view openmetrics_type = "application/openmetrics-text; version=1.0.0; charset=utf-8";
constexpr std::string_view prometheus_type = "text/plain; version=0.0.4; charset=utf-8";

std::string_view suffix_of(MetricHead::Type type)
{
    switch (type) {
    case MetricHead::Type::counter:
        return "_total";
    case MetricHead::Type::info:
        return "_info";
    case MetricHead::Type::gauge:
        break;
    }
    return "";
}

std::string_view word_of(MetricHead::Type type, MetricsFormat format)
{
    switch (type) {
    case MetricHead::Type::counter:
        return "counter";
    case MetricHead::Type::info:
        return format == MetricsFormat::openmetrics ? "info" : "gauge";
    case MetricHead::Type::gauge:
        break;
    }
    return "gauge";
}

std::string_view family_of(const MetricHead& head, MetricsFormat format)
{
    auto name = head.name;
    if (format == MetricsFormat::openmetrics)
        name.remove_suffix(suffix_of(head.type).size());
    return name;
}

std::string escaped(const std::string& text)
{
    return replace_all(replace_all(replace_all(text, R"(\)", R"(\\)"), "\n", R"(\n)"), R"(")", R"(\")");
}

/// What of a help is escaped: OpenMetrics has quotation marks among it.
std::string escaped_help(const std::string& text, MetricsFormat format)
{
    return format == MetricsFormat::openmetrics ? escaped(text)
                                                : replace_all(replace_all(text, R"(\)", R"(\\)"), "\n", R"(\n)");
}

std::string labels_text(const MetricSample& sample)
{
    std::string text;
    for (const auto& [name, value] : sample.labels)
        text += fmt::format(R"({}{}="{}")", text.empty() ? "" : ",", name, escaped(value));
    return text.empty() ? "" : "{" + text + "}";
}

} // namespace

std::string_view content_type(MetricsFormat format)
{
    return format == MetricsFormat::openmetrics ? openmetrics_type : prometheus_type;
}

MetricsFormat format_for(std::string_view accept)
{
    const auto wanted = to_lower(accept);
    const bool is_old = wanted.find("text/plain") != std::string::npos &&
                        wanted.find("application/openmetrics-text") == std::string::npos;
    return is_old ? MetricsFormat::prometheus : MetricsFormat::openmetrics;
}

void MetricsText::add(const MetricHead& head, const std::vector<MetricSample>& samples)
{
    if (samples.empty())
        return;
    const auto family = family_of(head, format_);
    text_ += fmt::format("# HELP {} {}\n# TYPE {} {}\n", family, escaped_help(std::string(head.help), format_),
                         family, word_of(head.type, format_));
    if (format_ == MetricsFormat::openmetrics && !head.unit.empty())
        text_ += fmt::format("# UNIT {} {}\n", family, head.unit);
    for (const auto& sample : samples)
        text_ += fmt::format("{}{} {}\n", head.name, labels_text(sample), sample.value);
}

std::string MetricsText::take()
{
    if (format_ == MetricsFormat::openmetrics)
        text_ += "# EOF\n";
    return std::move(text_);
}

} // namespace skurd
