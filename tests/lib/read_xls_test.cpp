#include "lib/freexl/read_xls.hpp"

#include "base/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

#include <cstring>
#include <sys/mman.h>

using namespace skurd;

namespace {

std::string sample()
{
    return test::read_file(SKURD_SOURCE_DIR "/connectors/drop/cases/xls/response-1.xls");
}

/// A copy of bytes in memory that a copy of this process would not have.
class UnsharedBytes {
public:
    explicit UnsharedBytes(const std::string& bytes) : size_(bytes.size())
    {
        place_ = ::mmap(nullptr, size_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        REQUIRE(place_ != MAP_FAILED);
        std::memcpy(place_, bytes.data(), size_);
        REQUIRE(::madvise(place_, size_, MADV_DONTFORK) == 0);
    }
    ~UnsharedBytes() { ::munmap(place_, size_); }
    UnsharedBytes(const UnsharedBytes&) = delete;
    UnsharedBytes& operator=(const UnsharedBytes&) = delete;

    std::string_view view() const { return {static_cast<const char*>(place_), size_}; }

private:
    std::size_t size_;
    void* place_ = nullptr;
};

} // namespace

TEST_CASE("an old workbook is read by a program of its own, which has nothing of this one's memory", "[lib]")
{
    const UnsharedBytes bytes(sample());
    const auto sheets = read_xls(bytes.view(), 100);
    REQUIRE_FALSE(sheets.empty());
    CHECK_FALSE(sheets.front().cells.empty());
}

TEST_CASE("an old workbook with more sheets than are read is refused by its reader", "[lib]")
{
    CHECK_THROWS_WITH(read_xls(sample(), 0), Catch::Matchers::Contains("sheets; at most 0 are read"));
}
