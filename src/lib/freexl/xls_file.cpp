#include "lib/freexl/xls_file.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <freexl.h>

namespace skurd {

namespace {

using Open = decltype(&freexl_open);

const void* open(Open open_file, const std::string& file)
{
    const void* handle = nullptr;
    const auto status = open_file(file.c_str(), &handle);
    if (status == FREEXL_OK)
        return handle;
    freexl_close(handle);
    if (status == FREEXL_INSUFFICIENT_MEMORY)
        throw error("the old Office file (xls) claims more cells or texts than are read");
    throw error("the old Office file (xls) cannot be read: it is damaged, or no workbook (FreeXL error {})", status);
}

unsigned int info(const void* handle, unsigned short what)
{
    unsigned int value = 0;
    if (freexl_get_info(handle, what, &value) != FREEXL_OK)
        throw error("the old Office file (xls) is damaged");
    return value;
}

} // namespace

void XlsFile::Close::operator()(const void* file) const noexcept
{
    freexl_close(file);
}

XlsFile::XlsFile(const std::string& file, std::size_t sheets_max)
{
    const std::unique_ptr<const void, Close> description(open(freexl_open_info, file));
    if (info(description.get(), FREEXL_BIFF_PASSWORD) == FREEXL_BIFF_OBFUSCATED)
        throw error("the old Office file (xls) is encrypted: save it without a password");
    const auto sheets = info(description.get(), FREEXL_BIFF_SHEET_COUNT);
    if (sheets > sheets_max)
        throw error("the workbook has {} sheets; at most {} are read", sheets, sheets_max);
    file_.reset(open(freexl_open, file));
    for (unsigned short i = 0; i < sheets; ++i) {
        const char* name = nullptr;
        if (freexl_get_worksheet_name(file_.get(), i, &name) != FREEXL_OK || !name)
            throw error("the old Office file (xls) is damaged: sheet {} has no name", i + 1);
        names_.emplace_back(name);
    }
}

void XlsFile::select(std::size_t sheet)
{
    if (freexl_select_active_worksheet(file_.get(), static_cast<unsigned short>(sheet)) != FREEXL_OK ||
        freexl_worksheet_dimensions(file_.get(), &rows_, &columns_) != FREEXL_OK)
        throw error("sheet '{}' of the old Office file (xls) is damaged", excerpt(names_[sheet]));
}

XlsCell XlsFile::cell(std::uint32_t row, std::uint16_t column) const
{
    FreeXL_CellValue value;
    if (freexl_get_cell_value(file_.get(), row, column, &value) != FREEXL_OK)
        throw error("the old Office file (xls) is damaged in row {}, column {}", row + 1, column + 1);
    switch (value.type) {
    case FREEXL_CELL_INT:
        return {XlsCell::Kind::number, static_cast<double>(value.value.int_value), ""};
    case FREEXL_CELL_DOUBLE:
        return {XlsCell::Kind::number, value.value.double_value, ""};
    case FREEXL_CELL_TEXT:
    case FREEXL_CELL_SST_TEXT:
    case FREEXL_CELL_TIME:
        return {XlsCell::Kind::text, 0, value.value.text_value ? value.value.text_value : ""};
    case FREEXL_CELL_DATE:
    case FREEXL_CELL_DATETIME:
        return {XlsCell::Kind::date, 0,
                value.value.text_value ? std::string(value.value.text_value).substr(0, 10) : ""};
    default:
        return {};
    }
}

} // namespace skurd
