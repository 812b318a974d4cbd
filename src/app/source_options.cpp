#include "app/source_options.hpp"

#include "base/text.hpp"
#include "run/source_query.hpp"

#include <CLI/CLI.hpp>

namespace skurd {

namespace {

constexpr std::size_t shown_text_max = 1000; ///< code points of a source's text that are shown

} // namespace

void SourceOptions::add_to(CLI::App& command)
{
    command.add_option("SOURCE", source, "The source, as a job's `connector` names it");
    command.add_option("--url", url, "Base URL of the service, where it is not the usual one");
    command.add_option("--language", language, "Of titles and labels, where the source has several");
}

QueriedSource SourceOptions::read() const
{
    make_source_browser(connector_kinds(), source, {url, language});
    return {source, url, language};
}

std::string line_of(const std::string& text)
{
    return excerpt(text, shown_text_max);
}

} // namespace skurd
