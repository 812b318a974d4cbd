// skurd_bulk FOLDER: describes every file of a folder, and those below it; a line for each, then what became of them.
#include "base/error.hpp"
#include "base/read_file.hpp"
#include "base/text.hpp"
#include "lib/freexl/xls_reader.hpp"
#include "tests/bulk/bulk.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <iostream>

namespace fs = std::filesystem;

namespace skurd::test {

namespace {

constexpr std::size_t bytes_max = 64 << 20;
constexpr std::size_t name_width = 48;
constexpr std::size_t reason_width = 100;

std::vector<fs::path> files_below(const fs::path& folder)
{
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file())
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

int check(const fs::path& folder)
{
    BulkCount count;
    for (const auto& file : files_below(folder)) {
        const auto name = file.lexically_relative(folder).string();
        const auto described = describe_one(read_file(file, bytes_max, ExitCode::failed), file.filename().string());
        count.add(described);
        std::cout << fmt::format("{:<9} {:>9}  {}  {}\n", to_string(described.outcome), described.numbers,
                                 excerpt(name, name_width), excerpt(described.reason, reason_width))
                  << std::flush;
    }
    std::cout << '\n' << count.text();
    return 0;
}

} // namespace

} // namespace skurd::test

int main(int argc, char** argv)
{
    skurd::become_xls_reader(argc, argv);
    if (argc != 2 || !fs::is_directory(argv[1])) {
        std::cerr << "usage: skurd_bulk FOLDER\n";
        return 2;
    }
    try {
        return skurd::test::check(argv[1]);
    } catch (const std::exception& failure) {
        std::cerr << "skurd_bulk: " << failure.what() << '\n';
        return 1;
    }
}
