#include "lib/freexl/read_xls.hpp"

#include "base/error.hpp"
#include "lib/freexl/xls_extent.hpp"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace skurd {

namespace {

// What the child tells: 'S' name, 'C' row column kind number text, 'E' message, 'Z' at the end. Texts have their size
// before them; numbers are the machine's own, as both ends are one program.

constexpr std::size_t told_max = 512ul << 20;
constexpr unsigned seconds_max = 60;

class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() { close(); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    int number() const { return number_; }
    void close()
    {
        if (number_ >= 0)
            ::close(number_);
        number_ = -1;
    }

private:
    int number_;
};

class Teller {
public:
    explicit Teller(int descriptor) : descriptor_(descriptor) {}

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
            const auto written = ::write(descriptor_, buffer_.data() + at, buffer_.size() - at);
            if (written <= 0)
                _exit(1); // nobody listens
            at += static_cast<std::size_t>(written);
        }
        buffer_.clear();
    }

private:
    int descriptor_;
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

/// The child: nothing of the parent's is to run in it, whatever happens.
[[noreturn]] void tell(std::string_view bytes, std::size_t sheets_max, int descriptor) noexcept
{
    for (const int signal : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGALRM, SIGPIPE})
        std::signal(signal, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    const rlimit no_core{0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
    alarm(seconds_max);
    Teller teller(descriptor);
    try {
        XlsFile file(bytes, sheets_max);
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
    _exit(0);
}

/// Reads what the child told.
class Listener {
public:
    explicit Listener(std::string_view told) : rest_(told) {}

    std::vector<XlsSheet> sheets()
    {
        std::vector<XlsSheet> sheets;
        while (!rest_.empty()) {
            const char what = take<char>();
            const std::string text(take(take<std::uint32_t>()));
            if (what == 'Z')
                return sheets;
            if (what == 'E')
                throw Error(text);
            if (what == 'S') {
                sheets.push_back({text, {}});
                continue;
            }
            if (what != 'C' || sheets.empty()) // a child whose memory was overwritten tells anything
                refuse();
            const auto row = take<std::uint32_t>();
            const auto column = take<std::uint16_t>();
            const auto kind = static_cast<XlsCell::Kind>(take<std::uint8_t>());
            sheets.back().cells.push_back({row, column, {kind, take<double>(), text}});
        }
        refuse();
    }

private:
    [[noreturn]] static void refuse()
    {
        throw error("the old Office file (xls) is damaged: FreeXL could not read it to its end");
    }

    std::string_view take(std::size_t size)
    {
        if (size > rest_.size())
            refuse();
        const auto taken = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return taken;
    }
    template <typename Value>
    Value take()
    {
        Value value{};
        std::memcpy(&value, take(sizeof value).data(), sizeof value);
        return value;
    }

    std::string_view rest_;
};

std::string listen(int descriptor)
{
    std::string told;
    std::string block(64 << 10, '\0');
    for (;;) {
        const auto got = ::read(descriptor, block.data(), block.size());
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return told;
        told.append(block.data(), static_cast<std::size_t>(got));
        if (told.size() > told_max)
            throw error("the old Office file (xls) holds more than {} bytes of cells", told_max);
    }
}

} // namespace

std::vector<XlsSheet> read_xls(std::string_view bytes, std::size_t sheets_max)
{
    check_extent(bytes);
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        throw error("no pipe to read an old Office file (xls) through: {}", std::strerror(errno));
    Descriptor in(ends[0]);
    Descriptor out(ends[1]);
    const auto child = fork();
    if (child < 0)
        throw error("no process to read an old Office file (xls) in: {}", std::strerror(errno));
    if (child == 0)
        tell(bytes, sheets_max, out.number());
    out.close();
    struct Reap {
        pid_t child;
        Descriptor& in;
        ~Reap()
        {
            in.close(); // a child that still tells ends by this
            ::waitpid(child, nullptr, 0);
        }
    };
    std::string told;
    {
        const Reap reap{child, in};
        told = listen(in.number());
    }
    return Listener(told).sheets();
}

} // namespace skurd
