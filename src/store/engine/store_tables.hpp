#pragma once

#include <string>
#include <vector>

namespace skurd {

struct StoreColumn {
    enum class Type { integer, real, text, bytes };
    std::string name;
    Type type = Type::text;
};

/// What a store's tables are made of, for who copies them from one engine to another. Throws as Database does.
class StoreTables {
public:
    virtual ~StoreTables() = default;

    /// Of a table, in their order; without those that the engine makes of others.
    virtual std::vector<StoreColumn> columns(const std::string& table) = 0;
    /// After rows were given with their ids: the next row's is beyond them.
    virtual void go_on_after_ids() = 0;
};

} // namespace skurd
