#include "store/columns.hpp"
#include "store/durable_file.hpp"
#include "store/maintenance.hpp"
#include "store/payload_store.hpp"
#include "store/sqlite/sqlite_database.hpp"

#include <fmt/format.h>

namespace skurd {

namespace fs = std::filesystem;

namespace {

/// Hands out the payloads that the copy lacks, to copy each; those that expired are in neither.
void copy_payloads(SqliteDatabase& copy, const std::function<void(const std::string&)>& copy_one,
                   const StoreMaintenance::Progress& progress)
{
    std::vector<std::string> hashes;
    Statement wanted(copy, "SELECT hash FROM payload WHERE hash NOT IN (SELECT payload_hash FROM payload_file)"
                           " AND hash NOT IN (SELECT payload_hash FROM expired_payload)");
    while (wanted.step())
        hashes.push_back(wanted.text(0));
    Database::Transaction transaction(copy);
    for (std::size_t i = 0; i < hashes.size(); ++i) {
        if (progress)
            progress(fmt::format("payload {} of {}", i + 1, hashes.size()));
        copy_one(hashes[i]);
    }
    transaction.commit();
}

} // namespace

std::uintmax_t StoreMaintenance::size() const
{
    return session_.database().size();
}

void StoreMaintenance::back_up(const fs::path& file, const Progress& progress) const
{
    const PayloadStore payloads(session_);
    const fs::path part = file.string() + ".part";
    remove_database(part); // of an attempt that was cut off
    try {
        session_.database().copy_to(part, session_.clock(), [&](int percent) {
            if (progress)
                progress(fmt::format("database: {} %", percent));
        });
        {
            SqliteDatabase copy(part, SqliteDatabase::Access::write);
            copy.exec("PRAGMA journal_mode = DELETE"); // one file, also when it is opened
            const auto copy_one = [&](const std::string& hash) {
                try {
                    Statement insert(copy, "INSERT INTO payload_file (payload_hash, frame) VALUES ($1, $2)");
                    insert.bind(hash, nullptr);
                    insert.bind_blob(2, payloads.frame(hash));
                    insert.step();
                } catch (const Error&) {
                    const auto removal = payloads.removal(hash); // a harvest has expired it meanwhile
                    if (!removal)
                        throw;
                    Statement(copy, "INSERT INTO expired_payload (payload_hash, reason, at) VALUES ($1, $2, $3)")
                        .run(hash, removal->first, removal->second);
                }
            };
            copy_payloads(copy, copy_one, progress);
        }
        rename_durably(part, file);
        remove_database(part);
    } catch (const Error&) {
        remove_database(part);
        throw;
    }
}

} // namespace skurd
