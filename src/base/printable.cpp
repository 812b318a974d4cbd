#include "base/printable.hpp"

namespace skurd {

namespace {

/// The bytes of a sequence that sets colours (ECMA-48: SGR) at the front of a text; 0 = there is none.
std::size_t colour_sequence(std::string_view text)
{
    if (!text.starts_with("\x1b["))
        return 0;
    const auto end = text.find_first_not_of("0123456789;", 2);
    return end != std::string_view::npos && text[end] == 'm' ? end + 1 : 0;
}

/// Of lines of text what is printable, line by line; colours stay where they may.
std::string shown(std::string_view text, PrintableStream::Colours colours)
{
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const auto end = std::min(text.find_first_of("\n\x1b"), text.size());
        out += printable(text.substr(0, end));
        text.remove_prefix(end);
        if (text.empty())
            break;
        const auto kept = text.front() == '\n'                           ? 1
                          : colours == PrintableStream::Colours::allowed ? colour_sequence(text)
                                                                         : 0;
        out += kept == 0 ? " " : text.substr(0, kept);
        text.remove_prefix(kept == 0 ? 1 : kept);
    }
    return out;
}

} // namespace

PrintableStream::PrintableStream(std::ostream& stream, Colours colours)
    : stream_(stream), target_(stream.rdbuf(this)), colours_(colours)
{
}

PrintableStream::~PrintableStream()
{
    stream_.rdbuf(target_);
    write_shown(pending_);
}

std::streambuf* PrintableStream::exact(std::ostream& stream)
{
    auto* filter = dynamic_cast<PrintableStream*>(stream.rdbuf());
    if (!filter)
        return stream.rdbuf();
    stream.flush();
    return filter->target_;
}

PrintableStream::int_type PrintableStream::overflow(int_type byte)
{
    if (traits_type::eq_int_type(byte, traits_type::eof()))
        return traits_type::not_eof(byte);
    const char one = traits_type::to_char_type(byte);
    return put({&one, 1}) ? byte : traits_type::eof();
}

std::streamsize PrintableStream::xsputn(const char* bytes, std::streamsize count)
{
    return put({bytes, static_cast<std::size_t>(count)}) ? count : 0;
}

int PrintableStream::sync()
{
    const bool is_written = write_shown(pending_);
    pending_.clear();
    return is_written && target_->pubsync() == 0 ? 0 : -1;
}

bool PrintableStream::put(std::string_view bytes)
{
    const auto end = bytes.find_last_of('\n');
    if (end == std::string_view::npos) {
        pending_ += bytes;
        return true;
    }
    pending_ += bytes.substr(0, end + 1);
    const bool is_written = write_shown(pending_);
    pending_ = bytes.substr(end + 1);
    return is_written;
}

bool PrintableStream::write_shown(std::string_view text)
{
    const auto line = shown(text, colours_);
    const auto size = static_cast<std::streamsize>(line.size());
    return target_->sputn(line.data(), size) == size;
}

} // namespace skurd
