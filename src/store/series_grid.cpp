#include "store/series_grid.hpp"

#include "base/error.hpp"
#include "store/engine/statement.hpp"

#include <algorithm>
#include <numeric>

namespace skurd {

namespace {

bool states_a_cell(const StatedCells& stated, std::int64_t series)
{
    const auto row = *stated.series.index_of(series) * stated.periods.size();
    for (std::size_t column = 0; column < stated.periods.size(); ++column)
        if (!stated.absent.index_of(static_cast<std::int64_t>(row + column)))
            return true;
    return false;
}

} // namespace

SeriesList::SeriesList(Database& database, std::int64_t dataset)
{
    read_dimensions(database, dataset);
    read_series(database, dataset);
    order_.resize(ids_.size());
    std::iota(order_.begin(), order_.end(), std::size_t(0));
    const auto width = dimensions_.size();
    std::sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) {
        const auto* left = ranks_.data() + a * width;
        const auto* right = ranks_.data() + b * width;
        return std::lexicographical_compare(left, left + width, right, right + width);
    });
}

SeriesList::Ranks SeriesList::ranks(std::size_t place) const
{
    return {ranks_.data() + order_[place] * dimensions_.size(), dimensions_.size()};
}

void SeriesList::read_dimensions(Database& database, std::int64_t dataset)
{
    Statement dimension(database, "SELECT id, code FROM dimension WHERE dataset_id = $1");
    dimension.bind(dataset);
    while (dimension.step())
        dimensions_.push_back({dimension.integer(0), dimension.text(1), {}});
    std::sort(dimensions_.begin(), dimensions_.end(), [](const auto& a, const auto& b) { return a.code < b.code; });
    Statement category(database, "SELECT id, code FROM category WHERE /*: dataset_id = $2 AND */ dimension_id = $1");
    for (auto& one : dimensions_) {
        std::vector<std::pair<std::string, std::int64_t>> codes;
        category.bind(one.id, dataset);
        while (category.step())
            codes.emplace_back(category.text(1), category.integer(0));
        std::sort(codes.begin(), codes.end());
        auto& ranks = ranks_by_id_.emplace_back();
        for (auto& [code, id] : codes) {
            ranks.emplace_back(id, static_cast<std::int32_t>(one.codes.size()));
            one.codes.push_back(std::move(code));
        }
        std::sort(ranks.begin(), ranks.end());
    }
}

void SeriesList::read_series(Database& database, std::int64_t dataset)
{
    std::vector<std::pair<std::int64_t, std::size_t>> places; // of dimensions
    for (std::size_t i = 0; i < dimensions_.size(); ++i)
        places.emplace_back(dimensions_[i].id, i);
    std::sort(places.begin(), places.end());
    const auto find = [](const auto& sorted, std::int64_t id) {
        const auto at = std::lower_bound(sorted.begin(), sorted.end(), id,
                                         [](const auto& one, std::int64_t wanted) { return one.first < wanted; });
        return at != sorted.end() && at->first == id ? &at->second : nullptr;
    };
    Statement row(database, "SELECT s.id, c.dimension_id, c.category_id FROM series AS s"
                            " LEFT JOIN series_code AS c ON /*: c.dataset_id = $1 AND */ c.series_id = s.id"
                            " WHERE s.dataset_id = $1 ORDER BY s.id");
    row.bind(dataset);
    while (row.step()) {
        if (ids_.empty() || ids_.back() != row.integer(0)) {
            ids_.push_back(row.integer(0));
            ranks_.resize(ranks_.size() + dimensions_.size(), lacking);
        }
        const auto* dimension = find(places, row.integer(1));
        const auto* rank = dimension ? find(ranks_by_id_[*dimension], row.integer(2)) : nullptr;
        if (rank)
            ranks_[ranks_.size() - dimensions_.size() + *dimension] = *rank;
    }
}

ReleaseGrid::ReleaseGrid(const SeriesList& series, const StatedCells& stated)
{
    std::size_t found = 0;
    for (std::size_t place = 0; place < series.size(); ++place) {
        if (!stated.series.index_of(series.id(place)))
            continue;
        const auto ranks = series.ranks(place);
        if (found++ == 0)
            for (std::size_t i = 0; i < ranks.size(); ++i)
                if (ranks[i] != SeriesList::lacking)
                    axes_.push_back({i, std::vector(series.dimensions()[i].codes.size(), SeriesList::lacking), 0});
        const bool is_stated = states_a_cell(stated, series.id(place));
        for (auto& axis : axes_) {
            const auto rank = ranks[axis.dimension];
            if (rank == SeriesList::lacking)
                throw error("series {} lacks a dimension that others of its release have: put back a backup",
                            series.id(place));
            if (is_stated)
                axis.positions[static_cast<std::size_t>(rank)] = 0;
        }
    }
    if (found != stated.series.size())
        throw error("{} series that a release stated are not there: put back a backup", stated.series.size() - found);
    for (auto& axis : axes_) {
        for (auto& position : axis.positions)
            if (position != SeriesList::lacking)
                position = static_cast<std::int32_t>(axis.size++);
        count_ *= axis.size;
    }
}

std::optional<std::size_t> ReleaseGrid::position(SeriesList::Ranks ranks) const
{
    std::size_t position = 0;
    for (const auto& axis : axes_) {
        const auto along = axis.positions[static_cast<std::size_t>(ranks[axis.dimension])];
        if (along == SeriesList::lacking)
            return std::nullopt;
        position = position * axis.size + static_cast<std::size_t>(along);
    }
    return position;
}

void ReleaseGrid::begin(ValueHash& hash, const SeriesList& series) const
{
    for (const auto& axis : axes_) {
        const auto& dimension = series.dimensions()[axis.dimension];
        std::vector<std::string_view> codes;
        for (std::size_t rank = 0; rank < axis.positions.size(); ++rank)
            if (axis.positions[rank] != SeriesList::lacking)
                codes.emplace_back(dimension.codes[rank]);
        hash.dimension(dimension.code, codes);
    }
}

} // namespace skurd
