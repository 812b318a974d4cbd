#include "app/new_files.hpp"

#include "app/files.hpp"
#include "base/error.hpp"

namespace skurd {

namespace fs = std::filesystem;

NewFiles::~NewFiles()
{
    for (auto made = written_.rbegin(); made != written_.rend(); ++made) {
        std::error_code ignored; // a folder that something else was put into stays
        fs::remove(*made, ignored);
    }
}

void NewFiles::add(const fs::path& file, std::string bytes)
{
    if (fs::exists(fs::symlink_status(file)))
        throw usage_error("{}: is there already; nothing was written", file.string());
    files_.push_back({file, std::move(bytes)});
}

void NewFiles::write()
{
    for (const auto& file : files_) {
        make_folder_of(file.path);
        written_.push_back(file.path);
        write_output(file.path.string(), file.bytes);
    }
    files_.clear();
}

void NewFiles::make_folder_of(const fs::path& file)
{
    std::vector<fs::path> missing;
    for (auto folder = fs::absolute(file).parent_path(); !fs::exists(folder); folder = folder.parent_path())
        missing.push_back(folder);
    for (auto folder = missing.rbegin(); folder != missing.rend(); ++folder) {
        std::error_code failure;
        if (!fs::create_directory(*folder, failure))
            throw error("{}: cannot be made: {}", folder->string(), failure.message());
        written_.push_back(*folder);
    }
}

} // namespace skurd
