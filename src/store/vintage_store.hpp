#pragma once

#include "model/ingest.hpp"
#include "model/payload.hpp"
#include "model/release.hpp"
#include "model/vintage.hpp"

#include "store/store_session.hpp"

namespace skurd {

/// The releases of datasets: every version that was ever published, in the order of publication.
class VintageStore {
public:
    explicit VintageStore(const StoreSession& session) : session_(session) {}

    /// Ingests a release, in one transaction: a new vintage with what differs from the one published before it, or,
    /// when nothing differs, a confirmation of that. One that arrives late (another was published after it) is put in
    /// its place with Origin::import, and every later release goes on saying what it said. Throws Error, and
    /// leaves nothing behind but a note of it, for a release that would withdraw more than the rules allow, and
    /// for one that claims to be published more than a day from now.
    IngestResult ingest(const Release& release, const PublicationClaim& claim, Origin origin,
                        const PayloadRef& payload, std::int64_t run, const IngestRules& rules = {});
    /// That vintage is confirmed now: its last_confirmed_at. Does nothing for an id that is not there.
    void confirm(std::int64_t vintage);

    /// Of one dataset or of all; by publication time.
    std::vector<Vintage> list(const std::optional<std::string>& dataset = {}) const;
    /// What a vintage said, made anew from the rows: codes, periods, values and symbols; no labels, units and notes.
    Release release(std::int64_t vintage) const;
    std::vector<std::string> datasets() const; ///< that have a vintage; ascending
    /// The source's notes on a dataset at the two clocks; none for an unknown dataset.
    std::vector<std::string> notes(const std::string& dataset, const AsOf& as_of = {}) const;

private:
    const StoreSession& session_;
};

} // namespace skurd
