#pragma once

#include "model/indicator.hpp"
#include "model/vintage.hpp"
#include "query/indicators.hpp"
#include "query/known_breaks.hpp"
#include "store/store_session.hpp"

#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace skurd {

/// Reads the series of many indicators at the same two clocks. What several indicators share is read once: what is
/// known of a dataset's breaks, and the series of a template for all of its codes. Its references outlive it, and the
/// store must not change meanwhile. For one thread.
class IndicatorReader {
public:
    IndicatorReader(const StoreSession& store, const Catalogue& catalogue, const AsOf& as_of, Numbers numbers)
        : store_(store), catalogue_(catalogue), as_of_(as_of), numbers_(numbers), breaks_(store, as_of)
    {
    }

    /// The values of an indicator, with the breaks that are known in the series they are made from.
    IndicatorSeries series(const Indicator& indicator, const SeriesRead& seen = {});

private:
    using ByCode = std::map<std::string, std::vector<Observation>>;

    std::vector<Observation> observations(const Indicator& indicator, const Selector& selector,
                                          const PublicationWindow& window);
    const ByCode& for_all_codes(const Selector& selector, const std::string& dimension,
                                const PublicationWindow& window);

    const StoreSession& store_;
    const Catalogue& catalogue_;
    AsOf as_of_;
    Numbers numbers_;
    KnownBreaks breaks_;
    std::map<std::tuple<std::string, std::string, Time, Time>, ByCode> shared_; ///< by selector without the dimension
};

} // namespace skurd
