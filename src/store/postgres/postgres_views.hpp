#pragma once

#include "store/engine/dataset_views.hpp"

namespace skurd {

class PostgresDatabase;

class PostgresViews final : public DatasetViews {
public:
    explicit PostgresViews(PostgresDatabase& database) : database_(database) {}

    std::size_t identifier_max() const override { return 50; } ///< of 63 in all
    bool is_taken(const std::string& name) override;
    void drop(const std::string& name) override;
    void make(const DatasetView& view) override;
    bool is_there(const DatasetView& view) override;

private:
    PostgresDatabase& database_;
};

} // namespace skurd
