#include "app/files.hpp"

#include "base/error.hpp"
#include "store/durable_file.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <unistd.h>

namespace skurd {

namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t file_size_max = 1 << 30;

/// What may be left of a file that could not be written whole; gone with the object.
struct Leftover {
    fs::path file;

    ~Leftover()
    {
        std::error_code ignored;
        fs::remove(file, ignored);
    }
};

} // namespace

std::string read_input(const std::string& name)
{
    std::string bytes;
    if (name == "-") {
        bytes.assign(std::istreambuf_iterator<char>(std::cin), {});
        return bytes;
    }
    std::error_code failure;
    if (!fs::is_regular_file(name, failure))
        throw usage_error("{}: there is no such file", name);
    if (fs::file_size(name) > file_size_max)
        throw usage_error("{}: larger than {} bytes", name, file_size_max);
    std::ifstream in(name, std::ios::binary);
    bytes.assign(std::istreambuf_iterator<char>(in), {});
    return bytes;
}

void write_output(const std::string& name, std::string_view bytes)
{
    const auto file = fs::weakly_canonical(name); // through a link, which stays one
    const auto folder = file.parent_path();
    if (!fs::is_directory(folder))
        throw usage_error("{}: there is no folder {}", name, folder.string());
    if (fs::exists(file) && !fs::is_regular_file(file))
        throw usage_error("{}: is not a file that can be replaced", name);
    const Leftover part{folder / fmt::format(".{}.{}.part", file.filename().string(), ::getpid())};
    write_durably(file, bytes, part.file);
}

} // namespace skurd
