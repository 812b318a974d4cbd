#pragma once

#include "app/context.hpp"

namespace skurd {

/// Prints a layout for a file that has none yet ("-" is standard input). ExitCode::failed when the file does not
/// decode by it. Throws Error for a file that cannot be read.
ExitCode describe_file(const Context& context, const std::string& file);

} // namespace skurd
