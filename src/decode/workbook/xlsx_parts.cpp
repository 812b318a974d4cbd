#include "decode/workbook/xlsx_parts.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "decode/workbook/cell_text.hpp"

#include <charconv>
#include <map>
#include <utility>

namespace skurd {

namespace {

std::optional<std::size_t> whole(std::string_view text)
{
    std::size_t number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    return failure == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

class SharedStrings final : public XmlHandler {
public:
    explicit SharedStrings(const SheetLimits& limits) : limits_(limits) {}

    void start(std::string_view element, const XmlAttributes& attributes) override
    {
        if (element == "si") {
            if (all.size() == limits_.strings)
                throw error("the workbook has more than {} texts", limits_.strings);
            all.emplace_back();
            text_.begin();
        }
        text_.start(element, attributes);
    }
    void end(std::string_view element) override
    {
        if (!all.empty())
            text_.end(element, all.back());
    }
    void text(std::string_view utf8) override { text_.text(utf8); }

    std::vector<std::string> all;

private:
    const SheetLimits& limits_;
    RichText text_;
};

class Styles final : public XmlHandler {
public:
    explicit Styles(const SheetLimits& limits) : limits_(limits) {}

    void start(std::string_view element, const XmlAttributes& attributes) override
    {
        if (element == "cellXfs")
            in_cells_ = true;
        if (codes_.size() > limits_.formats || formats.size() > limits_.formats)
            throw error("the workbook has more than {} formats", limits_.formats);
        const auto id = whole(attribute(attributes, "numFmtId", "0"));
        if (element == "numFmt" && id)
            codes_[*id] = cell_format(unescaped(attribute(attributes, "formatCode")));
        if (element == "xf" && in_cells_)
            formats.push_back(!id ? CellFormat{} : codes_.contains(*id) ? codes_[*id] : builtin_cell_format(*id));
    }
    void end(std::string_view element) override { in_cells_ &= element != "cellXfs"; }
    void text(std::string_view) override {}

    std::vector<CellFormat> formats;

private:
    const SheetLimits& limits_;
    std::map<std::size_t, CellFormat> codes_;
    bool in_cells_ = false;
};

/// "A18:Y18" as a merged cell.
std::optional<MergedCell> merged_from(std::string_view range)
{
    const auto colon = range.find(':');
    const auto first = cell_from(range.substr(0, colon));
    const auto last = colon == std::string_view::npos ? std::nullopt : cell_from(range.substr(colon + 1));
    if (!first || !last || last->row < first->row || last->column < first->column)
        return std::nullopt;
    return MergedCell{first->row, last->row, first->column, last->column};
}

class SheetPart final : public XmlHandler {
public:
    SheetPart(const std::string& name, const XlsxContext& context, const SheetLimits& limits)
        : name_(name), context_(context), limits_(limits), sheet_(name, limits)
    {
    }

    void start(std::string_view element, const XmlAttributes& attributes) override
    {
        if (element == "row")
            start_row(attributes);
        else if (element == "c")
            start_cell(attributes);
        else if (element == "mergeCell")
            merge(attribute(attributes, "ref"));
        // <v> is the value, <is> an inline text; a formula <f> is not read, only what it last gave.
        in_value_ = element == "v";
        has_value_ |= in_value_ || element == "is";
        has_formula_ |= element == "f";
        if (element == "is")
            inline_text_.begin();
        if (type_ == "inlineStr")
            inline_text_.start(element, attributes);
    }

    void end(std::string_view element) override
    {
        in_value_ = false;
        if (type_ == "inlineStr")
            inline_text_.end(element, value_);
        if (element == "c")
            end_cell();
    }

    void text(std::string_view utf8) override
    {
        if (value_.size() + inline_text_.size() + utf8.size() > limits_.text_size &&
            (in_value_ || type_ == "inlineStr"))
            refuse(fmt::format("more than {} bytes", limits_.text_size));
        if (in_value_)
            value_ += utf8;
        if (type_ == "inlineStr")
            inline_text_.text(utf8);
    }

    Sheet take() { return sheet_.take(); }

private:
    [[noreturn]] void refuse(const std::string& why) const
    {
        throw error("sheet '{}', {}{}: {}", excerpt(name_), column_name(at_.column), at_.row, why);
    }

    void start_row(const XmlAttributes& attributes)
    {
        const auto stated = attribute(attributes, "r");
        const auto number = stated.empty() ? at_.row + 1 : whole(stated).value_or(0);
        if (number == 0 || number > limits_.rows)
            throw error("sheet '{}': there is no row {}", excerpt(name_), excerpt(stated));
        at_ = {0, static_cast<std::uint32_t>(number)};
        is_row_start_ = true;
    }

    /// A cell without a name stands right of the one before.
    void start_cell(const XmlAttributes& attributes)
    {
        const auto name = attribute(attributes, "r");
        const auto stated = cell_from(name);
        if (!name.empty() && (!stated || stated->row != at_.row))
            throw error("sheet '{}': a cell '{}' in row {}", excerpt(name_), excerpt(name), at_.row);
        at_.column = stated ? stated->column : at_.column + (is_row_start_ ? 0 : 1);
        is_row_start_ = false;
        type_ = attribute(attributes, "t", "n");
        style_ = whole(attribute(attributes, "s", "0")).value_or(0);
        value_.clear();
        inline_text_ = {};
        has_formula_ = false;
        has_value_ = false;
    }

    void end_cell()
    {
        const auto type = std::exchange(type_, "");
        if (has_formula_ && is_not_computed(type)) {
            sheet_.add(at_.row, not_computed_cell(at_.column));
        } else if (type == "s") {
            add_text(value_.empty() ? "" : shared_text());
        } else if (type == "b" && !value_.empty()) {
            add_text(value_ == "1" || value_ == "true" ? "TRUE" : "FALSE");
        } else if (type == "d") {
            sheet_.add(at_.row, iso_date_cell(at_.column, trim(value_)));
        } else if (type == "n" && !value_.empty()) {
            const auto format = style_ < context_.formats.size() ? context_.formats[style_] : CellFormat{};
            sheet_.add(at_.row, number_cell(at_.column, trim(value_), format, context_.from_1904));
        } else if (type == "str" || type == "inlineStr" || type == "e") {
            add_text(type == "str" ? unescaped(value_) : value_);
        } else if (type != "n" && type != "b") {
            refuse(fmt::format("a cell of a kind ('{}') that nobody knows", excerpt(type)));
        }
    }

    /// Only a text may come to nothing. Where all is to be computed as the file is opened, the program that wrote it
    /// has put a 0 or "" there for want of a result.
    bool is_not_computed(std::string_view type) const
    {
        if (!has_value_ || (type != "str" && trim(value_).empty()))
            return true;
        if (!context_.computes_on_load || (type != "n" && type != "str"))
            return false;
        const auto number = type == "n" ? sheet_number(trim(value_)) : std::nullopt;
        return value_.empty() || (number && number->is_zero());
    }

    const std::string& shared_text() const
    {
        const auto index = whole(trim(value_));
        if (!index || *index >= context_.strings.size())
            refuse(fmt::format("there is no shared text {}", excerpt(value_)));
        return context_.strings[*index];
    }

    void add_text(const std::string& text)
    {
        SheetCell cell;
        cell.column = at_.column;
        cell.text = text;
        sheet_.add(at_.row, std::move(cell));
    }

    void merge(std::string_view range)
    {
        if (const auto merged = merged_from(range))
            sheet_.merge(*merged);
    }

    const std::string& name_;
    const XlsxContext& context_;
    const SheetLimits& limits_;
    SheetBuilder sheet_;
    CellName at_; ///< of the cell that is read
    bool is_row_start_ = true;
    bool in_value_ = false;
    bool has_formula_ = false;
    bool has_value_ = false;
    std::string type_;
    std::size_t style_ = 0;
    std::string value_;
    RichText inline_text_;
};

} // namespace

void RichText::begin()
{
    *this = {};
}

void RichText::start(std::string_view element, const XmlAttributes& attributes)
{
    if (element == "r")
        is_raised_ = false;
    else if (element == "vertAlign")
        is_raised_ = attribute(attributes, "val") == "superscript";
    is_phonetic_ |= element == "rPh";
    in_text_ = element == "t" && !is_phonetic_;
    piece_.clear();
}

void RichText::end(std::string_view element, std::string& into)
{
    if (std::exchange(in_text_, false)) {
        const auto piece = unescaped(piece_);
        into += is_raised_ ? raised(piece) : piece;
    }
    piece_.clear();
    is_phonetic_ &= element != "rPh";
    is_raised_ &= element != "r";
}

void RichText::text(std::string_view utf8)
{
    if (in_text_)
        piece_ += utf8;
}

std::vector<std::string> read_shared_strings(std::string_view xml, const SheetLimits& limits)
{
    SharedStrings strings(limits);
    read_xml(xml, strings);
    return std::move(strings.all);
}

std::vector<CellFormat> read_cell_formats(std::string_view xml, const SheetLimits& limits)
{
    Styles styles(limits);
    read_xml(xml, styles);
    return std::move(styles.formats);
}

Sheet read_xlsx_sheet(std::string_view xml, const std::string& name, const XlsxContext& context,
                      const SheetLimits& limits)
{
    SheetPart part(name, context, limits);
    read_xml(xml, part);
    return part.take();
}

} // namespace skurd
