// OpenDocument spreadsheets (OASIS OpenDocument 1.3, part 3, chapter 9: tables).
#include "base/error.hpp"
#include "base/text.hpp"
#include "decode/workbook/sheet.hpp"
#include "decode/workbook/sheet_number.hpp"
#include "lib/orcus/xml.hpp"
#include "lib/zip/zip_archive.hpp"

#include <charconv>
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

/// The names of the sheets in content.xml.
class Names final : public XmlHandler {
public:
    explicit Names(const SheetLimits& limits) : limits_(limits) {}

    void start(std::string_view element, const XmlAttributes& attributes) override
    {
        if (element != "table" || ++depth_ != 1)
            return;
        if (all.size() == limits_.sheets)
            throw error("the workbook has more than {} sheets", limits_.sheets);
        all.emplace_back(attribute(attributes, "name"));
    }
    void end(std::string_view element) override { depth_ -= element == "table" ? 1 : 0; }
    void text(std::string_view) override {}

    std::vector<std::string> all;

private:
    const SheetLimits& limits_;
    int depth_ = 0; ///< a cell may hold a table of its own
};

/// One sheet of content.xml.
class Content final : public XmlHandler {
public:
    Content(std::size_t sheet, const std::string& name, const SheetLimits& limits)
        : wanted_(sheet), name_(name), limits_(limits), sheet_(name, limits)
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
        in_text_ += element == "p" ? 1 : 0;
    }

    void end(std::string_view element) override
    {
        if (in_sheet_ && depth_ == 1) {
            in_text_ -= element == "p" ? 1 : 0;
            in_note_ -= element == "annotation" ? 1 : 0;
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
            add_text(utf8);
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
        in_cell_ = whole; // what a covered cell holds is not shown
        text_.clear();
        type_ = attribute(attributes, "value-type");
        value_ = type_ == "date" ? attribute(attributes, "date-value") : attribute(attributes, "value");
    }

    void add_text(std::string_view utf8)
    {
        if (text_.size() + utf8.size() > limits_.text_size)
            throw error("sheet '{}', {}{}: more than {} bytes", excerpt(name_), column_name(column_), row_,
                        limits_.text_size);
        text_ += utf8;
    }

    void end_cell()
    {
        in_cell_ = false;
        SheetCell cell;
        if (type_ == "float" || type_ == "currency")
            cell = number_cell(column_, value_, NumberFormat::plain, false);
        else if (type_ == "percentage")
            cell = number_cell(column_, value_, NumberFormat::percent, false);
        else if (type_ == "date")
            cell = {column_, SheetCell::Kind::date, {}, value_};
        else
            cell.text = text_;
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
    bool in_cell_ = false;
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
        ZipArchive archive(bytes);
        refuse_encrypted(archive);
        content_ = archive.read("content.xml");
        Names names(limits_);
        read_xml(content_, names);
        names_ = std::move(names.all);
    }

    const std::vector<std::string>& names() const override { return names_; }

    Sheet read(std::size_t sheet) override
    {
        Content content(sheet, names_[sheet], limits_);
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
    std::vector<std::string> names_;
};

} // namespace

std::unique_ptr<Workbook> open_ods(std::string_view bytes, const SheetLimits& limits)
{
    return std::make_unique<Ods>(bytes, limits);
}

} // namespace skurd
