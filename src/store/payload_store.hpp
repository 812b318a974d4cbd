#pragma once

#include "model/payload.hpp"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "store/store_session.hpp"

namespace skurd {

/// The bytes of responses and files, as received, named by their SHA-256.
class PayloadStore {
public:
    explicit PayloadStore(const StoreSession& session) : session_(session) {}

    /// Stores the bytes (zstd, named by their hash; durable before this returns). The same bytes are stored once.
    PayloadRef store(std::string_view bytes, const std::string& media_type, const std::string& origin_url);
    /// Enters bytes that are not stored: for a transaction that is never committed.
    PayloadRef enter(std::string_view bytes, const std::string& media_type, const std::string& origin_url);
    std::string bytes(const std::string& hash) const;  ///< checked against the hash
    StoredPayload find(const std::string& hash) const; ///< what is known of it
    /// Expires payloads that may go; how many.
    std::size_t expire(const PayloadRetention& retention);

    /// Of the payloads that so many runs were given last: those that are gone, though they have not expired.
    std::vector<std::string> missing_of_newest(std::size_t runs) const;

    std::filesystem::path file(const std::string& hash) const;
    /// A stored payload as it is stored, compressed: from its file or, in a backup, from the database.
    std::string frame(const std::string& hash) const;
    /// Why and when (as the store writes it) the payload expired; also when that was since this transaction began.
    std::optional<std::pair<std::string, std::string>> removal(const std::string& hash) const;

private:
    PayloadRef enter(PayloadRef entered, const std::string& media_type, const std::string& origin_url);

    const StoreSession& session_;
};

} // namespace skurd
