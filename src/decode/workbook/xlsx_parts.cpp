#include "decode/workbook/xlsx_parts.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

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

    void start(std::string_view element, const XmlAttributes&) override
    {
        if (element == "si") {
            if (all.size() == limits_.strings)
                throw error("the workbook has more than {} texts", limits_.strings);
            all.emplace_back();
        }
        phonetic_ |= element == "rPh";
        in_text_ = element == "t" && !phonetic_ && !all.empty();
    }
    void end(std::string_view element) override
    {
        in_text_ = false;
        phonetic_ &= element != "rPh";
    }
    void text(std::string_view utf8) override
    {
        if (in_text_)
            all.back() += utf8;
    }

    std::vector<std::string> all;

private:
    const SheetLimits& limits_;
    bool in_text_ = false;
    bool phonetic_ = false;
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
            codes_[*id] = number_format(attribute(attributes, "formatCode"));
        if (element == "xf" && in_cells_)
            formats.push_back(!id                    ? NumberFormat::plain
                              : codes_.contains(*id) ? codes_[*id]
                                                     : builtin_number_format(static_cast<int>(*id % 1000)));
    }
    void end(std::string_view element) override { in_cells_ &= element != "cellXfs"; }
    void text(std::string_view) override {}

    std::vector<NumberFormat> formats;

private:
    const SheetLimits& limits_;
    std::map<std::size_t, NumberFormat> codes_;
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
        phonetic_ |= element == "rPh";
        // <v> is the value, <is><t> an inline text; a formula <f> is not read, only what it last gave.
        in_value_ = element == "v" || (element == "t" && type_ == "inlineStr" && !phonetic_);
    }

    void end(std::string_view element) override
    {
        in_value_ = false;
        phonetic_ &= element != "rPh";
        if (element == "c")
            end_cell();
    }

    void text(std::string_view utf8) override
    {
        if (!in_value_)
            return;
        if (value_.size() + utf8.size() > limits_.text_size)
            refuse(fmt::format("more than {} bytes", limits_.text_size));
        value_ += utf8;
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
    }

    void end_cell()
    {
        const auto type = std::exchange(type_, "");
        if (type == "s") {
            const auto index = whole(value_);
            if (!value_.empty() && (!index || *index >= context_.strings.size()))
                refuse(fmt::format("there is no shared text {}", excerpt(value_)));
            add_text(value_.empty() ? "" : context_.strings[*index]);
        } else if (type == "b") {
            add_text(value_ == "1" ? "TRUE" : "FALSE");
        } else if (type == "d") {
            SheetCell cell{at_.column, SheetCell::Kind::date, {}, value_};
            sheet_.add(at_.row, std::move(cell));
        } else if (type == "n" && !value_.empty()) {
            const auto format = style_ < context_.formats.size() ? context_.formats[style_] : NumberFormat::plain;
            sheet_.add(at_.row, number_cell(at_.column, trim(value_), format, context_.from_1904));
        } else if (type != "n") { // "str", "inlineStr", "e"
            add_text(value_);
        }
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
    bool phonetic_ = false;
    std::string type_;
    std::size_t style_ = 0;
    std::string value_;
};

} // namespace

std::vector<std::string> read_shared_strings(std::string_view xml, const SheetLimits& limits)
{
    SharedStrings strings(limits);
    read_xml(xml, strings);
    return std::move(strings.all);
}

std::vector<NumberFormat> read_cell_formats(std::string_view xml, const SheetLimits& limits)
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
