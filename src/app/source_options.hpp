#pragma once

#include "app/context.hpp"

#include <string>

namespace skurd {

/// Which source the commands discover and describe look around at.
struct SourceOptions {
    std::string source;
    std::string url;
    std::string language;

    void add_to(CLI::App& command); ///< SOURCE, --url, --language
    /// The order to do so. Throws Error (usage) for a source that is not there or has no list of tables, before
    /// anyone is asked.
    Json order(const char* command) const;
};

/// A member of an answer that is a text or null, on one line; "" for null.
std::string line_of(const Json& answer, const char* name);

} // namespace skurd
