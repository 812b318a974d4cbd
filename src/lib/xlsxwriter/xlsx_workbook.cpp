#include "lib/xlsxwriter/xlsx_workbook.hpp"

#include "base/error.hpp"
#include "base/read_file.hpp"
#include "base/text.hpp"

#include <xlsxwriter.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <iterator>
#include <map>
#include <set>
#include <unistd.h>
#include <utility>

namespace skurd {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t cell_characters_max = 32767;
constexpr std::size_t name_characters_max = 31;
constexpr std::size_t head_characters_max = 55; ///< of a side; each may be two, and the whole at most 255
constexpr std::size_t exact_digits = 15;

/// At most so many code points.
std::string cut(std::string_view text, std::size_t characters)
{
    std::size_t seen = 0;
    for (std::size_t i = 0; i < text.size(); ++i)
        if ((static_cast<unsigned char>(text[i]) & 0xc0) != 0x80 && seen++ == characters)
            return std::string(text.substr(0, i));
    return std::string(text);
}

bool is_exact_as_double(const Decimal& number)
{
    const auto digits = number.normalised().text();
    return static_cast<std::size_t>(std::count_if(digits.begin(), digits.end(),
                                                  [](char c) { return c >= '0' && c <= '9'; })) <= exact_digits;
}

void check(lxw_error failure)
{
    if (failure != LXW_NO_ERROR)
        throw error("the workbook could not be written: {}", lxw_strerror(failure));
}

/// A new empty folder below the system's for temporary files, gone with the object.
struct ScratchFolder {
    fs::path path;

    ScratchFolder()
    {
        auto name = (fs::temp_directory_path() / "skurd-xlsx-XXXXXX").string();
        if (!mkdtemp(name.data()))
            throw error("{}: no temporary folder can be made here; set TMPDIR to one where it can",
                        fs::temp_directory_path().string());
        path = name;
    }
    ~ScratchFolder()
    {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
};

} // namespace

struct XlsxWorkbook::Handle {
    ScratchFolder folder;
    std::string file = (folder.path / "book.xlsx").string();
    lxw_workbook* book = nullptr; ///< of libxlsxwriter, which frees it when it closes
    lxw_worksheet* sheet = nullptr;
    std::set<std::string> names; ///< in lower case
    std::string page_head;       ///< in the codes of Excel; "" = none
    std::map<SheetStyle, lxw_format*> formats;

    Handle() = default;
    ~Handle()
    {
        if (book)
            workbook_close(book);
    }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    lxw_format* format(const SheetStyle& style);
};

lxw_format* XlsxWorkbook::Handle::format(const SheetStyle& style)
{
    auto& format = formats[style];
    if (format)
        return format;
    format = workbook_add_format(book);
    if (!style.number_format.empty())
        format_set_num_format(format, style.number_format.c_str());
    if (style.colour != 0)
        format_set_font_color(format, style.colour);
    if (style.background != 0xffffff)
        format_set_bg_color(format, style.background);
    if (style.bold)
        format_set_bold(format);
    if (style.wrap)
        format_set_text_wrap(format);
    if (style.size != 0)
        format_set_font_size(format, style.size);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (style.rule == SheetStyle::Rule::light) {
        format_set_bottom(format, LXW_BORDER_THIN);
        format_set_bottom_color(format, 0xc9cbd1);
    }
    if (style.indent != 0)
        format_set_indent(format, static_cast<std::uint8_t>(style.indent));
    format_set_align(format, style.align == SheetStyle::Align::right ? LXW_ALIGN_RIGHT : LXW_ALIGN_LEFT);
    return format;
}

XlsxWorkbook::XlsxWorkbook(const std::string& title, Time created) : handle_(std::make_unique<Handle>())
{
    auto folder = handle_->folder.path.string();
    lxw_workbook_options options{};
    options.tmpdir = folder.data();
    handle_->book = workbook_new_opt(handle_->file.c_str(), &options);
    if (!handle_->book)
        throw error("a workbook could not be begun: out of memory");
    auto name = cut(title, 255);
    lxw_doc_properties properties{};
    properties.title = name.data();
    // Zero would be the library's word for now.
    properties.created = std::max<std::time_t>(1, created.time_since_epoch().count());
    check(workbook_set_properties(handle_->book, &properties));
}

XlsxWorkbook::~XlsxWorkbook() = default;

void XlsxWorkbook::add_sheet(const std::string& name)
{
    std::string clean;
    for (const char c : name)
        clean += std::string_view("[]:*?/\\'").find(c) == std::string_view::npos ? c : ' ';
    clean = trim(cut(clean, name_characters_max));
    auto chosen = clean.empty() ? "1" : clean;
    for (int i = 2; !handle_->names.insert(to_lower(chosen)).second; ++i) {
        const auto tail = fmt::format(" {}", i);
        chosen = cut(clean, name_characters_max - tail.size()) + tail;
    }
    handle_->sheet = workbook_add_worksheet(handle_->book, chosen.c_str());
    if (!handle_->sheet)
        throw error("a sheet named '{}' could not be added to the workbook", excerpt(chosen));
    worksheet_set_landscape(handle_->sheet);
    worksheet_set_paper(handle_->sheet, 9); // A4
    worksheet_fit_to_pages(handle_->sheet, 1, 0);
    worksheet_set_margins(handle_->sheet, 0.4, 0.4, handle_->page_head.empty() ? 0.5 : 0.8, 0.6);
    if (!handle_->page_head.empty())
        worksheet_set_header(handle_->sheet, handle_->page_head.c_str());
    worksheet_set_footer(handle_->sheet, "&L&8 &A&R&8 &P / &N");
}

void XlsxWorkbook::set_column_width(int column, int characters)
{
    const auto at = static_cast<lxw_col_t>(column);
    check(worksheet_set_column(handle_->sheet, at, at, characters, nullptr));
}

void XlsxWorkbook::set_row_height(int row, int lines)
{
    constexpr double line_points = 15;
    constexpr double points_max = 409; // Excel's
    check(worksheet_set_row(handle_->sheet, static_cast<lxw_row_t>(row), std::min(lines * line_points, points_max),
                            nullptr));
}

void XlsxWorkbook::set_page_head(const std::string& left, const std::string& right)
{
    // An ampersand begins a code in them, and a digit after a code would be a size: hence the spaces. Both sides fit
    // into what Excel holds.
    const auto side = [](const std::string& text) { return replace_all(cut(text, head_characters_max), "&", "&&"); };
    handle_->page_head = fmt::format("&L&8 {}&R&8 {}", side(left), side(right));
}

void XlsxWorkbook::freeze_above(int row, int column)
{
    const auto at = static_cast<lxw_row_t>(row);
    worksheet_freeze_panes(handle_->sheet, at, static_cast<lxw_col_t>(column));
    check(worksheet_repeat_rows(handle_->sheet, 0, at - 1));
}

void XlsxWorkbook::add_filter(int first_row, int last_row, int columns)
{
    check(worksheet_autofilter(handle_->sheet, static_cast<lxw_row_t>(first_row), 0, static_cast<lxw_row_t>(last_row),
                               static_cast<lxw_col_t>(columns - 1)));
}

void XlsxWorkbook::text(int row, int column, const std::string& text, const SheetStyle& style)
{
    check(worksheet_write_string(handle_->sheet, static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(column),
                                 cut(text, cell_characters_max).c_str(), handle_->format(style)));
}

void XlsxWorkbook::number(int row, int column, const Decimal& number, const SheetStyle& style)
{
    const auto plain = number.text();
    if (!is_exact_as_double(number))
        return text(row, column, plain, style);
    // Not strtod, which asks the locale for its decimal point.
    double value = 0;
    std::from_chars(plain.data(), plain.data() + plain.size(), value);
    check(worksheet_write_number(handle_->sheet, static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(column), value,
                                 handle_->format(style)));
}

void XlsxWorkbook::comment(int row, int column, const std::string& text)
{
    if (text.empty())
        return;
    lxw_comment_options options{};
    options.width = 260;
    options.height = static_cast<std::uint16_t>(std::min<std::size_t>(30 + 15 * (1 + display_width(text) / 38), 600));
    check(worksheet_write_comment_opt(handle_->sheet, static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(column),
                                      cut(text, cell_characters_max).c_str(), &options));
}

std::string XlsxWorkbook::bytes()
{
    check(workbook_close(std::exchange(handle_->book, nullptr)));
    return read_file(handle_->file, SIZE_MAX);
}

} // namespace skurd
