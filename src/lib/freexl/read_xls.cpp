#include "lib/freexl/read_xls.hpp"

#include "base/error.hpp"
#include "lib/freexl/xls_extent.hpp"
#include "lib/freexl/xls_reader.hpp"
#include "lib/process/child_process.hpp"

#include <cerrno>
#include <cstring>
#include <poll.h>
#include <sys/mman.h>
#include <system_error>

namespace skurd {

namespace {

constexpr std::size_t told_max = 512UL << 20;
constexpr std::chrono::seconds time_max{60};
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::size_t memory_max = 0; // the sanitizers' shadow memory is terabytes of address space
#else
constexpr std::size_t memory_max = 4UL << 30;
#endif

std::string why()
{
    return std::generic_category().message(errno);
}

/// A file in memory that nobody else knows: the reader has it for its standard input.
FileDescriptor memory_file(std::string_view bytes)
{
    FileDescriptor file(::memfd_create("skurd-xls", MFD_CLOEXEC));
    while (file && !bytes.empty()) {
        const auto written = ::write(file.get(), bytes.data(), bytes.size());
        if (written <= 0)
            throw error("no memory for a file of {} bytes: {}", bytes.size(), why());
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    if (!file)
        throw error("no file in memory for an old Office file (xls): {}", why());
    return file;
}

ChildPlan reader_of(const FileDescriptor& file, std::size_t sheets_max)
{
    if (!can_become_xls_reader())
        throw error("this program does not read old Office files (xls)");
    ChildPlan plan;
    plan.program = "/proc/self/exe";
    plan.arguments = {"skurd", xls_reader_argument, std::to_string(sheets_max)};
    plan.folder = "/";
    plan.input = file.get();
    plan.memory_max = memory_max;
    plan.cpu_max = time_max;
    return plan;
}

/// Reads what the reader told (xls_reader.cpp).
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
            if (what != 'C' || sheets.empty()) // a reader whose memory was overwritten tells anything
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

/// Takes what a descriptor that does not block has; false at its end.
bool take(const FileDescriptor& from, std::string& block, std::string* into)
{
    const auto got = ::read(from.get(), block.data(), block.size());
    if (got > 0 && into)
        into->append(block, 0, static_cast<std::size_t>(got));
    return got > 0 || (got < 0 && (errno == EINTR || errno == EAGAIN));
}

/// All that the reader tells, until it ends.
std::string listen(const ChildProcess& reader)
{
    const auto deadline = std::chrono::steady_clock::now() + time_max;
    std::string told;
    std::string block(64 << 10, '\0');
    pollfd ends[] = {{reader.out().get(), POLLIN, 0}, {reader.err().get(), POLLIN, 0}};
    while (ends[0].fd >= 0) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
        const int ready = ::poll(ends, std::size(ends), static_cast<int>(std::max<std::int64_t>(left.count(), 0)));
        if (ready == 0)
            throw error("the old Office file (xls) could not be read in {} s", time_max.count());
        if (ready > 0 && ends[0].revents != 0 && !take(reader.out(), block, &told))
            ends[0].fd = -1;
        if (ready > 0 && ends[1].revents != 0 && !take(reader.err(), block, nullptr))
            ends[1].fd = -1;
        if (told.size() > told_max)
            throw error("the old Office file (xls) holds more than {} bytes of cells", told_max);
    }
    return told;
}

} // namespace

std::vector<XlsSheet> read_xls(std::string_view bytes, std::size_t sheets_max)
{
    check_extent(bytes);
    const auto file = memory_file(bytes);
    ChildProcess reader(reader_of(file, sheets_max));
    const auto told = listen(reader);
    reader.wait();
    return Listener(told).sheets();
}

} // namespace skurd
