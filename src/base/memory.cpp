// A process at rest is charged for every page of code that its start has run: thirteen of its twenty megabytes. The
// kernel takes them away only when memory is short. Pages that are mapped from a file, to be executed and not to be
// written, hold what the file holds, so they can be dropped at any time (madvise(2), MADV_DONTNEED).
#include "base/memory.hpp"

#include <charconv>
#include <cstdint>
#include <exception>
#include <fstream>
#include <malloc.h>
#include <string>
#include <string_view>
#include <sys/mman.h>
#include <utility>
#include <vector>

namespace skurd {

namespace {

using Range = std::pair<std::uintptr_t, std::uintptr_t>;

/// "7f12a000-7f12c000 r-xp 00001000 fe:00 131 /usr/lib/libx.so": of code in a file, from where to where.
bool parse_code(std::string_view line, Range& range)
{
    const auto hyphen = line.find('-');
    const auto space = line.find(' ');
    if (hyphen == std::string_view::npos || space == std::string_view::npos || hyphen > space ||
        line.substr(space, 6) != " r-xp " || line.find(" /") == std::string_view::npos)
        return false;
    const auto begin = std::from_chars(line.data(), line.data() + hyphen, range.first, 16);
    const auto end = std::from_chars(line.data() + hyphen + 1, line.data() + space, range.second, 16);
    return begin.ec == std::errc() && end.ec == std::errc() && range.first < range.second;
}

} // namespace

void share_heaps() noexcept
{
    ::mallopt(M_ARENA_MAX, 2);
}

void give_back_heap() noexcept
{
    ::malloc_trim(0);
}

void give_back_memory() noexcept
{
    give_back_heap();
    try {
        std::vector<Range> code;
        std::ifstream maps("/proc/self/maps");
        Range range;
        for (std::string line; std::getline(maps, line);)
            if (parse_code(line, range))
                code.push_back(range);
        for (const auto& [begin, end] : code)
            // NOLINTNEXTLINE(*-reinterpret-cast,performance-no-int-to-ptr): the kernel tells addresses as text
            ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_DONTNEED);
    } catch (const std::exception&) { // what is not given back stays
    }
}

} // namespace skurd
