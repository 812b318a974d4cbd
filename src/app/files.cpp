#include "app/files.hpp"

#include "base/error.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

namespace skurd {

namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t file_size_max = 1 << 30;

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

} // namespace skurd
