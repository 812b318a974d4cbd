// What people read at a terminal: one language at a time, and no line wider than the terminal.
#include "base/text.hpp"
#include "lib/json/json.hpp"
#include "model/annotation.hpp"
#include "model/drift.hpp"
#include "model/enum_text.hpp"
#include "model/flag.hpp"
#include "model/indicator.hpp"
#include "model/run.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temp_dir.hpp"

#include <algorithm>
#include <chrono>
#include <set>

using namespace skurd::test;
namespace fs = std::filesystem;

namespace {

using Words = std::vector<std::string>;

/// Both reports that come with the program harvested, once for all test cases of this file.
const TempDir& harvested()
{
    static const TempDir folder;
    if (!fs::exists(folder / "state")) {
        fs::create_directories(folder / "state/drop");
        for (const auto& entry : fs::directory_iterator(SKURD_SOURCE_DIR "/deploy/first-harvest"))
            if (entry.path().extension() == ".csv") {
                fs::copy(entry.path(), folder / "state/drop");
                fs::last_write_time(folder.path() / "state/drop" / entry.path().filename(),
                                    fs::file_time_type::clock::now() - std::chrono::hours(1));
            }
        REQUIRE(skurd::test::skurd(folder / "state", {"harvest", "--all"}).exit == 0);
    }
    return folder;
}

/// What a command prints that goes well; status finds that no daemon runs here, and flags that nobody answered.
std::string printed(const Words& arguments, const Environment& environment = {})
{
    const auto ended = skurd::test::skurd(harvested() / "state", arguments, "", environment);
    INFO(ended.err);
    CHECK(ended.exit == (arguments.front() == "status" ? 1 : 0));
    return ended.out;
}

Words with(Words arguments, const Words& more)
{
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
}

/// What speaks of indicators.
const std::vector<Words> reports = {{"report", "--set", "3", "--period", "2018"},
                                    {"report", "--set", "1", "--as-of", "2018-06-01"},
                                    {"report", "--set", "3", "--period", "2018", "--format", "md"},
                                    {"diff", "--sets", "1", "3"},
                                    {"diff", "--from", "2019-01-01"},
                                    {"why", "9"},
                                    {"why", "3"},
                                    {"why", "39"},
                                    {"indicators"},
                                    {"indicators", "39"},
                                    {"indicators", "--versions"},
                                    {"flags"},
                                    {"flags", "show", "1"},
                                    {"revisions"}};

/// What speaks of the program's work.
const std::vector<Words> operation = {
    {"status"},       {"jobs"},  {"runs"},        {"get", "39"},   {"get"},
    {"history", "9"}, {"drift"}, {"annotations"}, {"corrections"}, {"signoff", "--list"}};

/// Those of a text's words that are among the given.
std::string words_of(const std::string& text, const std::set<std::string>& telltale)
{
    static constexpr std::string_view between = " \n\t,.;:()[]|“”«»\"";
    std::string found;
    std::size_t begin = 0;
    while ((begin = text.find_first_not_of(between, begin)) != std::string::npos) {
        const auto end = std::min(text.find_first_of(between, begin), text.size());
        if (const auto word = text.substr(begin, end - begin); telltale.contains(word))
            found += word + " ";
        begin = end;
    }
    return found;
}

std::string english_in(const std::string& text)
{
    return words_of(text, {"the",      "was",         "with",    "until",     "published", "vintage",   "kind",
                           "unit",     "state",       "desired", "direction", "green",     "yellow",    "grey",
                           "limit",    "comparable",  "not",     "never",     "failed",    "open",      "before",
                           "now",      "period",      "value",   "series",    "indicator", "threshold", "percent",
                           "points",   "number",      "share",   "amount",    "outcome",   "message",   "started",
                           "disabled", "unconfirmed", "current", "stored",    "raised",    "harmless",  "seen",
                           "input",    "effect"});
}

std::string norwegian_in(const std::string& text)
{
    return words_of(text, {"ikke",     "av",      "fra",        "utgave",        "publisert",   "verdi", "slag",
                           "tilstand", "grønn",   "rød",        "gul",           "grå",         "kilde", "retning",
                           "enhet",    "periode", "grense",     "ingen",         "endret",      "åpent", "jobb",
                           "utfall",   "antall",  "andel",      "hvorfor",       "innsats",     "nå",    "før",
                           "revidert", "uten",    "definisjon", "sammenlignbar", "prosentpoeng"});
}

/// The widest line, with what it is.
std::pair<std::size_t, std::string> widest(const std::string& text)
{
    std::pair<std::size_t, std::string> found;
    for (const auto line : skurd::split(text, '\n'))
        found = std::max(found, std::pair(skurd::display_width(line), std::string(line)));
    return found;
}

template <typename Enum>
void check_words(const std::vector<std::string>& same = {})
{
    for (const auto word : skurd::enum_words<Enum>) {
        INFO(word);
        CHECK(skurd::word_text(word, skurd::Language::en) == word);
        if (!word.empty() && std::find(same.begin(), same.end(), word) == same.end())
            CHECK(skurd::word_text(word, skurd::Language::nb) != word);
    }
}

} // namespace

TEST_CASE("what speaks of indicators is Norwegian, whatever the locale, and English where asked", "[app][reading]")
{
    for (const auto& command : reports) {
        INFO(skurd::join(command, " "));
        const auto norwegian = printed(command, {{"LC_ALL", "en_GB.UTF-8"}});
        CHECK(english_in(norwegian) == "");
        CHECK(printed(with(command, {"--lang", "no"})) == norwegian);
        CHECK(norwegian_in(printed(with(command, {"--lang", "en"}))) == "");
    }
}

TEST_CASE("what speaks of the program's work is English, and Norwegian where the locale is or it is asked for",
          "[app][reading]")
{
    for (const auto& command : operation) {
        INFO(skurd::join(command, " "));
        const auto english = printed(command);
        CHECK(norwegian_in(english) == "");
        CHECK(printed(command, {{"LC_ALL", ""}, {"LC_MESSAGES", "en_US.UTF-8"}, {"LANG", "nb_NO.UTF-8"}}) == english);
        const auto norwegian = printed(with(command, {"--lang", "no"}));
        CHECK(english_in(norwegian) == "");
        CHECK(norwegian != english);
        for (const auto* locale : {"nb_NO.UTF-8", "nn_NO", "no"})
            CHECK(printed(command, {{"LC_ALL", ""}, {"LC_MESSAGES", ""}, {"LANG", locale}}) == norwegian);
    }
}

TEST_CASE("JSON and errors are English in every language", "[app][reading]")
{
    const auto status_of = [](std::vector<std::string> more) {
        more.insert(more.begin(), {"status", "--json"});
        auto json = skurd::Json::parse(printed(more));
        json.erase("room"); // others write to the disk meanwhile
        return json;
    };
    CHECK(status_of({"--lang", "no"}) == status_of({}));
    const auto refused = skurd::test::skurd(harvested() / "state", {"why", "999", "--lang", "no"});
    CHECK(refused.exit == 2);
    CHECK(norwegian_in(refused.err) == "");
}

TEST_CASE("words of the other language are found", "[app][reading]")
{
    CHECK(english_in("periode  value\n") == "value ");
    CHECK(norwegian_in("period  verdi\n") == "verdi ");
}

TEST_CASE("every word of an enumeration that is printed has its Norwegian one", "[app][reading]")
{
    check_words<skurd::FlagKind>();
    check_words<skurd::FlagState>();
    check_words<skurd::IndicatorKind>();
    check_words<skurd::Direction>();
    check_words<skurd::DefinitionChange>();
    check_words<skurd::RunOutcome>();
    check_words<skurd::Severity>();
    check_words<skurd::AnnotationKind>();
}

TEST_CASE("no line is wider than the terminal", "[app][reading]")
{
    for (const auto* columns : {"80", "120"})
        for (const auto* language : {"no", "en"})
            for (const auto& commands : {reports, operation})
                for (const auto& command : commands) {
                    if (command.back() == "md")
                        continue; // a file, not a table of the terminal
                    const auto text = printed(with(command, {"--lang", language}), {{"COLUMNS", columns}});
                    INFO(skurd::join(command, " ") << " at " << columns << ": " << widest(text).second);
                    CHECK(widest(text).first <= std::stoul(columns));
                }
}

TEST_CASE("a pipe gets each row on a line, and --wide does so on a terminal", "[app][reading]")
{
    const auto piped = printed({"flags"});
    CHECK(widest(piped).first > 120);
    CHECK(printed({"flags", "--wide"}, {{"COLUMNS", "80"}}) == piped);
    CHECK(printed({"--wide", "runs"}, {{"COLUMNS", "80"}}) == printed({"runs"}));
}

TEST_CASE("a report at eighty columns has all its numbers and signs", "[app][reading]")
{
    const auto text = printed({"report", "--set", "3", "--period", "2018"}, {{"COLUMNS", "80"}});
    CHECK(text.find("+6,0\u00a0%-poeng ✓\n") == std::string::npos); // two columns follow
    CHECK(text.find("+6,0\u00a0%-poeng ✓") != std::string::npos);
    CHECK(text.find("per år: 0,12 prosentpoeng fra grønn") != std::string::npos);
    CHECK(text.find("= ikke vesentlig endret") != std::string::npos);
    CHECK(text.find("Tabell 8.1: Mål 2: tidlig innsats") != std::string::npos);
}

TEST_CASE("a report is written under a bare new name", "[app][reading]")
{
    for (const auto* name : {"bare.html", "./dotted.html", "new-report.html"}) {
        const auto file = harvested() / name;
        fs::remove(file);
        printed({"report", "--format", "html", "--output", name}); // in the state's parent
        CHECK(read_file(file).starts_with("<!DOCTYPE html>"));
    }
}

TEST_CASE("why tells what a figure was, until when, and what that did to the verdict", "[app][reading]")
{
    const auto nine = printed({"why", "9"});
    CHECK(nine.find("2016 var 282 fra 2018-04 til 2019-11, da det ble 284: uten oppgitt grunn\n") !=
          std::string::npos);
    CHECK(nine.find("    med 282: 2016 → 2017  Grønn: 282 → 247 (−12,4 %, grense ±2,5 %): samme dom\n") !=
          std::string::npos);
    CHECK(printed({"why", "9", "--lang", "en"})
              .find("2016 was 282 from 2018-04 until 2019-11, when it became 284: no reason given") !=
          std::string::npos);
    CHECK(printed({"why", "9", "--as-of", "2018-06-01"}).find(" var 282") == std::string::npos);
    CHECK(printed({"why", "6"}).find("direktoratet reviderte grunnlaget") != std::string::npos);
}

TEST_CASE("every difference of the two reports has its reason", "[app][reading]")
{
    const auto text = printed({"diff", "--sets", "1", "3"});
    for (const auto line : skurd::split(text, '\n')) {
        INFO(line);
        const bool is_row = line.find(" → ") != std::string_view::npos && line.find(": ") != std::string_view::npos &&
                            line.find("(Fafo") == std::string_view::npos;
        if (is_row)
            CHECK(line.find(" (") != std::string_view::npos);
    }
    CHECK(text.find("9   9  revidert        2016: 282 → 284 (uten oppgitt grunn)") != std::string::npos);
    const auto days = printed({"diff", "--from", "2019-01-01"});
    CHECK(days.find("direktoratet reviderte grunnlaget") != std::string::npos);
    CHECK(days.find("uten oppgitt grunn") != std::string::npos);
    CHECK(days.find("nytt tall") != std::string::npos);
}
