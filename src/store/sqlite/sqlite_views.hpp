#pragma once

#include "store/engine/dataset_views.hpp"

namespace skurd {

class Database;

class SqliteViews final : public DatasetViews {
public:
    explicit SqliteViews(Database& database) : database_(database) {}

    std::size_t identifier_max() const override { return 100; }
    bool is_taken(const std::string& name) override;
    void drop(const std::string& name) override;
    void make(const DatasetView& view) override;
    bool is_there(const DatasetView& view) override;

private:
    Database& database_;
};

} // namespace skurd
