#include "base/folder_owner.hpp"

#include "base/error.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <grp.h>
#include <optional>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace skurd {

namespace {

/// Its status, where we are root and it is another's.
std::optional<struct ::stat> foreign_folder(const std::filesystem::path& folder)
{
    struct ::stat status {};
    if (::geteuid() != 0 || ::stat(folder.c_str(), &status) != 0 || status.st_uid == 0)
        return std::nullopt;
    return status;
}

/// The groups of a user, or, of a number without a name, the one group.
bool take_groups(uid_t user, gid_t group)
{
    passwd entry{};
    passwd* found = nullptr;
    std::array<char, 4096> buffer{};
    if (::getpwuid_r(user, &entry, buffer.data(), buffer.size(), &found) == 0 && found)
        return ::initgroups(entry.pw_name, group) == 0;
    return ::setgroups(0, nullptr) == 0;
}

} // namespace

bool is_root_in_foreign_folder(const std::filesystem::path& folder)
{
    return foreign_folder(folder).has_value();
}

void become_owner_of(const std::filesystem::path& folder)
{
    const auto status = foreign_folder(folder);
    if (!status)
        return;
    const auto [user, group] = std::pair(status->st_uid, status->st_gid);
    if (!take_groups(user, group) || ::setresgid(group, group, group) != 0 || ::setresuid(user, user, user) != 0)
        throw error("{} belongs to user {}, whom root cannot become: {}; run this as that user (runuser -u USER -- "
                    "skurd …)",
                    folder.string(), user, std::strerror(errno));
}

} // namespace skurd
