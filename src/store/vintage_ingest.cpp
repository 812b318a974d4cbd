#include "store/columns.hpp"
#include "store/description.hpp"
#include "store/stored_versions.hpp"
#include "store/vintage_store.hpp"
#include "version/vintage_writer.hpp"

namespace skurd {

namespace {

/// Notes the first of several releases that are held for the same reason.
void note(Database& database, const ReleaseHeld& held, const IncomingRelease& incoming)
{
    const auto& withdrawal = held.withdrawal();
    Statement(database, "INSERT INTO held_withdrawal (dataset_id, cells_hash, withdrawn, known, payload_hash, run_id,"
                        " seen_at) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .run(find_dataset(database, incoming.release.dataset), withdrawal.cells_hash, withdrawal.withdrawn,
             withdrawal.known, incoming.payload_hash, incoming.run == 0 ? std::nullopt : std::optional(incoming.run),
             format_time(incoming.arrival.held_since.value_or(incoming.now)));
}

/// What several datasets have in common is entered on its own where others ingest at the same time: else one would
/// wait for the other's commit.
CommonWords enter_common_words(const StoreSession& session, const Release& release)
{
    if (!session.database().ingests_beside_others())
        return CommonWords::to_be_entered;
    StoreSession::Transaction transaction(session);
    intern_common_words(session.database(), release);
    transaction.commit();
    return CommonWords::entered;
}

/// One more ingest of the dataset. Throws Error where it was another number that the release was held against.
void raise_token(Database& database, std::int64_t dataset, const IncomingRelease& incoming)
{
    Statement raise(database, "UPDATE dataset SET token = token + 1 WHERE id = $1 RETURNING token");
    if (!raise.bind(dataset).step())
        return;
    const auto before = raise.integer(0) - 1;
    raise.step();
    if (incoming.arrival.dataset_token.value_or(before) != before)
        throw error("{}: another run ingested into it while this one read it; it is tried again",
                    incoming.release.dataset);
}

} // namespace

IngestResult VintageStore::ingest(const Release& release, const PublicationClaim& claim, Origin origin,
                                  const PayloadRef& payload, std::int64_t run, const IngestRules& rules,
                                  const Arrival& arrival, const std::stop_token& stop)
{
    auto& database = session_.database();
    const IncomingRelease incoming{release, claim, origin, payload.hash, run, session_.clock().now(), arrival, stop};
    try {
        const auto common = enter_common_words(session_, release);
        StoreSession::Transaction transaction(session_, release.dataset);
        StoredVersions versions(database, release.dataset, transaction.ingest_id(), common);
        auto result = VintageWriter(versions, versions, incoming).write(rules);
        versions.flush();
        raise_token(database, versions.dataset(), incoming);
        if (result.vintage)
            transaction.record(CommitKind::vintage, versions.dataset());
        if (versions.wrote_words())
            transaction.record(CommitKind::label, versions.dataset());
        transaction.commit();
        return result;
    } catch (const ReleaseHeld& held) {
        if (!held.is_noted()) {
            StoreSession::Transaction transaction(session_);
            note(database, held, incoming);
            transaction.commit();
        }
        throw;
    }
}

} // namespace skurd
