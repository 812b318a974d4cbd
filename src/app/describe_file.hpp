#pragma once

#include "app/context.hpp"

namespace skurd {

/// What is to be written for a file that nobody has described yet.
struct FileDescription {
    enum class Output { layout, job };

    std::string file; ///< "-" is standard input
    Output output = Output::layout;
    std::size_t table = 0; ///< which of the file's tables, from 1; 0 = the one with most numbers
};

/// Prints a layout, or a job with it. ExitCode::failed when something is missing or a person should see it first.
/// Throws Error for a file that cannot be read.
ExitCode describe_file(const Context& context, const FileDescription& wanted);

} // namespace skurd
