#include "store/payload_store.hpp"
#include "lib/openssl/sha256.hpp"
#include "lib/zstd/zstd.hpp"
#include "store/columns.hpp"
#include "store/durable_file.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace skurd {

namespace {

bool is_hash(std::string_view text)
{
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

} // namespace

std::filesystem::path PayloadStore::file(const std::string& hash) const
{
    return session_.folder() / "payloads" / hash.substr(0, 2) / (hash + ".zst");
}

PayloadRef PayloadStore::store(std::string_view bytes, const std::string& media_type, const std::string& origin_url)
{
    const auto hash = Sha256::of(bytes);
    const PayloadRef stored{hash, bytes.size(), false};
    if (session_.database().holds_payloads()) {
        Database::Transaction transaction(session_.database());
        Statement(session_.database(), "DELETE FROM expired_payload WHERE payload_hash = $1").run(hash);
        auto entered = enter(stored, media_type, origin_url);
        if (!Statement(session_.database(), "SELECT 1 FROM payload_file WHERE payload_hash = $1").bind(hash).step())
            store_frame(hash, zstd_compress(bytes)); // the same bytes again are neither compressed nor sent
        transaction.commit();
        return entered;
    }
    // The file first: a row without its file would be a promise not kept, a file without a row is only found again.
    if (!std::filesystem::exists(file(hash)))
        store_frame(hash, zstd_compress(bytes));
    Statement(session_.database(), "DELETE FROM expired_payload WHERE payload_hash = $1").run(hash);
    return enter(stored, media_type, origin_url);
}

void PayloadStore::store_frame(const std::string& hash, std::string_view frame)
{
    if (!session_.database().holds_payloads())
        return write_durably(file(hash), frame, session_.folder() / "payloads" / "incoming");
    Statement insert(session_.database(), "INSERT INTO payload_file (payload_hash, frame) VALUES ($1, $2)"
                                          " ON CONFLICT (payload_hash) DO NOTHING");
    insert.bind(hash, nullptr);
    insert.bind_blob(2, frame);
    insert.step();
}

PayloadRef PayloadStore::enter(std::string_view bytes, const std::string& media_type, const std::string& origin_url)
{
    return enter({Sha256::of(bytes), bytes.size(), false}, media_type, origin_url);
}

PayloadRef PayloadStore::enter(PayloadRef entered, const std::string& media_type, const std::string& origin_url)
{
    Statement known(session_.database(), "SELECT 1 FROM payload WHERE hash = $1");
    entered.is_new = !known.bind(entered.hash).step();
    if (entered.is_new)
        Statement(session_.database(),
                  "INSERT INTO payload (hash, size, media_type, origin_url, stored_at) VALUES ($1, $2, $3, $4, $5)")
            .run(entered.hash, entered.size, media_type, origin_url, session_.now());
    return entered;
}

std::string PayloadStore::bytes(const std::string& hash) const
{
    Statement row(session_.database(), "SELECT size FROM payload WHERE hash = $1");
    if (!is_hash(hash) || !row.bind(hash).step())
        throw error("{}: no payload '{}' is stored here", session_.folder().string(), hash);
    const auto stored = frame(hash);
    const auto path = std::filesystem::exists(file(hash))
                          ? file(hash).string()
                          : fmt::format("{}: payload {}", session_.database().location(), hash);
    try {
        auto bytes = zstd_decompress(stored, static_cast<std::size_t>(row.integer(0)));
        if (Sha256::of(bytes) == hash)
            return bytes;
    } catch (const Error&) {
        std::throw_with_nested(error("{}: the payload is damaged; put it back from a backup", path));
    }
    throw error("{}: the payload is damaged: its bytes are not those it is named for; put it back from a backup",
                path);
}

StoredPayload PayloadStore::find(const std::string& hash) const
{
    Statement row(session_.database(), "SELECT media_type, origin_url FROM payload WHERE hash = $1");
    if (!row.bind(hash).step())
        throw error("{}: no payload '{}' is stored here", session_.folder().string(), hash);
    return {row.text(0), row.text(1)};
}

std::string PayloadStore::frame(const std::string& hash) const
{
    const auto path = file(hash);
    if (auto whole = read_whole(path))
        return std::move(*whole);
    Statement kept(session_.database(), "SELECT frame FROM payload_file WHERE payload_hash = $1");
    if (kept.bind(hash).step())
        return kept.text(0);
    if (const auto why = removal(hash))
        throw error("payload {} expired on {}: it {} (skurd.toml, [store])", hash,
                    format_date(time_from(why->second)), why->first);
    throw error("{}: the payload's file is gone; put it back from a backup, or fetch it again", path.string());
}

std::optional<std::pair<std::string, std::string>> PayloadStore::removal(const std::string& hash) const
{
    const auto latest = session_.database().beside();
    Statement row(*latest, "SELECT reason, at FROM expired_payload WHERE payload_hash = $1");
    if (row.bind(hash).step())
        return std::pair(row.text(0), row.text(1));
    Statement known(*latest, "SELECT 1 FROM payload WHERE hash = $1");
    if (!known.bind(hash).step())
        return std::pair(std::string("went with the runs that were given it"), session_.now());
    return std::nullopt;
}

std::size_t PayloadStore::expire(const PayloadRetention& retention)
{
    if (!retention.others_for)
        return 0;
    // What a run was given that made a vintage is needed to decode it again, all of it; what was refused or held, to
    // see why. A confirmation's is not needed, even where it became a vintage.
    Statement row(session_.database(), R"(
        SELECT hash FROM payload WHERE stored_at <= $1
          AND hash NOT IN (SELECT payload_hash FROM expired_payload)
          AND hash NOT IN (SELECT payload_hash FROM quarantine)
          AND hash NOT IN (SELECT payload_hash FROM held_withdrawal)
          AND hash NOT IN (SELECT payload_hash FROM signed_rendering)
          AND hash NOT IN (SELECT payload_hash FROM vintage WHERE id NOT IN (SELECT id FROM confirmation))
          AND hash NOT IN (SELECT rp.payload_hash FROM run_payload AS rp JOIN vintage AS v ON v.run_id = rp.run_id
                           WHERE v.id NOT IN (SELECT id FROM confirmation)))");
    row.bind(format_time(session_.clock().now() - *retention.others_for));
    std::vector<std::string> hashes;
    while (row.step())
        hashes.push_back(row.text(0));
    const auto reason = retention.others_for->count() == 0
                            ? std::string("made no vintage")
                            : fmt::format("made no vintage in {} days", retention.others_for->count());
    for (const auto& hash : hashes) {
        // The record first: a file that is gone without one would be damage.
        Statement(session_.database(), "INSERT INTO expired_payload (payload_hash, reason, at) VALUES ($1, $2, $3)")
            .run(hash, reason, session_.now());
        Statement(session_.database(), "DELETE FROM payload_file WHERE payload_hash = $1").run(hash);
        std::error_code failure;
        std::filesystem::remove(file(hash), failure);
        if (failure)
            throw error("{}: cannot be removed: {}", file(hash).string(), failure.message());
    }
    return hashes.size();
}

std::vector<std::string> PayloadStore::missing_of_newest(std::size_t runs) const
{
    Statement row(session_.database(), R"(
        SELECT DISTINCT payload_hash FROM run_payload
        WHERE run_id IN (SELECT run_id FROM run_payload GROUP BY run_id ORDER BY run_id DESC LIMIT $1)
          AND payload_hash NOT IN (SELECT payload_hash FROM expired_payload)
          AND payload_hash NOT IN (SELECT payload_hash FROM payload_file)
        ORDER BY payload_hash)");
    row.bind(runs);
    std::vector<std::string> missing;
    while (row.step())
        if (!std::filesystem::exists(file(row.text(0))))
            missing.push_back(row.text(0));
    return missing;
}

} // namespace skurd
