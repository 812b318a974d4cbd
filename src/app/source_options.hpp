#pragma once

#include "app/context.hpp"
#include "order/source_orders.hpp"

#include <string>

namespace skurd {

/// Which source the commands discover and describe ask.
struct SourceOptions {
    std::string source;
    std::string url;
    std::string language;

    void add_to(CLI::App& command); ///< SOURCE, --url, --language
    /// As orders name it. Throws Error (usage) for a source that is not there or has no list of tables, before anyone
    /// is asked.
    QueriedSource read() const;
};

/// A source's own text, on one line and not too long.
std::string line_of(const std::string& text);

} // namespace skurd
