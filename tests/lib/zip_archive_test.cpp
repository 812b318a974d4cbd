#include "lib/zip/zip_archive.hpp"

#include "base/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/zip_bytes.hpp"

using namespace skurd;
using test::zip_of;
using test::ZipPart;

namespace {

/// The message of opening the archive and reading all of it; "" when that goes well.
std::string failure_of(const std::string& bytes, const ZipLimits& limits = {})
{
    try {
        const ZipArchive archive(bytes, limits);
        for (const auto& entry : archive.entries())
            archive.read(entry.name);
    } catch (const Error& failure) {
        return failure.what();
    }
    return "";
}

const std::string csv = "a;b\n1;2\n";

} // namespace

TEST_CASE("a ZIP archive gives its files with their names and bytes, and no folders", "[zip]")
{
    const auto bytes = zip_of({{"data/", "", false}, {"data/år.csv", csv}, {"les.txt", "lest", false}});
    const ZipArchive archive(bytes);
    REQUIRE(archive.entries().size() == 2);
    CHECK(archive.entries()[0].name == "data/år.csv");
    CHECK(archive.entries()[0].size == csv.size());
    CHECK(archive.read("data/år.csv") == csv);
    CHECK(archive.read("les.txt") == "lest");
    CHECK_THROWS_WITH(archive.read("x"), "the ZIP archive has no 'x'");
}

TEST_CASE("an archive in an archive is bytes, and no deeper than one asks", "[zip]")
{
    const auto inner = zip_of({{"x.csv", csv}});
    const auto outer = zip_of({{"inner.zip", inner}});
    CHECK(ZipArchive(outer).read("inner.zip") == inner);
}

TEST_CASE("names that climb out, are absolute or ambiguous are refused", "[zip]")
{
    const auto name = GENERATE("../x", "a/../../x", "/etc/passwd", "a\\..\\x", "C:x", "a/./x", "..", "x\n", "");
    CAPTURE(name);
    CHECK(failure_of(zip_of({{name, csv}})).find("a name that is not taken") != std::string::npos);
}

TEST_CASE("a document's archive passes over what is foreign to it, and reads the rest", "[zip]")
{
    ZipPart encrypted{"locked", csv};
    encrypted.encrypted = true;
    ZipPart bzip2{"packed", csv};
    bzip2.method = 12;
    const auto bytes =
        zip_of({{"../x", csv}, {"/abs", csv}, encrypted, bzip2, {"[trash]/0000.dat", ""}, {"good", csv}});
    const ZipArchive archive(bytes, {}, ForeignEntries::pass_over);
    REQUIRE(archive.entries().size() == 2);
    CHECK(archive.read("good") == csv);
    CHECK_FALSE(archive.has("../x"));
    CHECK_FALSE(archive.has("locked"));
    const auto twice = zip_of({{"x", csv}, {"x", "other"}, {"y", csv}});
    const ZipArchive doubled(twice, {}, ForeignEntries::pass_over);
    CHECK(doubled.read("y") == csv);
    CHECK_THROWS_WITH(doubled.read("x"), "the ZIP archive has 'x' twice");
    ZipLimits small;
    small.entry_bytes = 5;
    CHECK_THROWS_WITH(ZipArchive(bytes, small, ForeignEntries::pass_over),
                      Catch::Matchers::Contains("would unpack to"));
}

TEST_CASE("a name is found in another case where it is the only one, and with backslashes", "[zip]")
{
    const auto bytes = zip_of({{"xl\\Sheets\\A.xml", csv}, {"x", "small"}, {"X", "large"}, {"y", "a"}, {"Y", "b"}});
    const ZipArchive archive(bytes);
    CHECK(archive.read("xl/sheets/a.XML") == csv);
    CHECK(archive.read("x") == "small");
    CHECK(archive.read("X") == "large");
    CHECK(archive.has("Y"));
    CHECK(archive.entries().front().name == "xl/Sheets/A.xml");
    const auto alike = zip_of({{"ab", "1"}, {"Ab", "2"}});
    CHECK_FALSE(ZipArchive(alike).has("AB"));
}

TEST_CASE("an archive whose headers disagree with its directory is read by its directory", "[zip]")
{
    auto bytes = zip_of({{"x.csv", csv}});
    const auto name = bytes.find("x.csv");
    bytes.replace(name, 5, "y.csv"); // in the header before the entry
    CHECK(ZipArchive(bytes).read("x.csv") == csv);
}

TEST_CASE("an archive that has a name twice is refused", "[zip]")
{
    CHECK(failure_of(zip_of({{"x", csv}, {"x", "other"}})) != "");
}

TEST_CASE("encrypted entries and other ways of packing are refused", "[zip]")
{
    ZipPart encrypted{"x", csv};
    encrypted.encrypted = true;
    ZipPart bzip2{"x", csv};
    bzip2.method = 12;
    CHECK(failure_of(zip_of({encrypted})) == "'x' in the ZIP archive is encrypted");
    CHECK(failure_of(zip_of({bzip2})) == "'x' in the ZIP archive is packed in a way (method 12) that is not read");
}

TEST_CASE("a bomb is refused by what it says of itself", "[zip]")
{
    const auto bomb = zip_of({{"x", std::string(std::size_t(4) << 20, ' ')}});
    ZipLimits small;
    small.entry_bytes = 1000;
    ZipLimits few;
    few.entries = 2;
    ZipLimits together;
    together.all_bytes = 20;
    CHECK(bomb.size() < 10'000);
    CHECK(failure_of(bomb).find("more than 200 to 1") != std::string::npos);
    CHECK(failure_of(zip_of({{"x", std::string(1001, 'a')}}), small) ==
          "'x' in the ZIP archive would unpack to 1001 bytes; 1000 are allowed");
    CHECK(failure_of(zip_of({{"x", std::string(1000, 'a')}}), small) == "");
    CHECK(failure_of(zip_of({{"a", ""}, {"b", ""}, {"c", ""}}), few) == "a ZIP archive of 3 entries; 2 are allowed");
    CHECK(failure_of(zip_of({{"a", std::string(15, 'a')}, {"b", std::string(15, 'b')}}), together) ==
          "the ZIP archive would unpack to more than 20 bytes");
    CHECK(failure_of(std::string(2000, 'x'), {1000}) == "a ZIP archive of 2000 bytes; 1000 are allowed");
}

TEST_CASE("a bomb that lies about its size is found while it unpacks", "[zip]")
{
    ZipPart more{"x", std::string(100'000, 'a')};
    more.stated_size = 10;
    ZipPart less{"x", std::string(10, 'a')};
    less.stated_size = 100'000;
    CHECK(failure_of(zip_of({more})).find("is damaged") != std::string::npos);
    CHECK(failure_of(zip_of({less})).find("is damaged") != std::string::npos);
}

TEST_CASE("what is no ZIP archive, or is cut or changed, is refused", "[zip]")
{
    const auto good = zip_of({{"x.csv", std::string(1000, 'a') + csv}});
    REQUIRE(failure_of(good) == "");
    CHECK(failure_of("").starts_with("not a sound ZIP archive"));
    CHECK(failure_of("<html>").starts_with("not a sound ZIP archive"));
    CHECK(failure_of(good + "tail") != "");
    for (std::size_t size = 0; size < good.size(); ++size)
        if (failure_of(good.substr(0, size)).empty())
            FAIL("taken when cut after " << size << " bytes");
}

TEST_CASE("a changed bit is noticed, or changes nothing", "[zip]")
{
    const auto text = std::string(1000, 'a') + csv;
    const auto good = zip_of({{"x.csv", text}});
    for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
        auto changed = good;
        changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << bit % 8));
        try {
            const ZipArchive archive(changed);
            for (const auto& entry : archive.entries())
                if (archive.read(entry.name) != text)
                    FAIL("bit " << bit << " gives other bytes");
        } catch (const Error&) { // noticed
        }
    }
}
