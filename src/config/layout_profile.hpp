#pragma once

#include "base/embedded_file.hpp"
#include "config/section.hpp"

#include <filesystem>
#include <functional>
#include <string>

namespace skurd {

/// Gives the file of that name that lies beside a job file, with its name as errors are to call it. Throws Error.
using ReadBeside = std::function<EmbeddedFile(const std::string& name)>;

/// From a folder on disk. A name that is absolute, climbs, or leads out of the folder by a symlink is refused, and so
/// is what is no plain file. At most 1 MiB.
ReadBeside files_in(const std::filesystem::path& folder);

/// A layout profile is a file with a table [layout] alone, or another job file: a [layout] names it by `from` and has
/// its keys, but for those that it states itself (a table in it, such as [layout.missing], is one key). Errors about
/// a key name the file and line where it stands.
///
/// Adds the keys of the profile to a [layout] that names one; the profile's text, "" where it names none. Throws
/// Error (usage) with file:line, also for a profile that names one itself.
std::string add_profile(Section& layout, const ReadBeside& beside);

/// Whether a file is a profile and no job: it has a table [layout] and nothing else.
bool is_profile(const Section& file);

} // namespace skurd
