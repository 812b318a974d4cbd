#include "lib/openssl/sha256.hpp"
#include "lib/zstd/zstd.hpp"
#include "store/durable_file.hpp"
#include "store/impl.hpp"

#include <algorithm>

namespace skurd {

namespace {

bool is_hash(std::string_view text)
{
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

} // namespace

std::filesystem::path Store::Impl::payload_file(const std::string& hash) const
{
    return folder / "payloads" / hash.substr(0, 2) / (hash + ".zst");
}

PayloadRef Store::keep_payload(std::string_view bytes, const std::string& media_type, const std::string& origin_url)
{
    PayloadRef kept{Sha256::of(bytes), bytes.size(), false};
    // The file first: a row without its file would be a promise not kept, a file without a row is only found again.
    if (!std::filesystem::exists(impl_->payload_file(kept.hash)))
        write_durably(impl_->payload_file(kept.hash), zstd_compress(bytes), impl_->folder / "payloads" / "incoming");
    Statement known(impl_->db, "SELECT 1 FROM payload WHERE hash = ?");
    kept.is_new = !known.bind(kept.hash).step();
    if (kept.is_new)
        Statement(impl_->db,
                  "INSERT INTO payload (hash, size, media_type, origin_url, kept_at) VALUES (?, ?, ?, ?, ?)")
            .run(kept.hash, kept.size, media_type, origin_url, impl_->now());
    return kept;
}

std::string Store::payload(const std::string& hash) const
{
    Statement row(impl_->db, "SELECT size FROM payload WHERE hash = ?");
    if (!is_hash(hash) || !row.bind(hash).step())
        throw error("{}: no payload '{}' is kept here", impl_->folder.string(), hash);
    const auto file = impl_->payload_file(hash);
    const auto frame = read_whole(file);
    if (!frame)
        throw error("{}: the payload's file is gone; put it back from a backup, or fetch it again", file.string());
    try {
        auto bytes = zstd_decompress(*frame, static_cast<std::size_t>(row.integer(0)));
        if (Sha256::of(bytes) == hash)
            return bytes;
    } catch (const Error&) {
        std::throw_with_nested(error("{}: the payload is damaged; put it back from a backup", file.string()));
    }
    throw error("{}: the payload is damaged: its bytes are not those it is named for; put it back from a backup",
                file.string());
}

} // namespace skurd
