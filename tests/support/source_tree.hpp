#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace skurd::test {

struct SourceFile {
    std::string path; ///< from the project's root, with '/'
    std::vector<std::string> lines;
};

/// All C++ files below the folders, by path.
inline std::vector<SourceFile> source_files(const std::vector<std::string>& folders)
{
    namespace fs = std::filesystem;
    const fs::path root = SKURD_SOURCE_DIR;
    std::vector<SourceFile> files;
    for (const auto& folder : folders)
        for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
            const auto extension = entry.path().extension();
            if (extension != ".cpp" && extension != ".hpp")
                continue;
            SourceFile file{fs::relative(entry.path(), root).generic_string(), {}};
            std::ifstream in(entry.path());
            for (std::string line; std::getline(in, line);)
                file.lines.push_back(line);
            files.push_back(std::move(file));
        }
    std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
    return files;
}

} // namespace skurd::test
