#include "lib/sqlite/side_files.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <unistd.h>

namespace skurd {

namespace fs = std::filesystem;

namespace {

bool may(const fs::path& file, int access)
{
    return ::faccessat(AT_FDCWD, file.c_str(), access, AT_EACCESS) == 0;
}

bool is_there(const fs::path& file)
{
    std::error_code failure;
    return fs::exists(file, failure);
}

} // namespace

std::string side_files_hint(const fs::path& file, bool writing)
{
    if (!may(file, writing ? R_OK | W_OK : R_OK))
        return {}; // it is the database itself
    bool gone = false;
    for (const char* ending : {"-wal", "-shm"}) {
        const fs::path side = file.string() + ending;
        gone = gone || !is_there(side);
        if (is_there(side) && !may(side, writing ? R_OK | W_OK : R_OK))
            return fmt::format(": {} cannot be {}: give it the owner and the mode of {} (chown and chmod "
                               "--reference). Do not remove it, numbers may stand there alone",
                               side.string(), writing ? "written" : "read", file.filename().string());
    }
    const auto folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
    if (gone && !may(folder, W_OK))
        return fmt::format(": its files -wal and -shm are not there (a program that closes the database last removes "
                           "them), and {} cannot be written to: whoever owns the store runs 'skurd status', which "
                           "makes them anew; or read a published snapshot instead",
                           folder.string());
    return {};
}

} // namespace skurd
