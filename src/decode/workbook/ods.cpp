// OpenDocument spreadsheets (OASIS OpenDocument 1.3, part 3, chapter 9: tables).
#include "base/error.hpp"
#include "base/text.hpp"
#include "decode/workbook/cell_text.hpp"
#include "decode/workbook/sheet.hpp"
#include "decode/workbook/sheet_number.hpp"
#include "lib/orcus/xml.hpp"
#include "lib/zip/zip_archive.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>
#include <utility>

namespace skurd {

namespace {

/// How often a cell or row stands there; hostile numbers are held to the limit they would pass.
std::uint32_t repeated(const XmlAttributes& attributes, std::string_view name)
{
    constexpr std::uint32_t most = 10'000'000;
    const auto text = attribute(attributes, name, "1");
    std::uint32_t count = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), count);
    return failure != std::errc() || end != text.data() + text.size() ? most : std::min(count, most);
}

/// Names of styles in content.xml that say something of what is read.
struct OdsStyles {
    std::set<std::string, std::less<>> raised; ///< of text in superscript
    std::set<std::string, std::less<>> hidden; ///< of sheets that are not shown
};

/// The sheets in content.xml, and the styles, which stand above them.
class Overview final : public XmlHandler {
public:
    explicit Overview(const SheetLimits& limits) : limits_(limits) {}

    void start(std::string_view element, const XmlAttributes& attributes) override
    {
        if (element == "style")
            style_ = attribute(attributes, "name");
        else if (element == "text-properties" && attribute(attributes, "text-position").starts_with("super"))
            add_to(styles.raised);
        else if (element == "table-properties" && attribute(attributes, "display") == "false")
            add_to(styles.hidden);
        if (element != "table" || ++depth_ != 1)
            return;
        if (sheets.size() == limits_.sheets)
            throw error("the workbook has more than {} sheets", limits_.sheets);
        SheetInfo sheet;
        sheet.name = attribute(attributes, "name");
        if (styles.hidden.contains(attribute(attributes, "style-name")))
            sheet.visibility = SheetInfo::Visibility::hidden;
        sheets.push_back(std::move(sheet));
    }
    void end(std::string_view element) override { depth_ -= element == "table" ? 1 : 0; }
    void text(std::string_view) override {}

    std::vector<SheetInfo> sheets;
    OdsStyles styles;

private:
    void add_to(std::set<std::string, std::less<>>& names)
    {
        if (names.size() == limits_.formats)
            throw error("the workbook has more than {} formats", limits_.formats);
        names.insert(style_);
    }

    const SheetLimits& limits_;
    std::string style_;
    int depth_ = 0; ///< a cell may hold a table of its own
};

/// What a formula shows that failed; older programs give it the value 0.
bool is_error(std::string_view shown)
{
    return shown.starts_with("Err:") || shown == "#N/A" ||
           (shown.starts_with('#') && (shown.ends_with('!') || shown.ends_with('?')));
}

/// A duration as XML Schema writes it: "PT36H00M00S"; nothing for one of years or months.
std::optional<std::int64_t> seconds_of(std::string_view duration)
{
    const bool is_negative = duration.starts_with('-');
    duration.remove_prefix(is_negative ? 1 : 0);
    if (!duration.starts_with('P'))
        return std::nullopt;
    double seconds = 0;
    for (duration.remove_prefix(1); !duration.empty();) {
        if (duration.starts_with('T')) {
            duration.remove_prefix(1);
            continue;
        }
        double part = 0;
        const auto [end, failure] =
            std::from_chars(duration.data(), duration.data() + duration.size(), part, std::chars_format::fixed);
        duration.remove_prefix(static_cast<std::size_t>(end - duration.data()));
        const auto unit = duration.substr(0, 1);
        const double size = unit == "D" ? 86'400 : unit == "H" ? 3600 : unit == "M" ? 60 : unit == "S" ? 1 : 0;
        if (failure != std::errc() || size == 0 || !(std::abs(part) < 1e12))
            return std::nullopt;
        seconds += part * size;
        duration.remove_prefix(1);
    }
    return std::llround(is_negative ? -seconds : seconds);
}

/// One sheet of content.xml.
class Content final : public XmlHandler {
public:
    Content(std::size_t sheet, const std::string& name, const OdsStyles& styles, const SheetLimits& limits)
        : wanted_(sheet), name_(name), styles_(styles), limits_(limits), sheet_(name, limits)
    {
    }

    void start(std::string_view element, const XmlAttributes& attributes) override
    {
        if (element == "table" && ++depth_ == 1)
            in_sheet_ = tables_++ == wanted_;
        if (!in_sheet_ || depth_ != 1)
            return;
        if (element == "table-row") {
            row_ += std::exchange(row_repeated_, repeated(attributes, "number-rows-repeated"));
            column_ = 0;
            cells_.clear();
        } else if (element == "table-cell" || element == "covered-table-cell") {
            start_cell(attributes, element == "table-cell");
        } else if (element == "annotation") {
            ++in_note_;
        } else if (element == "p" && in_cell_ && !in_note_ && paragraphs_++ > 0) {
            add_text("\n");
        } else if (in_cell_ && (element == "s" || element == "tab" || element == "line-break")) {
            add_text(" ");
        }
        if (element == "span" && in_cell_)
            spans_.push_back(styles_.raised.contains(attribute(attributes, "style-name")));
        in_text_ += element == "p" ? 1 : 0;
    }

    void end(std::string_view element) override
    {
        if (in_sheet_ && depth_ == 1) {
            in_text_ -= element == "p" ? 1 : 0;
            in_note_ -= element == "annotation" ? 1 : 0;
            if (element == "span" && !spans_.empty())
                spans_.pop_back();
            if (element == "table-cell" || element == "covered-table-cell")
                end_cell();
            else if (element == "table-row")
                end_row();
        }
        if (element == "table" && --depth_ == 0 && std::exchange(in_sheet_, false))
            done_ = true;
    }

    void text(std::string_view utf8) override
    {
        if (in_cell_ && in_text_ > 0 && in_note_ == 0)
            add_text(!spans_.empty() && spans_.back() ? raised(utf8) : std::string(utf8));
    }

    bool is_done() const override { return done_; }
    Sheet take() { return sheet_.take(); }

private:
    void start_cell(const XmlAttributes& attributes, bool whole)
    {
        const auto columns = repeated(attributes, "number-columns-spanned");
        const auto rows = repeated(attributes, "number-rows-spanned");
        if (whole && (columns > 1 || rows > 1))
            sheet_.merge({row_, row_ + rows - 1, column_, column_ + columns - 1});
        columns_repeated_ = repeated(attributes, "number-columns-repeated");
        paragraphs_ = 0;
        is_open_ = true;
        in_cell_ = whole; // what a covered cell holds is not shown
        text_.clear();
        spans_.clear();
        has_formula_ = !attribute(attributes, "formula").empty();
        is_error_ = std::any_of(attributes.begin(), attributes.end(),
                                [](const auto& a) { return a.name == "value-type" && a.value == "error"; });
        type_ = attribute(attributes, "value-type");
        value_ = attribute(attributes, type_ == "date"      ? "date-value"
                                       : type_ == "time"    ? "time-value"
                                       : type_ == "boolean" ? "boolean-value"
                                       : type_ == "string"  ? "string-value"
                                                            : "value");
    }

    void add_text(std::string_view utf8)
    {
        if (text_.size() + utf8.size() > limits_.text_size)
            throw error("sheet '{}', {}{}: more than {} bytes", excerpt(name_), column_name(column_), row_,
                        limits_.text_size);
        text_ += utf8;
    }

    /// The cell by its type and value; where it has none, by what it shows.
    SheetCell made_cell() const
    {
        if (has_formula_ && value_.empty() && text_.empty() && type_ != "string")
            return not_computed_cell(column_);
        SheetCell cell;
        cell.column = column_;
        cell.text = text_;
        if (value_.empty() || is_error_ || is_error(text_))
            return cell;
        if (type_ == "float" || type_ == "currency")
            return as_shown(number_cell(column_, value_, {}, false));
        if (type_ == "percentage")
            return number_cell(column_, value_, {NumberFormat::percent}, false);
        if (type_ == "date")
            return date_cell();
        if (type_ == "time") {
            const auto seconds = seconds_of(value_);
            cell.kind = SheetCell::Kind::time;
            cell.text = seconds ? duration_text(*seconds) : value_;
        } else if (type_ == "boolean") {
            cell.text = value_ == "true" ? "TRUE" : "FALSE";
        } else if (type_ == "string" && text_.empty()) { // what it shows says of which part is raised
            cell.text = value_;
        }
        return cell;
    }

    /// With the zeros that are shown before it.
    SheetCell as_shown(SheetCell cell) const
    {
        const auto zeros = text_.size() - std::min(text_.size(), cell.text.size());
        if (zeros > 0 && all_digits(text_) && text_.find_first_not_of('0') == zeros && text_.ends_with(cell.text))
            cell.text = text_;
        return cell;
    }

    SheetCell date_cell() const
    {
        auto cell = iso_date_cell(column_, value_);
        constexpr std::size_t year_size = 4;
        if (text_.size() == year_size && all_digits(text_))
            cell.shown = DatePeriod::year;
        return cell;
    }

    void end_cell()
    {
        if (!std::exchange(is_open_, false))
            return;
        auto cell = in_cell_ ? made_cell() : SheetCell{};
        in_cell_ = false;
        if (!cell.text.empty() && std::size_t(column_) + columns_repeated_ > limits_.columns)
            throw error("sheet '{}', {}{}: more than {} columns", excerpt(name_), column_name(column_), row_,
                        limits_.columns);
        for (std::uint32_t i = 0; !cell.text.empty() && i < columns_repeated_; ++i) {
            cell.column = column_ + i;
            cells_.push_back(cell);
        }
        column_ = std::min(column_ + columns_repeated_, 20'000'000U);
        type_.clear();
    }

    void end_row()
    {
        for (std::uint32_t i = 0; !cells_.empty() && i < row_repeated_; ++i)
            for (const auto& cell : cells_)
                sheet_.add(row_ + i, cell);
        row_ = std::min(row_, 20'000'000U);
    }

    std::size_t wanted_;
    const std::string& name_;
    const OdsStyles& styles_;
    const SheetLimits& limits_;
    SheetBuilder sheet_;
    std::size_t tables_ = 0;
    int depth_ = 0;
    bool in_sheet_ = false;
    bool done_ = false;
    std::uint32_t row_ = 0; ///< from 1; that of the row being read
    std::uint32_t row_repeated_ = 1;
    std::uint32_t column_ = 0;
    std::uint32_t columns_repeated_ = 1;
    bool is_open_ = false;
    bool in_cell_ = false;
    bool has_formula_ = false;
    bool is_error_ = false;   ///< LibreOffice says so in an attribute of its own
    std::vector<bool> spans_; ///< that are open: whether each is in superscript
    int in_text_ = 0;
    int in_note_ = 0;
    int paragraphs_ = 0;
    std::string type_;
    std::string value_;
    std::string text_;
    std::vector<SheetCell> cells_; ///< of the row
};

class Ods final : public Workbook {
public:
    Ods(std::string_view bytes, const SheetLimits& limits) : limits_(limits)
    {
        ZipArchive archive(bytes, {}, ForeignEntries::pass_over);
        refuse_encrypted(archive);
        content_ = archive.read("content.xml");
        Overview overview(limits_);
        read_xml(content_, overview);
        sheets_ = std::move(overview.sheets);
        styles_ = std::move(overview.styles);
    }

    const std::vector<SheetInfo>& sheets() const override { return sheets_; }

    Sheet read(std::size_t sheet) override
    {
        Content content(sheet, sheets_[sheet].name, styles_, limits_);
        read_xml(content_, content);
        return content.take();
    }

private:
    static void refuse_encrypted(ZipArchive& archive)
    {
        constexpr auto manifest = "META-INF/manifest.xml";
        if (archive.has(manifest) && archive.read(manifest).find("encryption-data") != std::string::npos)
            throw error("the workbook is encrypted: save it without a password");
    }

    SheetLimits limits_;
    std::string content_;
    std::vector<SheetInfo> sheets_;
    OdsStyles styles_;
};

} // namespace

std::unique_ptr<Workbook> open_ods(std::string_view bytes, const SheetLimits& limits)
{
    return std::make_unique<Ods>(bytes, limits);
}

} // namespace skurd
