#pragma once

#include "model/ingest.hpp"
#include "model/payload.hpp"
#include "model/release.hpp"
#include "model/vintage.hpp"

#include "store/store_session.hpp"

#include <stop_token>

namespace skurd {

/// The releases of datasets: every version that was ever published, in the order of publication.
class VintageStore {
public:
    explicit VintageStore(const StoreSession& session) : session_(session) {}

    /// Ingests a release, in one transaction: a new vintage with what differs from what stood, or, when nothing
    /// differs, a confirmation of that. Of Origin::harvest it is what the source says now, and becomes current; any
    /// other is put where it claims to be published: one that arrives late so with Origin::import, and every later
    /// release goes on saying what it said (src/version/README.md). Throws Error, and leaves nothing behind but a
    /// note of it, for a release that is held, and for a file that claims to be published more than a day from now;
    /// Stopped where a stop is requested before it is done.
    IngestResult ingest(const Release& release, const PublicationClaim& claim, Origin origin,
                        const PayloadRef& payload, std::int64_t run, const IngestRules& rules = {},
                        const Arrival& arrival = {}, const std::stop_token& stop = {});
    /// Whether no later release of its dataset has been ingested. False for an id that is not there.
    bool is_last_ingested(std::int64_t vintage) const;
    /// Whether a file was ingested into its dataset after that vintage was last seen unchanged: what a source that
    /// says "unchanged" stands by may not be what is current.
    bool file_came_since(std::int64_t vintage) const;
    /// That vintage is confirmed now: its last_confirmed_at. Does nothing for an id that is not there.
    void confirm(std::int64_t vintage);

    /// Of one dataset or of all; by publication time.
    std::vector<Vintage> list(const std::optional<std::string>& dataset = {}) const;
    std::optional<Time> first_published(const std::string& dataset) const; ///< by publication time; empty without any
    /// What a vintage said, made anew from the rows: codes, periods, values and symbols; no labels, units and notes.
    Release release(std::int64_t vintage) const;
    std::vector<std::string> datasets() const;                 ///< that have a vintage; ascending
    std::size_t count() const;                                 ///< of all datasets
    std::vector<FutureReleases> placed_after(Time time) const; ///< by dataset
    /// The source's notes on a dataset at the two clocks; none for an unknown dataset.
    std::vector<std::string> notes(const std::string& dataset, const AsOf& as_of = {}) const;

private:
    const StoreSession& session_;
};

} // namespace skurd
