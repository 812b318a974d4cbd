#pragma once

#include "model/release.hpp"
#include "model/vintage.hpp"
#include "version/cell.hpp"
#include "version/coverage.hpp"
#include "version/hashes.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace skurd {

/// One series of a release that has a cell that is not absent.
struct GridSeries {
    std::int64_t id = 0;
    std::size_t position = 0; ///< in the release
    bool is_new = false;      ///< nothing was ever said of it
};

/// Where a release stands, from before it is known whether it will be a vintage.
struct ReleaseStamp {
    std::int64_t id = 0;  ///< of the vintage or confirmation to be
    std::int64_t seq = 0; ///< order of arrival within the dataset
    Time published_at{};
    Time observed_at{};
    std::size_t place = 0; ///< in the timeline: how many releases it comes after
    bool is_late = false;  ///< others come after it
};

/// What is written of a release, vintage or confirmation.
struct ReleaseRecord {
    ReleaseStamp stamp;
    PublicationClaim claim;     ///< what the source says; Confidence::arrival: nothing
    PublicationClaim published; ///< where it was placed, and what that is from
    Origin origin = Origin::harvest;
    std::string payload_hash;
    ReleaseHashes hashes;
    Coverage coverage = Coverage::partial;
    std::int64_t coverage_id = 0;
    std::int64_t run = 0; ///< 0 = none
    std::size_t cells = 0;
};

/// Where the rows to come stand.
enum class RowsAre {
    newest,    ///< of two for one cell the one that comes last
    in_between ///< later releases may be given rows, too
};

/// How a vintage differs from what stood before it.
struct VintageCounts {
    std::size_t rows = 0;
    std::size_t revised = 0;
    std::size_t withdrawn = 0;
};

/// Takes the edits that one release of one dataset makes; all or none of them become visible, which is the owner's
/// to see to. Ids of what is new come from here.
class VersionEdit {
public:
    virtual ~VersionEdit() = default;

    /// An id that no vintage and no confirmation has.
    virtual std::int64_t new_release_id() = 0;

    /// Makes known the dataset, its dimensions and categories, the periods and symbols of the release.
    virtual void describe(const Release& release) = 0;
    /// Finds or adds the series of the release that was described; ascending by id. Series without any stated cell
    /// are left out.
    virtual std::vector<GridSeries> series_of(const Release& release) = 0;
    /// Writes what the release that was described calls things. Gives how many words changed since the newest
    /// release.
    virtual std::size_t name(const Release& release, const ReleaseStamp& stamp) = 0;

    /// Before the rows of a release.
    virtual void begin_rows(RowsAre rows) = 0;

    virtual std::int64_t add_coverage(const StatedCells& stated) = 0; ///< gives its coverage_id
    virtual void add_row(std::int64_t series, const StoredCell& cell) = 0;
    virtual void add_vintage(const ReleaseRecord& release, const VintageCounts& counts) = 0;
    virtual void add_confirmation(const ReleaseRecord& release, std::int64_t vintage) = 0;
    /// A confirmation that was given rows becomes a vintage under its own id.
    virtual void make_vintage(std::int64_t confirmation, std::size_t rows) = 0;
    /// The vintage was seen unchanged.
    virtual void confirm(std::int64_t vintage, Time seen_at) = 0;
};

} // namespace skurd
