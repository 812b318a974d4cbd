// The commands by which people say something of numbers: what they take, print and refuse.
#include "lib/json/json.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temp_dir.hpp"

using namespace skurd::test;
using skurd::Json;

namespace {

using Arguments = std::vector<std::string>;

struct Scene {
    Scene()
    {
        write_file(folder / "skurd.toml", "");
        write_file(folder / "schedules/tall.toml", "[job]\nconnector = \"drop\"\n[source]\nfiles = \"tall*.csv\"\n"
                                                   "published = \"2020-01-02\"\n[layout]\nseparator = \";\"\n"
                                                   "periods = '^\\d{4}$'\n[[layout.series]]\ncolumn = \"nr\"\n");
        write_file(folder / "tall.csv", "nr;2018;2019\n1;5;6\n2;7;8\n");
        const auto first = run({"drop", "tall.csv", "--job", "tall"});
        INFO(first.out << first.err);
        REQUIRE(first.exit == 0);
    }

    Ended run(Arguments arguments) const
    {
        arguments.insert(arguments.end(), {"--config", (folder / "skurd.toml").string()});
        return skurd::test::skurd(folder / "state", arguments);
    }

    TempDir folder;
};

Arguments correct(Arguments more, const char* expected = "5", const char* to = "5.5")
{
    Arguments arguments = {"correct", "drop/tall{nr=1}", "--period", "2018", "--expected", expected, "--to", to};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
}

Arguments annotate(Arguments more)
{
    Arguments arguments = {"annotate", "drop/tall", "--kind", "note"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
}

} // namespace

TEST_CASE("what people say wrongly is refused with exit code 2 and one line, and nothing is kept", "[app]")
{
    const Scene scene;
    const struct {
        Arguments arguments;
        const char* message;
    } rows[] = {
        {correct({}), "--reason is missing (see `skurd correct --help`)"},
        {correct({"--reason", " "}), "the reason must not be empty"},
        {correct({"--reason", "x", "--by", " "}), "the name must not be empty"},
        {correct({"--reason", "x\x1b[31m"}), "the reason has a control character after 'x'"},
        {correct({"--reason", std::string(4001, 'x')}), "the reason has 4001 bytes, more than 4000"},
        {correct({"--reason", "x"}, "fem"), "--expected 'fem' is not a number (like 46.2 or 46,2)"},
        {correct({"--reason", "x"}, "5", "5.5.5"), "--to '5.5.5' is not a number"},
        {correct({"--reason", "x"}, "4"), "drop/tall nr=1 2018: the store holds 5, not 4"},
        {correct({"--reason", "x", "--end", "1"}), "--end ends a correction; it makes no new one"},
        {{"correct", "--end", "1"}, "--reason is missing"},
        {{"correct", "--end", "1", "--reason", "x"}, "there is no correction 1 (see `skurd corrections --all`)"},
        {{"correct", "--end", "0", "--reason", "x"}, "--end"},
        {{"correct", "94", "--period", "2018", "--expected", "5", "--to", "6", "--reason", "x"},
         "there is no indicator 94"},
        {{"correct", "drop/tall", "--period", "2018", "--expected", "5", "--to", "6", "--reason", "x"},
         "drop/tall means 2 series, where one is needed: name it, like drop/tall{nr=1}"},
        {{"correct", "drop/tall{nr=3}", "--period", "2018", "--expected", "5", "--to", "6", "--reason", "x"},
         "unknown code of nr in drop/tall '3'"},
        {{"correct", "drop/tall{nr=1}", "--period", "20x", "--expected", "5", "--to", "6", "--reason", "x"},
         "drop/tall nr=1 20x: the store has no such observation (the series has 2018 to 2019)"},
        {annotate({"--text", "x"}), "say what of drop/tall it is about"},
        {annotate({"--period", "2018"}), "--text is missing (see `skurd annotate --help`)"},
        {annotate({"--period", "2031", "--text", "x"}), "drop/tall has nothing in the period 2031"},
        {annotate({"--vintage", "9", "--text", "x"}), "drop/tall has no vintage 9"},
        {annotate({"--period", "2018", "--text", "a\nb"}), "the text has a control character after 'a'"},
        {annotate({"--period", "2018", "--text", "x", "--reason", "y"}), "--reason belongs to --withdraw"},
        {{"annotate", "drop/tall", "--kind", "rant", "--text", "x"},
         "--kind: rant not in {revision,error correction,break,note}"},
        {{"annotate", "--withdraw", "1", "--reason", "x"},
         "there is no annotation 1 (see `skurd annotations --all`)"},
        {{"annotations", "drop/tal"}, "did you mean 'drop/tall'"},
    };
    for (const auto& row : rows) {
        const auto ended = scene.run(row.arguments);
        INFO(row.message << "\n" << ended.out << ended.err);
        CHECK(ended.exit == 2);
        CHECK(ended.err.find(row.message) != std::string::npos);
    }
    CHECK(scene.run({"corrections", "--all"}).out == "no corrections\n");
    CHECK(scene.run({"annotations", "--all"}).out == "no annotations\n");
}

TEST_CASE("corrections and annotations are listed as tables and as JSON", "[app]")
{
    const Scene scene;
    CHECK(scene.run(correct({"--reason", "blåbær", "--by", "Kåre"})).out ==
          "correction 1 holds until the source changes the number\n");
    CHECK(scene
              .run({"annotate", "drop/tall{nr=2}", "--kind", "error correction", "--period", "2019", "--vintage", "1",
                    "--text", "rettet i trykken", "--by", "Kåre"})
              .out == "annotation 1 is stored\n");
    CHECK(scene.run({"annotate", "drop/tall", "--kind", "note", "--vintage", "1", "--text", "alt", "--json"}).out ==
          "{\n  \"exit\": 0,\n  \"annotation\": 2\n}\n");
    CHECK(scene.run({"annotate", "--withdraw", "2", "--reason", "feil"}).out == "annotation 2 is withdrawn\n");

    const auto corrections = Json::parse(scene.run({"corrections", "--json"}).out);
    REQUIRE(corrections.size() == 1);
    CHECK(corrections[0]["codes"] == Json({{"nr", "1"}}));
    CHECK(corrections[0]["source_value"] == "5");
    CHECK(corrections[0]["corrected_value"] == "5.5");
    CHECK(corrections[0]["ended"].is_null());
    const auto table = scene.run({"corrections"}).out;
    CHECK(table.find("1  drop/tall nr=1 2018       5        5.5  blåbær  Kåre  ") != std::string::npos);

    const auto annotations = Json::parse(scene.run({"annotations", "--json"}).out);
    REQUIRE(annotations.size() == 1);
    CHECK(annotations[0]["kind"] == "error correction");
    CHECK(annotations[0]["period"] == "2019");
    CHECK(annotations[0]["vintage"] == 1);
    CHECK(annotations[0]["text"] == "rettet i trykken");
    const auto all = Json::parse(scene.run({"annotations", "drop/tall{nr=1}", "--all", "--json"}).out);
    REQUIRE(all.size() == 1);
    CHECK(all[0]["withdrawn"]["why"] == "feil");
    CHECK(all[0]["codes"].is_null());
}
