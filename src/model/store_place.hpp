#pragma once

#include <filesystem>
#include <string>
#include <utility>

namespace skurd {

/// Where a store is: in the file skurd.db of a state folder or, with `[store] url`, in a database of PostgreSQL. The
/// folder is there in either case, for what is dropped, refused and archived, and for the daemon's socket.
struct StorePlace {
    StorePlace() = default;
    // A folder is a place: NOLINTNEXTLINE(google-explicit-constructor,hicpp-explicit-conversions)
    StorePlace(std::filesystem::path state_folder) : folder(std::move(state_folder)) {}

    bool is_server() const { return !url.empty(); }
    friend bool operator==(const StorePlace&, const StorePlace&) = default;

    std::filesystem::path folder;
    std::string url;                     ///< postgresql://user@host/database, without a password; "" = skurd.db
    std::filesystem::path password_file; ///< whose one line is the password; "" = PostgreSQL's library finds one
};

} // namespace skurd
