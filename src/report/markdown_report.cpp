#include "report/page.hpp"
#include "report/report.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <string_view>

namespace skurd {

namespace {

/// What would end a table's cell or begin markup; also what renderers take for HTML.
std::string escaped(const std::string& text)
{
    std::string safe;
    for (const char c : text) {
        if (std::string_view("|*_<>`[]\\~#&").find(c) != std::string_view::npos)
            safe += '\\';
        safe += c;
    }
    return safe;
}

class MarkdownReport {
public:
    explicit MarkdownReport(const Page& page) : page_(page) {}

    std::string render()
    {
        out_ = fmt::format("# {}\n", escaped(page_.title));
        for (const auto& line : page_.preface)
            add_paragraph(line);
        add_listing(page_.summary);
        for (const auto& table : page_.tables)
            add_table(table);
        add_differences();
        add_listing(page_.retired);
        add_listing(page_.sources);
        add_heading(page_.method_heading);
        add_paragraph(page_.method);
        for (const auto& line : page_.legend)
            add_paragraph(line);
        return std::move(out_);
    }

private:
    void add_heading(const std::string& text) { out_ += fmt::format("\n## {}\n", escaped(text)); }
    void add_paragraph(const std::string& text) { out_ += fmt::format("\n{}\n", escaped(text)); }

    void add_table(const PageTable& table)
    {
        add_heading(table.heading);
        out_ += "\n";
        add_head();
        for (const auto& row : table.rows)
            add_row(row);
        if (!table.notes.empty())
            out_ += "\n";
        for (const auto& note : table.notes)
            out_ += fmt::format("- {}\n", escaped(note));
    }

    void add_head()
    {
        const auto& words = page_.words;
        auto head =
            fmt::format("| {} | {} | type | {} | {} |", words.say("nr", "no"), words.say("indikator", "indicator"),
                        words.say("kilde", "source"), words.say("enhet", "unit"));
        std::string rule = "|--:|:--|:--|:--|:--|";
        for (const auto& heading : page_.values) {
            head += fmt::format(" {} |", escaped(heading));
            rule += "--:|";
        }
        if (page_.shows_newest) {
            head += fmt::format(" {} |", words.say("målt", "measured"));
            rule += ":--|";
        }
        for (const auto& heading : page_.changes) {
            head += fmt::format(" {} | |", escaped(heading));
            rule += "--:|:--|";
        }
        out_ += head + "\n" + rule + "\n";
    }

    void add_row(const PageRow& row)
    {
        out_ += fmt::format("| {} | {} | {} | {} | {} |", row.row->number_text(), escaped(row.label),
                            escaped(row.type), escaped(row.source), escaped(row.unit));
        for (const auto& value : row.values)
            out_ += fmt::format(" {} |", escaped(value.text));
        if (page_.shows_newest)
            out_ += fmt::format(" {} |", escaped(row.measured));
        for (const auto& change : row.changes) {
            auto parts = change.notes;
            parts.insert(parts.begin(), change.mark);
            out_ += fmt::format(" {} | {} |", escaped(change.text), escaped(join(parts, ", ")));
        }
        out_ += "\n";
    }

    void add_differences()
    {
        if (page_.differences_heading.empty())
            return;
        add_heading(page_.differences_heading);
        if (page_.differences.empty())
            add_paragraph(page_.words.say("Ingenting.", "Nothing."));
        for (const auto& group : page_.differences) {
            out_ += fmt::format("\n### {}\n\n", escaped(group.heading));
            for (const auto& line : group.lines)
                out_ += fmt::format("- {}: {}\n", line.number, escaped(line.text));
        }
    }

    void add_listing(const Listing& listing)
    {
        if (listing.rows.empty())
            return;
        add_heading(listing.heading);
        if (!listing.lead.empty())
            add_paragraph(listing.lead);
        out_ += "\n|";
        for (const auto& column : listing.columns)
            out_ += fmt::format(" {} |", escaped(column));
        out_ += "\n|";
        for (std::size_t i = 0; i < listing.columns.size(); ++i)
            out_ += ":--|";
        out_ += "\n";
        for (const auto& row : listing.rows) {
            out_ += "|";
            for (const auto& cell : row)
                out_ += fmt::format(" {} |", escaped(cell));
            out_ += "\n";
        }
    }

    const Page& page_;
    std::string out_;
};

} // namespace

std::string render_md(const Rendering& from)
{
    const auto page = make_printable_page(from.report, from.catalogue, from.language);
    return MarkdownReport(page).render();
}

} // namespace skurd
