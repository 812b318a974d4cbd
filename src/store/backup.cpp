#include "store/durable_file.hpp"
#include "store/impl.hpp"

namespace skurd {

namespace fs = std::filesystem;

namespace {

/// Takes the payloads' files into the copy; those that were let go are in neither.
void take_in_payloads(Database& copy, const std::function<std::string(const std::string&)>& frame_of,
                      const Store::Progress& progress)
{
    std::vector<std::string> hashes;
    Statement wanted(copy, "SELECT hash FROM payload WHERE hash NOT IN (SELECT payload_hash FROM payload_file)"
                           " AND hash NOT IN (SELECT payload_hash FROM payload_removal)");
    while (wanted.step())
        hashes.push_back(wanted.text(0));
    Database::Transaction transaction(copy);
    Statement insert(copy, "INSERT INTO payload_file (payload_hash, frame) VALUES (?, ?)");
    for (std::size_t i = 0; i < hashes.size(); ++i) {
        if (progress)
            progress(fmt::format("payload {} of {}", i + 1, hashes.size()));
        insert.bind(hashes[i], nullptr);
        insert.bind_blob(2, frame_of(hashes[i]));
        insert.step();
    }
    transaction.commit();
}

/// SQLite leaves some of them behind.
void remove_with_side_files(const fs::path& database)
{
    std::error_code ignored;
    for (const char* side : {"", "-journal", "-wal", "-shm"})
        fs::remove(database.string() + side, ignored);
}

} // namespace

void Store::back_up(const fs::path& file, const Progress& progress) const
{
    const fs::path part = file.string() + ".part";
    remove_with_side_files(part); // of an attempt that was cut off
    try {
        impl_->db.copy_to(part, [&](int percent) {
            if (progress)
                progress(fmt::format("database: {} %", percent));
        });
        {
            Database copy(part, Database::Access::write);
            copy.exec("PRAGMA journal_mode = DELETE"); // one file, also when it is opened
            take_in_payloads(
                copy, [&](const std::string& hash) { return impl_->payload_frame(hash); }, progress);
        }
        rename_durably(part, file);
        remove_with_side_files(part);
    } catch (const Error&) {
        remove_with_side_files(part);
        throw;
    }
}

} // namespace skurd
