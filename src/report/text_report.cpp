#include "report/renderings.hpp"

#include "base/text.hpp"
#include "model/outcome_words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace skurd {

namespace {

constexpr std::size_t label_width_max = 44;
constexpr std::size_t number_width = 3;

std::string spaces(std::size_t count)
{
    return std::string(count, ' ');
}

std::string left(const std::string& text, std::size_t width)
{
    const auto used = display_width(text);
    return used < width ? text + spaces(width - used) : text;
}

std::string right(const std::string& text, std::size_t width)
{
    const auto used = display_width(text);
    return used < width ? spaces(width - used) + text : text;
}

/// Lines of at most that width, broken at spaces; a longer word keeps a line of its own.
std::vector<std::string> wrapped(const std::string& text, std::size_t width)
{
    std::vector<std::string> lines(1);
    for (const auto word : split(text, ' ')) {
        const bool fits = display_width(lines.back()) + 1 + display_width(word) <= width;
        if (lines.back().empty())
            lines.back() = word;
        else if (fits)
            lines.back() += " " + std::string(word);
        else
            lines.emplace_back(word);
    }
    return lines;
}

void trim_end(std::string& line)
{
    line.erase(line.find_last_not_of(' ') + 1);
}

class TextReport {
public:
    TextReport(const ReportWords& words, Colour colour) : words_(words), colour_(colour), tables_(words.tables())
    {
        measure();
    }

    std::string render()
    {
        add(words_.title());
        for (const auto& line : {words_.as_of(), words_.say(words_.report().set->note)})
            if (!line.empty())
                add(line);
        for (const auto& table : tables_)
            add_table(table);
        if (!changes_.empty())
            add_summary();
        add("");
        add(words_.legend());
        return std::move(out_);
    }

private:
    struct ChangeWidths {
        std::size_t change = 0; ///< the heading stands over the numbers and ends where they do
        std::size_t mark = 0;
    };

    /// The same widths for all tables, so that the columns of the whole report line up.
    void measure()
    {
        const auto& report = words_.report();
        for (const auto& period : report.periods)
            values_.push_back(display_width(period.text()));
        changes_.resize(report.rows.empty() ? 0 : report.rows.front().changes.size());
        for (const auto& row : report.rows) {
            for (const auto& line : wrapped(words_.say(row.label()), label_width_max))
                label_ = std::max(label_, display_width(line));
            for (std::size_t i = 0; i < values_.size(); ++i)
                values_[i] = std::max(values_[i], display_width(words_.value(row, i)));
            for (std::size_t i = 0; i < changes_.size(); ++i) {
                auto& widths = changes_[i];
                widths.change = std::max({widths.change, display_width(words_.column(row.changes[i])),
                                          display_width(words_.change(row, i))});
                widths.mark = std::max(widths.mark, display_width(words_.mark(row.changes[i], *row.indicator)));
            }
        }
    }

    void add(std::string line)
    {
        trim_end(line);
        out_ += line + "\n";
    }

    void add_table(const ReportTable& table)
    {
        add("");
        add(words_.heading(table));
        add("");
        add_head();
        for (const auto* row : table.rows)
            add_row(*row);
        for (const auto& note : words_.notes(table))
            add_note(note);
    }

    void add_head()
    {
        const auto& report = words_.report();
        auto line =
            right(words_.say("nr", "no"), number_width) + "  " + left(words_.say("indikator", "indicator"), label_);
        for (std::size_t i = 0; i < values_.size(); ++i)
            line += "  " + right(report.periods[i].text(), values_[i]);
        for (std::size_t i = 0; i < changes_.size(); ++i)
            line += "   " + right(words_.column(report.rows.front().changes[i]), changes_[i].change) +
                    spaces(2 + changes_[i].mark);
        const auto width = display_width(line);
        add(line);
        std::string rule;
        for (std::size_t i = 0; i < width; ++i)
            rule += "─";
        add(rule);
    }

    void add_row(const StatusReport::Row& row)
    {
        const auto label = wrapped(words_.say(row.label()), label_width_max);
        auto line = right(fmt::format("{}", row.number), number_width) + "  " + left(label.front(), label_);
        for (std::size_t i = 0; i < values_.size(); ++i)
            line += "  " + right(words_.value(row, i), values_[i]);
        for (std::size_t i = 0; i < changes_.size(); ++i)
            line += "   " + change_cell(row, i);
        add(line);
        for (std::size_t i = 1; i < label.size(); ++i)
            add(spaces(number_width + 2) + label[i]);
    }

    std::string change_cell(const StatusReport::Row& row, std::size_t column) const
    {
        const auto& verdict = row.changes[column];
        const auto& widths = changes_[column];
        const auto mark = words_.mark(verdict, *row.indicator);
        const auto padding = spaces(widths.mark - display_width(mark));
        const auto ansi = look_of(verdict.outcome, row.indicator->direction).ansi;
        return right(words_.change(row, column), widths.change) + "  " +
               (colour_ == Colour::on ? fmt::format("\x1b[{}m{}\x1b[0m", ansi, mark) : mark) + padding;
    }

    void add_note(const std::string& note)
    {
        const auto lines = wrapped(note, 110);
        for (std::size_t i = 0; i < lines.size(); ++i)
            add((i == 0 ? "  * " : "    ") + lines[i]);
    }

    void add_summary()
    {
        add("");
        add(words_.say("Sammendrag", "Summary"));
        add("");
        std::vector<std::vector<std::string>> lines(1);
        lines[0].emplace_back();
        for (const auto& change : words_.report().rows.front().changes)
            lines[0].push_back(words_.column(change));
        for (const auto& table : tables_) {
            auto& line = lines.emplace_back();
            line.push_back(words_.part(table.part));
            for (std::size_t i = 0; i < changes_.size(); ++i)
                line.push_back(words_.count(table, i));
        }
        for (const auto& line : lines) {
            std::string text;
            for (std::size_t i = 0; i < line.size(); ++i) {
                std::size_t width = 0;
                for (const auto& other : lines)
                    width = std::max(width, display_width(other[i]));
                text += left(line[i], width + 3);
            }
            add(text);
        }
    }

    const ReportWords& words_;
    Colour colour_;
    std::vector<ReportTable> tables_;
    std::size_t label_ = 9;
    std::vector<std::size_t> values_;
    std::vector<ChangeWidths> changes_;
    std::string out_;
};

} // namespace

std::string text_report(const ReportWords& words, Colour colour)
{
    return TextReport(words, colour).render();
}

} // namespace skurd
