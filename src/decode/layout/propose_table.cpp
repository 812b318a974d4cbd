#include "decode/layout/propose_table.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "decode/workbook/sheet.hpp"

#include <algorithm>

namespace skurd {

namespace {

std::string place_of(const Grid& grid, const GridShape& shape)
{
    const auto first = grid.rows[shape.header].line;
    const auto last = grid.rows[shape.end - 1].line;
    if (grid.layout.format == TableLayout::Format::csv)
        return fmt::format("lines {}-{}", first, last);
    return fmt::format("sheet '{}'{}, columns {}:{}, rows {}-{}", excerpt(grid.title), grid.hidden ? " (hidden)" : "",
                       column_name(grid.layout.columns.first),
                       column_name(grid.layout.columns.first + grid.width - 1), first, last);
}

class TableChoice {
public:
    explicit TableChoice(TableNumber wanted) : wanted_(wanted) {}

    void look_at(Grid grid)
    {
        auto shapes = find_shapes(grid);
        std::size_t best = SIZE_MAX;
        for (std::size_t i = 0; i < shapes.size(); ++i) {
            places_.push_back({place_of(grid, shapes[i]), shapes[i].numbers, grid.hidden, false});
            grids_.push_back(grid_count_);
            const bool better = wanted_ ? places_.size() == wanted_ : !grid.hidden && shapes[i].numbers > most_;
            if (!better)
                continue;
            most_ = shapes[i].numbers;
            number_ = places_.size();
            best = i;
        }
        ++grid_count_;
        if (best == SIZE_MAX)
            return;
        grid_ = std::move(grid);
        shape_ = std::move(shapes[best]);
    }

    ChosenTable take()
    {
        if (places_.empty())
            throw error("no table of numbers is found in the file");
        if (wanted_ > places_.size())
            throw usage_error("the file has {} tables of numbers, and no table {}", places_.size(), wanted_);
        if (number_ == 0)
            throw error("the tables of the file are on hidden sheets: name one by its number: {}", list());
        for (std::size_t i = 0; i < places_.size(); ++i)
            places_[i].same_columns = grids_[i] == grids_[number_ - 1];
        return {std::move(grid_), std::move(shape_), number_, wanted_, std::move(places_)};
    }

private:
    std::string list() const
    {
        std::vector<std::string> all;
        for (std::size_t i = 0; i < places_.size(); ++i)
            all.push_back(fmt::format("{}: {}", i + 1, places_[i].text));
        return join(all, "; ");
    }

    TableNumber wanted_;
    std::vector<TablePlace> places_;
    std::vector<std::size_t> grids_; ///< which grid each table is of
    std::size_t grid_count_ = 0;
    std::size_t most_ = 0;
    std::size_t number_ = 0;
    Grid grid_;
    GridShape shape_;
};

} // namespace

ChosenTable choose_table(std::string_view bytes, TableNumber wanted)
{
    TableChoice choice(wanted);
    read_grids(bytes, [&](Grid grid) { choice.look_at(std::move(grid)); });
    return choice.take();
}

} // namespace skurd
