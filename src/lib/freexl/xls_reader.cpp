// The child of read_xls(). What it tells: 'S' name, 'C' text row column kind number, 'E' message, 'Z' at the end.
// Texts have their size before them; numbers are the machine's own, as both ends are one program.
#include "lib/freexl/xls_reader.hpp"

#include "base/error.hpp"
#include "lib/freexl/xls_file.hpp"

#include <charconv>
#include <cstring>
#include <unistd.h>

namespace skurd {

namespace {

bool may_become_reader = false; // set once, before there are threads

class Teller {
public:
    template <typename Number>
    void number(Number value)
    {
        buffer_.append(reinterpret_cast<const char*>(&value), sizeof value);
    }
    void text(char what, std::string_view text)
    {
        buffer_ += what;
        number(static_cast<std::uint32_t>(text.size()));
        buffer_ += text;
        constexpr std::size_t enough = 64 << 10;
        if (buffer_.size() > enough)
            flush();
    }
    void flush()
    {
        for (std::size_t at = 0; at < buffer_.size();) {
            const auto written = ::write(STDOUT_FILENO, buffer_.data() + at, buffer_.size() - at);
            if (written <= 0)
                ::_exit(1); // nobody reads
            at += static_cast<std::size_t>(written);
        }
        buffer_.clear();
    }

private:
    std::string buffer_;
};

void tell_sheet(Teller& teller, const XlsFile& file)
{
    for (std::uint32_t row = 0; row < file.rows(); ++row)
        for (std::uint16_t column = 0; column < file.columns(); ++column)
            if (const auto cell = file.cell(row, column); cell.kind != XlsCell::Kind::empty) {
                teller.text('C', cell.text);
                teller.number(row);
                teller.number(column);
                teller.number(static_cast<std::uint8_t>(cell.kind));
                teller.number(cell.number);
            }
}

void tell_file(std::size_t sheets_max)
{
    Teller teller;
    try {
        XlsFile file("/proc/self/fd/0", sheets_max);
        for (std::size_t sheet = 0; sheet < file.names().size(); ++sheet) {
            teller.text('S', file.names()[sheet]);
            file.select(sheet);
            tell_sheet(teller, file);
        }
        teller.text('Z', "");
    } catch (const std::exception& failure) {
        teller.text('E', failure.what());
    }
    teller.flush();
}

} // namespace

void become_xls_reader(int argc, char** argv)
{
    may_become_reader = true;
    if (argc != 3 || std::strcmp(argv[1], xls_reader_argument) != 0)
        return;
    std::size_t sheets_max = 0;
    std::from_chars(argv[2], argv[2] + std::strlen(argv[2]), sheets_max);
    tell_file(sheets_max);
    ::_exit(0); // memory that a damaged file overwrote is not to be tidied up
}

bool can_become_xls_reader() noexcept
{
    return may_become_reader;
}

} // namespace skurd
