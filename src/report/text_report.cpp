#include "report/page.hpp"
#include "report/report.hpp"

#include "base/text.hpp"
#include "base/text_layout.hpp"
#include "base/text_table.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace skurd {

namespace {

constexpr std::size_t label_width_max = 44;
constexpr std::size_t cell_width_max = 60; ///< of a list
constexpr std::size_t text_width = 110;
constexpr std::size_t note_width = 22;      ///< "innenfor utvalgsfeilen"
constexpr std::size_t label_width_min = 24; ///< with less, the label has a line of its own above the numbers
constexpr std::size_t below_indent = 4;
constexpr std::size_t measured_width = 9; ///< "2016/2017"
constexpr std::size_t source_width_max = 18;

class TextReport {
public:
    TextReport(const Page& page, Colour colour, std::size_t width) : page_(page), colour_(colour), width_(width)
    {
        measure();
        make_room();
    }

    std::string render()
    {
        add_wrapped(page_.title, "", "");
        for (const auto& line : page_.preface)
            add_wrapped(line, "", "");
        for (const auto& table : page_.tables)
            add_table(table);
        add_differences();
        for (const auto* listing : {&page_.retired, &page_.sources, &page_.summary})
            add_listing(*listing);
        add("");
        add_wrapped(page_.method_heading + ": " + page_.method, "", "");
        add("");
        for (const auto& line : page_.legend)
            add_wrapped(line, "", "");
        return std::move(out_);
    }

private:
    struct ChangeWidths {
        std::size_t change = 0;  ///< the heading stands over the numbers and ends where they do
        std::size_t number = 0;  ///< of the numbers alone
        std::size_t heading = 0; ///< of the column, where the table is narrow
        std::size_t mark = 0;
        std::size_t notes = 0; ///< below both

        std::size_t all() const { return std::max(change + 2 + mark, notes); }
    };

    /// The same widths for all tables, so that the columns of the whole report line up.
    void measure()
    {
        for (const auto& heading : page_.values)
            values_.push_back(display_width(heading));
        for (const auto& heading : page_.changes)
            changes_.push_back({display_width(heading), 0, 0, 0, 0});
        for (const auto& table : page_.tables)
            for (const auto& row : table.rows)
                measure_row(row);
    }

    void measure_row(const PageRow& row)
    {
        number_ = std::max(number_, display_width(row.row->number_text()));
        unit_ = std::max(unit_, display_width(row.unit));
        for (const auto& line : wrapped(label_text(row), label_width_max))
            label_ = std::max(label_, display_width(line));
        type_ = std::max(type_, display_width(row.type));
        for (const auto& line : wrapped(row.source, source_width_max))
            source_ = std::max(source_, display_width(line));
        for (std::size_t i = 0; i < values_.size(); ++i)
            values_[i] = std::max(values_[i], display_width(row.values[i].text));
        for (std::size_t i = 0; i < changes_.size(); ++i) {
            changes_[i].number = std::max(changes_[i].number, display_width(row.changes[i].text));
            changes_[i].change = std::max(changes_[i].change, changes_[i].number);
            changes_[i].mark = std::max(changes_[i].mark, display_width(row.changes[i].mark));
        }
        for (std::size_t i = 0; i < changes_.size(); ++i)
            if (!row.changes[i].notes.empty())
                changes_[i].notes = note_width;
    }

    void add(std::string line)
    {
        line.erase(line.find_last_not_of(' ') + 1);
        out_ += line + "\n";
    }

    void add_wrapped(const std::string& text, const std::string& first, const std::string& rest)
    {
        const auto lines = width_ == 0 ? wrapped(text, text_width)
                                       : folded(text, std::min(text_width, width_) - display_width(rest));
        for (std::size_t i = 0; i < lines.size(); ++i)
            add((i == 0 ? first : rest) + lines[i]);
    }

    void add_table(const PageTable& table)
    {
        add("");
        add_wrapped(table.heading, "", "");
        add("");
        if (is_narrow_)
            add_narrow_head();
        else
            add_head();
        for (const auto& row : table.rows)
            add_row(row);
        for (const auto& note : table.notes)
            add_wrapped(note, "  - ", "    ");
    }

    void add_head()
    {
        const auto& words = page_.words;
        auto line = right(words.say("nr", "no"), number_) + "  " + left(words.say("indikator", "indicator"), label_);
        if (shows_origin_)
            line += "  " + left("type", type_) + "  " + left(words.say("kilde", "source"), source_);
        for (std::size_t i = 0; i < values_.size(); ++i)
            line += "  " + right(page_.values[i], values_[i]);
        if (page_.shows_newest)
            line += "  " + left(words.say("målt", "measured"), measured_width) + "  " + words.say("enhet", "unit");
        for (std::size_t i = 0; i < changes_.size(); ++i)
            line += "   " + right(page_.changes[i], changes_[i].change) + spaces(2 + changes_[i].mark);
        add(line);
        add(ruled(display_width(line)));
    }

    /// Label, source and changes may take several lines; the values stand in the first.
    void add_row(const PageRow& row)
    {
        if (is_narrow_)
            return add_narrow_row(row);
        const auto label = wrapped(label_text(row), label_width_max);
        const auto source = wrapped(row.source, source_width_max);
        std::vector<std::vector<std::string>> changes;
        for (std::size_t i = 0; i < changes_.size(); ++i)
            changes.push_back(change_cell(row.changes[i], changes_[i]));
        std::size_t height = std::max(label.size(), shows_origin_ ? source.size() : 0);
        for (const auto& change : changes)
            height = std::max(height, change.size());
        for (std::size_t at = 0; at < height; ++at) {
            auto line = right(at == 0 ? row.row->number_text() : "", number_) + "  " +
                        left(at < label.size() ? label[at] : "", label_);
            if (shows_origin_)
                line += "  " + left(at == 0 ? row.type : "", type_) + "  " +
                        left(at < source.size() ? source[at] : "", source_);
            for (std::size_t i = 0; i < values_.size(); ++i)
                line += "  " + right(at == 0 ? row.values[i].text : "", values_[i]);
            if (page_.shows_newest && at == 0)
                line += "  " + left(row.measured, measured_width) + "  " + row.unit;
            for (std::size_t i = 0; i < changes.size(); ++i)
                line += "   " + (at < changes[i].size() ? changes[i][at] : spaces(changes_[i].all()));
            add(line);
        }
    }

    /// What a row takes as it is laid out first.
    std::size_t natural_width() const
    {
        std::size_t all = number_ + 2 + label_;
        for (const auto width : values_)
            all += 2 + width;
        if (page_.shows_newest)
            all += 2 + measured_width + 2 + unit_;
        for (const auto& change : changes_)
            all += 3 + change.all();
        return all;
    }

    /// Type and source have their columns where there is room. In a width that the rows do not fit in, a change is
    /// its number and its sign, the notes go below the row, and the label shrinks, or goes above the numbers where
    /// too little would be left of it.
    void make_room()
    {
        is_narrow_ = width_ != 0 && natural_width() > width_;
        shows_origin_ = width_ == 0 || natural_width() + 2 + type_ + 2 + source_ <= width_;
        if (!is_narrow_)
            return;
        const auto rest = number_ + 2 + narrow_numbers_width();
        is_label_above_ = rest + label_width_min > width_;
        label_ = is_label_above_ ? width_ - number_ - 2 : std::min(label_, width_ - rest);
        for (auto& change : changes_)
            change.heading = narrow_change_width(change);
    }

    static std::size_t narrow_change_width(const ChangeWidths& change)
    {
        return std::max<std::size_t>(change.number, 9); // "2016–2018"
    }

    std::size_t narrow_numbers_width() const
    {
        std::size_t all = 0;
        for (const auto width : values_)
            all += 2 + width;
        if (page_.shows_newest)
            all += 2 + measured_width + 2 + narrow_unit_width();
        for (const auto& change : changes_)
            all += 2 + narrow_change_width(change) + 2;
        return all;
    }

    /// A number of a narrow row, and the columns it takes with the space before it.
    struct NarrowCell {
        std::string text;
        std::size_t width;
    };

    static NarrowCell right_cell(const std::string& text, std::size_t width)
    {
        return {"  " + right(text, width), width + 2};
    }

    /// The numbers on one line, or on several where they do not fit; each begins where numbers do.
    std::vector<std::string> packed(const std::vector<NarrowCell>& cells) const
    {
        std::vector<std::string> lines(1, spaces(numbers_start()));
        auto used = numbers_start();
        for (const auto& cell : cells) {
            if (used + cell.width > width_ && used > numbers_start()) {
                lines.push_back(spaces(numbers_start()));
                used = numbers_start();
            }
            lines.back() += cell.text;
            used += cell.width;
        }
        return lines;
    }

    /// The line `at` of the headings of the numbers.
    std::vector<NarrowCell> heading_cells(std::size_t at) const
    {
        const auto& words = page_.words;
        std::vector<NarrowCell> cells;
        for (std::size_t i = 0; i < values_.size(); ++i)
            cells.push_back(right_cell(at == 0 ? page_.values[i] : "", values_[i]));
        if (page_.shows_newest) {
            cells.push_back(
                {"  " + left(at == 0 ? words.say("målt", "measured") : "", measured_width), measured_width + 2});
            cells.push_back({"  " + left(at == 0 ? words.say("enhet", "unit") : "", narrow_unit_width()),
                             narrow_unit_width() + 2});
        }
        for (std::size_t i = 0; i < changes_.size(); ++i) {
            const auto heading = folded(page_.changes[i], changes_[i].heading);
            auto cell = right_cell(at < heading.size() ? heading[at] : "", changes_[i].heading);
            cells.push_back({cell.text + "  ", cell.width + 2});
        }
        return cells;
    }

    std::vector<NarrowCell> number_cells(const PageRow& row) const
    {
        std::vector<NarrowCell> cells;
        for (std::size_t i = 0; i < values_.size(); ++i)
            cells.push_back(right_cell(row.values[i].text, values_[i]));
        if (page_.shows_newest) {
            cells.push_back({"  " + left(row.measured, measured_width), measured_width + 2});
            cells.push_back(
                {"  " + left(is_unit_below(row) ? "" : row.unit, narrow_unit_width()), narrow_unit_width() + 2});
        }
        for (std::size_t i = 0; i < changes_.size(); ++i) {
            auto cell = right_cell(row.changes[i].text, changes_[i].heading);
            cells.push_back({cell.text + " " + sign(row.changes[i]), cell.width + 2});
        }
        return cells;
    }

    std::size_t heading_height() const
    {
        std::size_t height = 1;
        for (std::size_t i = 0; i < changes_.size(); ++i)
            height = std::max(height, folded(page_.changes[i], changes_[i].heading).size());
        return height;
    }

    void add_narrow_head()
    {
        const auto& words = page_.words;
        auto above = right(words.say("nr", "no"), number_) + "  " + words.say("indikator", "indicator");
        if (is_label_above_)
            add(above);
        std::vector<std::vector<std::string>> lines;
        for (std::size_t at = 0; at < heading_height(); ++at)
            lines.push_back(packed(heading_cells(at)));
        for (std::size_t line = 0; line < lines.front().size(); ++line)
            for (std::size_t at = 0; at < lines.size(); ++at) {
                const bool has_label = at == 0 && line == 0 && !is_label_above_;
                add(has_label ? left(above, numbers_start()) + lines[at][line].substr(numbers_start())
                              : lines[at][line]);
            }
        add(ruled(width_));
    }

    /// Where the numbers of a row begin.
    std::size_t numbers_start() const { return is_label_above_ ? number_ : number_ + 2 + label_; }

    void add_narrow_row(const PageRow& row)
    {
        const auto label = folded(label_text(row), label_);
        const auto numbers = packed(number_cells(row));
        for (std::size_t at = 0; at < label.size(); ++at) {
            auto line = (at == 0 ? right(row.row->number_text(), number_) + "  " : spaces(number_ + 2)) +
                        left(label[at], label_);
            if (at == 0 && !is_label_above_)
                line += numbers.front().substr(numbers_start());
            add(line);
        }
        if (is_label_above_)
            for (const auto& line : numbers)
                add(line);
        if (is_unit_below(row))
            add_wrapped(page_.words.say("enhet: ", "unit: ") + row.unit, spaces(number_ + 2), spaces(number_ + 2));
        for (std::size_t i = 0; i < changes_.size(); ++i)
            for (const auto& note : row.changes[i].notes)
                add_wrapped(fmt::format("{}: {}", page_.changes[i], note), spaces(number_ + 2),
                            spaces(number_ + 2 + below_indent));
    }

    /// Whether a narrow row has no room for the unit beside the numbers.
    bool is_unit_below(const PageRow& row) const
    {
        return page_.shows_newest && display_width(row.unit) > narrow_unit_width();
    }

    std::size_t narrow_unit_width() const { return std::min<std::size_t>(unit_, 28); }

    /// With its unit, where that has no column and the numbers do not show it.
    std::string label_text(const PageRow& row) const
    {
        const bool is_shown = page_.shows_newest || row.row->kind() == IndicatorKind::share || row.unit.empty();
        return is_shown ? row.label : fmt::format("{} [{}]", row.label, row.unit);
    }

    std::string sign(const ChangeCell& cell) const
    {
        return colour_ == Colour::on ? fmt::format("\x1b[{}m{}\x1b[0m", cell.style.ansi, cell.style.sign)
                                     : std::string(cell.style.sign);
    }

    /// The change with its mark, below them the notes; all as wide as the column.
    std::vector<std::string> change_cell(const ChangeCell& cell, const ChangeWidths& widths) const
    {
        const auto padding = spaces(widths.all() - widths.change - 2 - display_width(cell.mark));
        const auto mark =
            colour_ == Colour::on ? fmt::format("\x1b[{}m{}\x1b[0m", cell.style.ansi, cell.mark) : cell.mark;
        std::vector<std::string> lines = {right(cell.text, widths.change) + "  " + mark + padding};
        for (const auto& note : cell.notes)
            for (const auto& line : wrapped(note, widths.all()))
                lines.push_back(right(line, widths.all()));
        return lines;
    }

    void add_differences()
    {
        if (page_.differences_heading.empty())
            return;
        add("");
        add(page_.differences_heading);
        if (page_.differences.empty())
            add(page_.words.say("Ingenting.", "Nothing."));
        for (const auto& group : page_.differences) {
            add("");
            add(group.heading);
            for (const auto& line : group.lines)
                add_wrapped(line.number + ": " + line.text, "  - ", "    ");
        }
    }

    void add_listing(const Listing& listing)
    {
        if (listing.rows.empty())
            return;
        add("");
        add(listing.heading);
        if (!listing.lead.empty())
            add_wrapped(listing.lead, "", "");
        add("");
        std::vector<TextTable::Column> columns;
        for (const auto& heading : listing.columns)
            columns.push_back({heading});
        TextTable table(std::move(columns), {.gap = 3, .cell_max = cell_width_max, .is_heading_ruled = false});
        for (const auto& row : listing.rows)
            table.add(row);
        out_ += table.text(width_);
    }

    const Page& page_;
    Colour colour_;
    std::size_t width_;           ///< no line is longer; 0 = any
    bool is_narrow_ = false;      ///< the rows are wider than that
    bool is_label_above_ = false; ///< a line of its own
    bool shows_origin_ = false;   ///< type and source, in columns
    std::size_t unit_ = 0;        ///< width, as the next ones
    std::size_t number_ = 3;      ///< width, as the next ones
    std::size_t label_ = 9;
    std::size_t type_ = 4;
    std::size_t source_ = 6;
    std::vector<std::size_t> values_;
    std::vector<ChangeWidths> changes_;
    std::string out_;
};

} // namespace

std::string render_text(const Rendering& from)
{
    const auto page = make_printable_page(from.report, from.catalogue, from.language);
    return TextReport(page, from.colour, from.width).render();
}

} // namespace skurd
