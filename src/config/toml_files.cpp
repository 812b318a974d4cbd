#include "config/toml_files.hpp"

#include "base/error.hpp"
#include "base/read_file.hpp"
#include "config/section.hpp"

#include <algorithm>

namespace skurd {

namespace fs = std::filesystem;

std::vector<EmbeddedFile> read_toml_files(const fs::path& folder)
{
    std::vector<EmbeddedFile> files;
    std::error_code failure;
    for (const auto& entry : fs::directory_iterator(folder, failure)) {
        if (entry.path().extension() != ".toml" || !entry.is_regular_file())
            continue;
        files.push_back(
            {entry.path().filename().string(), read_file(entry.path(), toml_file_size_max, ExitCode::usage)});
    }
    if (failure)
        throw usage_error("{}: cannot be read: {}", folder.string(), failure.message());
    std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return files;
}

} // namespace skurd
