#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// One record of an XLS file: its body, and those of the CONTINUE records behind it, which are part of it.
struct BiffRecord {
    std::uint16_t type = 0;
    std::vector<std::string_view> parts;

    std::string_view body() const { return parts.front(); }
};

/// The records of a stream of an XLS file, one at a time ([MS-XLS] 2.1.4: type, size, body). The stream must outlive
/// it.
class BiffRecords {
public:
    /// Begins at an offset. Throws Error where that lies outside.
    BiffRecords(std::string_view stream, std::size_t at);

    /// The next record. Throws Error where the stream breaks off: what is read ends with a record of its own (EOF).
    void read(BiffRecord& record);

private:
    std::string_view take();
    bool continues() const;

    std::string_view stream_;
    std::size_t at_ = 0;
    std::uint16_t type_ = 0;
};

/// Superscript, by the number of a font.
using RaisedFonts = std::vector<bool>;

/// Reads what stands in one record, across its parts. Every reading throws Error where the record is too short.
class BiffReader {
public:
    explicit BiffReader(const BiffRecord& record) : parts_(record.parts) {}

    std::uint8_t u8();
    std::uint16_t u16();
    std::uint32_t u32();
    double f64();
    std::string bytes(std::size_t count);
    void skip(std::size_t count);
    bool at_end() const;

    /// So many letters of a Unicode string, in one byte or two each. Where they go on in a CONTINUE record, that
    /// begins with a byte that says anew which ([MS-XLS] 2.5.293, XLUnicodeRichExtendedString).
    std::u16string units(std::size_t count, bool is_wide);

    /// A Unicode string without formatting, its size in one byte or in two ([MS-XLS] 2.5.240, 2.5.294), as UTF-8.
    std::string short_text();
    std::string text();

    /// One with formatting: runs of fonts and phonetic hints. What is in a raised font is raised().
    std::string rich_text(const RaisedFonts& raised);

private:
    void go_on(); ///< to a part with something left

    const std::vector<std::string_view>& parts_;
    std::size_t part_ = 0;
    std::size_t at_ = 0;
};

/// A run of letters in one font: from that letter to the next run.
struct FontRun {
    std::size_t first = 0;
    std::size_t font = 0;
};

/// Letters as UTF-8, those in a raised font raised(). Fonts are counted without number 4, which there is not.
std::string text_with_runs(std::u16string_view units, const std::vector<FontRun>& runs, const RaisedFonts& raised);

} // namespace skurd
