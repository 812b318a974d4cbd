#include "config/toml_files.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <fstream>

namespace skurd {

namespace fs = std::filesystem;

std::vector<EmbeddedFile> read_toml_files(const fs::path& folder)
{
    std::vector<EmbeddedFile> files;
    std::error_code failure;
    for (const auto& entry : fs::directory_iterator(folder, failure)) {
        if (entry.path().extension() != ".toml" || !entry.is_regular_file())
            continue;
        std::ifstream in(entry.path(), std::ios::binary);
        files.push_back({entry.path().filename().string(), {std::istreambuf_iterator<char>(in), {}}});
        if (!in)
            throw usage_error("{}: cannot be read", entry.path().string());
    }
    if (failure)
        throw usage_error("{}: cannot be read: {}", folder.string(), failure.message());
    std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return files;
}

} // namespace skurd
