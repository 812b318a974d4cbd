#pragma once

#include <string>
#include <utility>
#include <vector>

namespace skurd::test {

/// A sheet to write. Cells: "" is none, "#12.5" a number as it is to stand in the file, "%0.046" one shown as
/// percent,
/// "@2024-03-01" a date, "!#DIV/0!" an error, and anything else text.
struct SheetText {
    std::string name;
    std::vector<std::vector<std::string>> rows;
    std::vector<std::string> merged{}; ///< "A1:C1"
};

/// A ZIP archive with these entries, deflated.
std::string zipped(const std::vector<std::pair<std::string, std::string>>& entries);

/// The entries of a workbook of each kind, for tests that change one before they zip them.
std::vector<std::pair<std::string, std::string>> xlsx_entries(const std::vector<SheetText>& sheets);
std::vector<std::pair<std::string, std::string>> ods_entries(const std::vector<SheetText>& sheets);

inline std::string xlsx(const std::vector<SheetText>& sheets)
{
    return zipped(xlsx_entries(sheets));
}
inline std::string ods(const std::vector<SheetText>& sheets)
{
    return zipped(ods_entries(sheets));
}

} // namespace skurd::test
