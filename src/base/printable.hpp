#pragma once

#include "base/text.hpp"

#include <fmt/format.h>

#include <ostream>
#include <streambuf>
#include <string>
#include <string_view>
#include <type_traits>

namespace skurd {

/// What format_printable() shows of an argument: of text one line of printable text, of other values themselves.
template <typename Value>
decltype(auto) printable_part(const Value& value)
{
    if constexpr (std::is_convertible_v<const Value&, std::string_view>)
        return printable(value);
    else
        return (value);
}

/// fmt::format() for people: whatever a text among the arguments holds (a label, a file's name, a person's note), it
/// makes no line of its own and is no command to a terminal. Line ends are those of the format.
template <typename... Args>
std::string format_printable(fmt::format_string<const Args&...> form, const Args&... args)
{
    return fmt::vformat(fmt::string_view(form), fmt::make_format_args(printable_part(args)...));
}

/// While it lives, what a stream is given comes out as printable text: each unseen character (is_unseen()) but the
/// line feed as a space, whoever wrote it. Of escape sequences pass those alone that set colours (SGR), where
/// `Colours` says so. The last line of defence: text is made printable where it is put together, since only there is
/// it known which line ends are its own. One thread.
class PrintableStream final : public std::streambuf {
public:
    enum class Colours { refused, allowed };

    PrintableStream(std::ostream& stream, Colours colours);
    ~PrintableStream() override; ///< what is left is written
    PrintableStream(const PrintableStream&) = delete;
    PrintableStream& operator=(const PrintableStream&) = delete;

    /// Where bytes go that must arrive as they are (JSON, CSV, a file of a report): past the filter, after what was
    /// written so far; the stream's own buffer where it has none.
    static std::streambuf* exact(std::ostream& stream);

protected:
    int_type overflow(int_type byte) override;
    std::streamsize xsputn(const char* bytes, std::streamsize count) override;
    int sync() override;

private:
    /// Whole lines go out at once; the rest, which may end within a character, with the next bytes or sync().
    bool put(std::string_view bytes);
    bool write_shown(std::string_view text);

    std::ostream& stream_;
    std::streambuf* target_;
    Colours colours_;
    std::string pending_;
};

} // namespace skurd
