#pragma once

#include "base/decimal.hpp"
#include "store/engine/statement.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "store/store_session.hpp"

namespace skurd {

/// A column of a view, by its declared type.
struct ReaderColumn {
    enum class Type { integer, real, text };

    std::string name;
    Type type = Type::text;
};

struct ReaderView {
    std::string name;
    std::vector<ReaderColumn> columns;
};

/// The views that are promised to readers (schema/README.md), those of datasets too.
class ReaderViews {
public:
    explicit ReaderViews(const StoreSession& session) : session_(session) {}

    std::vector<ReaderView> list() const; ///< by name

    /// Reads a view whole, row by row, in the order in which the store has them. A statement's columns are the
    /// view's.
    using Visitor = std::function<void(const Statement&)>;
    void visit(const ReaderView& view, const Visitor& visit) const;

    std::string view_of(const std::string& dataset) const; ///< its own; "" where it has none
    ReaderView history() const;                            ///< observation_history
    /// Its rows whose vintage got rows in a commit after that one: what a copy that has all up to it lacks, where
    /// rows of the same series_id, period and vintage_id are replaced.
    void visit_history_since(std::int64_t commit, const Visitor& visit) const;

    /// The vintages that came after a commit, summed by dataset and in the order of their names.
    struct DatasetChange {
        std::string dataset;
        std::int64_t vintages = 0;
        std::int64_t rows = 0; ///< that they wrote
        std::int64_t revised = 0;
        std::int64_t withdrawn = 0;
    };
    std::vector<DatasetChange> datasets_since(std::int64_t commit) const;

    /// The values of indicators that came after a commit, each with the one that stood then.
    struct IndicatorChange {
        std::int64_t indicator = 0;
        std::int64_t definition = 0;
        std::string period;
        std::optional<Decimal> before; ///< nothing where there was none, or no number
        std::optional<Decimal> after;  ///< nothing where there is no number any more
    };
    std::vector<IndicatorChange> indicators_since(std::int64_t commit) const;

private:
    const StoreSession& session_;
};

} // namespace skurd
