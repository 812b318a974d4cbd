#pragma once

#include <map>
#include <set>
#include <string>

namespace skurd {

/// What there can be of a dataset: as far as a job's file tells before anything was fetched by it, or as the dataset
/// was when it was fetched last.
struct DatasetOffer {
    struct Codes {
        std::set<std::string> named{};
        bool may_be_others = true; ///< the source or the file decides
    };

    std::string dataset; ///< "ssb/07459"
    std::map<std::string, Codes> dimensions{};
    bool may_have_others = false; ///< dimensions that the job does not name
};

} // namespace skurd
