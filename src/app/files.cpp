#include "app/files.hpp"

#include "base/error.hpp"
#include "base/read_file.hpp"
#include "store/durable_file.hpp"

#include <filesystem>
#include <iostream>
#include <iterator>
#include <unistd.h>

namespace skurd {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t file_size_max = 1 << 30;

} // namespace

std::string read_given_file(const fs::path& file, std::size_t bytes_max)
{
    std::error_code failure;
    if (!fs::is_regular_file(file, failure))
        throw usage_error("{}: there is no such file", file.string());
    return read_file(file, bytes_max, ExitCode::usage);
}

std::string read_input(const std::string& name)
{
    if (name == "-")
        return {std::istreambuf_iterator<char>(std::cin), {}};
    return read_given_file(name, file_size_max);
}

void write_output(const std::string& name, std::string_view bytes)
{
    const auto file = fs::weakly_canonical(fs::absolute(name)); // through a link, which stays one
    const auto folder = file.parent_path();
    if (!fs::is_directory(folder))
        throw usage_error("{}: there is no folder {}", name, folder.string());
    if (fs::exists(file) && !fs::is_regular_file(file))
        throw usage_error("{}: is not a file that can be replaced", name);
    const auto part = folder / fmt::format(".{}.{}.part", file.filename().string(), ::getpid());
    write_durably(file, bytes, part);
}

} // namespace skurd
