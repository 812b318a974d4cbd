#include "report/page.hpp"
#include "report/report.hpp"

#include "base/html_text.hpp"
#include "base/text.hpp"
#include "report/chart.hpp"
#include "report/html_style.hpp"
#include "report/outcome_colours.hpp"

#include <fmt/format.h>

namespace skurd {

namespace {

std::string outcome_class(Outcome outcome)
{
    return fmt::format("o{}", static_cast<int>(outcome));
}

/// The colours of the outcomes, as classes of their own.
std::string outcome_styles()
{
    std::string text;
    for (int i = 0; i < static_cast<int>(enum_words<Outcome>.size()); ++i) {
        const auto outcome = static_cast<Outcome>(i);
        const auto colours = colours_of(outcome);
        text += fmt::format(".{} {{ color: #{:06x}; background: #{:06x}; }}\n", outcome_class(outcome), colours.text,
                            colours.background);
    }
    return text;
}

/// With the words that a browser would break at their hyphen held together.
std::string unbroken(const std::string& text)
{
    return replace_all(html_escaped(text), "%-poeng", "<span class=\"whole\">%-poeng</span>");
}

/// Text as a string of CSS: whatever is not a plain letter, digit or space as its code, so that nothing ends the
/// string or the style sheet.
std::string css_string(const std::string& text)
{
    std::string safe = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool is_plain =
            byte >= 0x80 || c == ' ' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        // The space ends the code and is no part of the string.
        safe += is_plain ? std::string(1, c) : byte == 0 ? " " : fmt::format("\\{:x} ", byte);
    }
    return safe + '"';
}

/// What stands at the edge of each printed page: the report, as of when, what the store held, the page's number.
std::string page_styles(const Page& page)
{
    return fmt::format("@page {{ @bottom-left {{ content: {}; }} @bottom-center {{ content: {}; }} @bottom-right {{ "
                       "content: {} counter(page) {} counter(pages); }} }}\n",
                       css_string(page.title), css_string(page.edge), css_string(page.words.say("side ", "page ")),
                       css_string(page.words.say(" av ", " of ")));
}

class HtmlReport {
public:
    explicit HtmlReport(const Page& page) : page_(page), words_(page.words)
    {
        for (const auto& table : page.tables)
            for (const auto& row : table.rows)
                has_charts_ = has_charts_ || !course_chart(row, words_).empty();
    }

    std::string render()
    {
        const auto title = html_escaped(page_.title);
        out_ = fmt::format("<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
                           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                           "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
                           "<title>{}</title>\n<style>{}{}</style>\n</head>\n<body>\n<main>\n<h1>{}</h1>\n",
                           words_.say("nb", "en"), title, html_style, outcome_styles() + page_styles(page_), title);
        out_ += fmt::format("<p class=\"state\">{}</p>\n", html_escaped(page_.state));
        for (const auto& line : page_.preface_below_state())
            out_ += fmt::format("<p class=\"preface\">{}</p>\n", html_escaped(line));
        add_contents();
        add_listing("summary", page_.summary);
        add_legend();
        for (std::size_t i = 0; i < page_.tables.size(); ++i)
            add_table(i);
        add_differences();
        add_listing("retired", page_.retired);
        add_listing("sources", page_.sources);
        out_ += fmt::format("<section id=\"method\">\n<h2>{}</h2>\n<p>{}</p>\n</section>\n", page_.method_heading,
                            html_escaped(page_.method));
        out_ += "</main>\n</body>\n</html>\n";
        return std::move(out_);
    }

private:
    void add_contents()
    {
        out_ += fmt::format("<nav aria-label=\"{}\">\n<ul>\n", words_.say("Innhold", "Contents"));
        const auto add = [&](const std::string& id, const std::string& heading) {
            out_ += fmt::format("<li><a href=\"#{}\">{}</a></li>\n", id, html_escaped(heading));
        };
        if (!page_.summary.rows.empty())
            add("summary", page_.summary.heading);
        for (std::size_t i = 0; i < page_.tables.size(); ++i)
            add(fmt::format("t{}", i), page_.tables[i].heading);
        if (!page_.differences_heading.empty())
            add("differences", page_.differences_heading);
        if (!page_.retired.rows.empty())
            add("retired", page_.retired.heading);
        if (!page_.sources.rows.empty())
            add("sources", page_.sources.heading);
        add("method", page_.method_heading);
        out_ += "</ul>\n</nav>\n";
    }

    void add_legend()
    {
        for (const auto& line : page_.legend)
            out_ += fmt::format("<p class=\"legend\">{}</p>\n", html_escaped(line));
    }

    void add_table(std::size_t index)
    {
        const auto& table = page_.tables[index];
        out_ += fmt::format("<section class=\"table\" id=\"t{0}\">\n<h2 id=\"h{0}\">{1}</h2>\n"
                            "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-labelledby=\"h{0}\">\n"
                            "<table aria-labelledby=\"h{0}\">\n",
                            index, html_escaped(table.heading));
        add_head();
        out_ += "<tbody>\n";
        for (const auto& row : table.rows)
            add_row(row);
        out_ += "</tbody>\n</table>\n</div>\n";
        if (!table.notes.empty()) {
            out_ += "<ul class=\"notes\">\n";
            for (const auto& note : table.notes)
                out_ += fmt::format("<li>{}</li>\n", html_escaped(note));
            out_ += "</ul>\n";
        }
        out_ += "</section>\n";
    }

    void add_head()
    {
        out_ += "<thead>\n<tr>";
        const auto add = [&](const std::string& text, const char* style) {
            out_ += fmt::format("<th scope=\"col\"{}>{}</th>", style, html_escaped(text));
        };
        add(words_.say("nr", "no"), " class=\"n\"");
        add(words_.say("indikator", "indicator"), "");
        if (has_charts_)
            add(words_.say("over tid", "over time"), " class=\"course\"");
        for (const auto& heading : page_.values)
            add(heading, " class=\"n\"");
        if (page_.shows_newest) {
            add(words_.say("målt", "measured"), " class=\"measured\"");
            add(words_.say("enhet", "unit"), "");
            add("type", "");
            add(words_.say("kilde", "source"), "");
        }
        for (const auto& heading : page_.changes)
            add(heading, "");
        out_ += "</tr>\n</thead>\n";
    }

    void add_row(const PageRow& row)
    {
        out_ += fmt::format(R"(<tr><td class="n">{}</td><th scope="row" class="label">{})", row.row->number_text(),
                            html_escaped(row.label));
        if (!page_.shows_newest)
            add_about(row);
        out_ += "</th>";
        if (has_charts_)
            out_ += fmt::format("<td>{}</td>", course_chart(row, words_));
        for (const auto& value : row.values)
            out_ += fmt::format("<td class=\"n\"{}>{}</td>",
                                value.note.empty() ? "" : fmt::format(" title=\"{}\"", html_escaped(value.note)),
                                html_escaped(value.text));
        if (page_.shows_newest)
            out_ += fmt::format("<td>{}</td><td>{}</td><td>{}</td><td>{}</td>", html_escaped(row.measured),
                                html_escaped(row.unit), html_escaped(row.type), html_escaped(row.source));
        for (const auto& change : row.changes)
            add_change(change);
        out_ += "</tr>\n";
    }

    /// Below the label, where the columns of changes leave no room for columns of their own.
    void add_about(const PageRow& row)
    {
        std::vector<std::string> about = {row.type, row.source};
        if (row.row->kind() != IndicatorKind::share)
            about.push_back(row.unit);
        std::erase(about, "");
        if (!about.empty())
            out_ += fmt::format("<span class=\"unit\">{}</span>", html_escaped(join(about, " · ")));
    }

    void add_change(const ChangeCell& cell)
    {
        out_ += fmt::format(R"(<td class="change {}" title="{}">)", outcome_class(cell.verdict->outcome),
                            html_escaped(cell.sentence));
        if (!cell.text.empty())
            out_ += fmt::format("<span class=\"figure\">{}</span> ", html_escaped(cell.text));
        out_ += fmt::format("<span class=\"mark\">{}</span>", html_escaped(cell.mark));
        for (const auto& note : cell.notes)
            out_ += fmt::format("<span class=\"remark\">{}</span>", unbroken(note));
        out_ += "</td>";
    }

    void add_differences()
    {
        if (page_.differences_heading.empty())
            return;
        out_ += fmt::format("<section id=\"differences\">\n<h2>{}</h2>\n", html_escaped(page_.differences_heading));
        if (page_.differences.empty())
            out_ += fmt::format("<p>{}</p>\n", words_.say("Ingenting.", "Nothing."));
        for (const auto& group : page_.differences) {
            out_ += fmt::format("<h3>{}</h3>\n<table>\n<thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th>"
                                "<th scope=\"col\">{}</th></tr></thead>\n<tbody>\n",
                                html_escaped(group.heading), words_.say("nr", "no"),
                                words_.say("indikator", "indicator"), words_.say("hva", "what"));
            for (const auto& line : group.lines)
                out_ += fmt::format("<tr><td class=\"n\">{}</td><th scope=\"row\" class=\"label\">{}</th>"
                                    "<td>{}</td></tr>\n",
                                    html_escaped(line.number), html_escaped(line.label), html_escaped(line.text));
            out_ += "</tbody>\n</table>\n";
        }
        out_ += "</section>\n";
    }

    void add_listing(const char* id, const Listing& listing)
    {
        if (listing.rows.empty())
            return;
        out_ += fmt::format("<section id=\"{}\">\n<h2>{}</h2>\n", id, html_escaped(listing.heading));
        if (!listing.lead.empty())
            out_ += fmt::format("<p>{}</p>\n", html_escaped(listing.lead));
        out_ += "<div class=\"wide\">\n<table>\n<thead><tr>";
        for (const auto& column : listing.columns)
            out_ += column.empty() ? "<td></td>" : fmt::format("<th scope=\"col\">{}</th>", html_escaped(column));
        out_ += "</tr></thead>\n<tbody>\n";
        for (const auto& row : listing.rows) {
            out_ += "<tr>";
            for (std::size_t i = 0; i < row.size(); ++i)
                out_ += fmt::format(fmt::runtime(i == 0 ? "<th scope=\"row\">{}</th>" : "<td>{}</td>"),
                                    html_escaped(row[i]));
            out_ += "</tr>\n";
        }
        out_ += "</tbody>\n</table>\n</div>\n</section>\n";
    }

    const Page& page_;
    const ReportText& words_;
    bool has_charts_ = false; ///< any: else there is no column for them
    std::string out_;
};

} // namespace

std::string render_html(const Rendering& from)
{
    const auto page = make_printable_page(from.report, from.catalogue, from.language);
    return HtmlReport(page).render();
}

} // namespace skurd
