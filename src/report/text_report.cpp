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
constexpr std::size_t note_width = 22; ///< "innenfor utvalgsfeilen"

class TextReport {
public:
    TextReport(const Page& page, Colour colour) : page_(page), colour_(colour) { measure(); }

    std::string render()
    {
        add(page_.title);
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
        std::size_t change = 0; ///< the heading stands over the numbers and ends where they do
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
            changes_.push_back({display_width(heading), 0, 0});
        for (const auto& table : page_.tables)
            for (const auto& row : table.rows)
                measure_row(row);
    }

    void measure_row(const PageRow& row)
    {
        number_ = std::max(number_, display_width(row.row->number_text()));
        for (const auto& line : wrapped(row.label, label_width_max))
            label_ = std::max(label_, display_width(line));
        for (std::size_t i = 0; i < values_.size(); ++i)
            values_[i] = std::max(values_[i], display_width(row.values[i].text));
        for (std::size_t i = 0; i < changes_.size(); ++i) {
            changes_[i].change = std::max(changes_[i].change, display_width(row.changes[i].text));
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
        const auto lines = wrapped(text, text_width);
        for (std::size_t i = 0; i < lines.size(); ++i)
            add((i == 0 ? first : rest) + lines[i]);
    }

    void add_table(const PageTable& table)
    {
        add("");
        add(table.heading);
        add("");
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
        for (std::size_t i = 0; i < values_.size(); ++i)
            line += "  " + right(page_.values[i], values_[i]);
        if (page_.shows_newest)
            line += "  " + left(words.say("målt", "measured"), 9) + "  " + words.say("enhet", "unit");
        for (std::size_t i = 0; i < changes_.size(); ++i)
            line += "   " + right(page_.changes[i], changes_[i].change) + spaces(2 + changes_[i].mark);
        add(line);
        add(ruled(display_width(line)));
    }

    /// Label and changes may take several lines; the values stand in the first.
    void add_row(const PageRow& row)
    {
        const auto label = wrapped(row.label, label_width_max);
        std::vector<std::vector<std::string>> changes;
        for (std::size_t i = 0; i < changes_.size(); ++i)
            changes.push_back(change_cell(row.changes[i], changes_[i]));
        std::size_t height = label.size();
        for (const auto& change : changes)
            height = std::max(height, change.size());
        for (std::size_t at = 0; at < height; ++at) {
            auto line = right(at == 0 ? row.row->number_text() : "", number_) + "  " +
                        left(at < label.size() ? label[at] : "", label_);
            for (std::size_t i = 0; i < values_.size(); ++i)
                line += "  " + right(at == 0 ? row.values[i].text : "", values_[i]);
            if (page_.shows_newest && at == 0)
                line += "  " + left(row.measured, 9) + "  " + row.unit;
            for (std::size_t i = 0; i < changes.size(); ++i)
                line += "   " + (at < changes[i].size() ? changes[i][at] : spaces(changes_[i].all()));
            add(line);
        }
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
        out_ += table.text();
    }

    const Page& page_;
    Colour colour_;
    std::size_t number_ = 3; ///< width, as the next ones
    std::size_t label_ = 9;
    std::vector<std::size_t> values_;
    std::vector<ChangeWidths> changes_;
    std::string out_;
};

} // namespace

std::string render_text(const Rendering& from)
{
    const auto page = make_page(from.report, from.catalogue, from.language);
    return TextReport(page, from.colour).render();
}

} // namespace skurd
