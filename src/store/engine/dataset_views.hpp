#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace skurd {

/// What the view of a dataset's newest numbers is made of.
struct DatasetView {
    struct Dimension {
        std::int64_t id = 0;
        std::string column;
    };
    std::int64_t dataset = 0;
    std::string name;
    std::vector<Dimension> dimensions; ///< in the order of their columns
};

/// The views of datasets, each written as its engine wants it, with the same columns. Throws as Database does.
class DatasetViews {
public:
    virtual ~DatasetViews() = default;

    /// Bytes of a name that is made of another one; what is put before and behind it fits too.
    virtual std::size_t identifier_max() const = 0;
    virtual bool is_taken(const std::string& name) = 0; ///< by a table, index or view; `name` is in lower case
    virtual void drop(const std::string& name) = 0;     ///< the view, where it is there
    virtual void make(const DatasetView& view) = 0;
    virtual bool is_there(const DatasetView& view) = 0; ///< as make() makes it
};

} // namespace skurd
