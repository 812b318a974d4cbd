// Each format of the same two reports, held against the files in golden/.
#include "report/report.hpp"
#include "tests/report/golden.hpp"
#include "tests/report/sample_report.hpp"
#include "tests/report/sheet_text.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;
using namespace skurd::test;

namespace {

std::string rendered(const StatusReport& report, const Catalogue& catalogue, const std::string& format,
                     Language language)
{
    auto made = find_report_format(format)->render({report, catalogue, language, Colour::off});
    return format == "xlsx" ? sheet_text(made) : made;
}

} // namespace

TEST_CASE("every format of a report is as kept", "[report]")
{
    const SampleReports sample;
    for (const std::string format : {"text", "md", "html", "csv", "xlsx", "json"})
        for (const auto language : {Language::nb, Language::en}) {
            if (language == Language::en && (format == "csv" || format == "json"))
                continue; // for programs: but for the label in csv the same
            const auto name = std::string(language == Language::nb ? "nb." : "en.") + (format == "text"   ? "txt"
                                                                                       : format == "xlsx" ? "xlsx.txt"
                                                                                                          : format);
            CHECK(is_golden("status." + name, rendered(sample.status, sample.catalogue, format, language)));
            CHECK(is_golden("baselines." + name, rendered(sample.baselines, sample.catalogue, format, language)));
        }
}

TEST_CASE("the same report gives the same bytes", "[report]")
{
    const SampleReports sample;
    const SampleReports same;
    for (const std::string format : {"text", "md", "html", "csv", "xlsx", "json"}) {
        const auto bytes = [&](const SampleReports& from) {
            return find_report_format(format)->render({from.status, from.catalogue, Language::nb, Colour::off});
        };
        const auto first = bytes(sample);
        CHECK(bytes(same) == first);
        CHECK(first.size() > 1000);
    }
}

TEST_CASE("a difference of two texts names lines and shows what is around them", "[report]")
{
    CHECK(line_difference("a\nb\n", "a\nb\n") == "");
    CHECK(line_difference("1\n2\n3\n4\n5\n6\n", "1\n2\n3\nx\n5\n6\n") == "@ line 2\n  2\n  3\n- 4\n+ x\n  5\n  6\n");
    CHECK(line_difference("", "new") == "@ line 1\n- \n+ new\n");
}
