// /proc/self/stat is one line of numbers behind the name of the program, which stands in parentheses and may hold any
// character. Times there are in ticks, that of the start since the machine was booted, which /proc/stat dates.
#include "base/process_usage.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <sys/resource.h>
#include <unistd.h>
#include <vector>

namespace skurd {

namespace {

// The place of a number of /proc/self/stat behind the name, from 0; proc(5) counts from 1 and has two before it.
constexpr std::size_t user_ticks = 11;
constexpr std::size_t kernel_ticks = 12;
constexpr std::size_t thread_count = 17;
constexpr std::size_t start_ticks = 19;
constexpr std::size_t virtual_size = 20;
constexpr std::size_t resident_pages = 21;

std::vector<std::uint64_t> numbers_of_stat()
{
    std::ifstream in("/proc/self/stat");
    std::string line;
    std::getline(in, line);
    std::istringstream words(line.substr(std::min(line.rfind(')') + 2, line.size())));
    std::vector<std::uint64_t> numbers;
    for (std::string word; words >> word;)
        numbers.push_back(std::strtoull(word.c_str(), nullptr, 10));
    numbers.resize(std::max(numbers.size(), resident_pages + 1));
    return numbers;
}

/// When the machine was booted.
std::chrono::system_clock::time_point boot_time()
{
    std::ifstream in("/proc/stat");
    for (std::string line; std::getline(in, line);)
        if (line.starts_with("btime "))
            return std::chrono::system_clock::time_point(
                std::chrono::seconds(std::strtoll(line.c_str() + 6, nullptr, 10)));
    return {};
}

std::uint64_t open_descriptors()
{
    std::error_code failure;
    std::uint64_t count = 0;
    for (std::filesystem::directory_iterator at("/proc/self/fd", failure), end; !failure && at != end;
         at.increment(failure))
        ++count;
    return count > 0 ? count - 1 : 0; // the one that counts
}

} // namespace

ProcessUsage process_usage()
{
    const auto numbers = numbers_of_stat();
    const auto ticks = static_cast<std::uint64_t>(::sysconf(_SC_CLK_TCK));
    const auto duration = [&](std::uint64_t count) { return std::chrono::milliseconds(count * 1000 / ticks); };
    ProcessUsage usage;
    usage.started_at = boot_time() + duration(numbers[start_ticks]);
    usage.processor_time = duration(numbers[user_ticks] + numbers[kernel_ticks]);
    usage.resident_bytes = numbers[resident_pages] * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    usage.virtual_bytes = numbers[virtual_size];
    usage.threads = numbers[thread_count];
    usage.descriptors = open_descriptors();
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
        usage.descriptors_max = limit.rlim_cur;
    return usage;
}

} // namespace skurd
