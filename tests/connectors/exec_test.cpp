#include "base/error.hpp"
#include "config/job.hpp"
#include "connectors/connector.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

#include <regex>

using namespace skurd;

namespace {

std::unique_ptr<Connector> connector_of(const std::string& text)
{
    auto job = Job::read(Section::parse(text, "x.toml"), "x");
    JobSections sections{job.id, job.source, job.layout, "/drop"};
    auto connector = create_connector(job.connector, job.connector_where, sections);
    job.whole.reject_unknown_keys();
    return connector;
}

std::string message_of(const std::string& text)
{
    try {
        connector_of(text);
    } catch (const Error& failure) {
        return failure.what();
    }
    return "";
}

const std::string job = "[job]\nconnector='exec'\n[source]\n";

} // namespace

TEST_CASE("an exec job asks for its program with its arguments and limits", "[exec]")
{
    const auto connector =
        connector_of(job + "program='/bin/x'\narguments=['-a', 'b c']\ntimeout=7\nmemory_mib=100\noutput_mib=2\n");
    const auto request = std::get<Request>(connector->next({}, {}));
    CHECK(request.kind == Request::Kind::program);
    CHECK(request.arguments == std::vector<std::string>{"/bin/x", "-a", "b c"});
    CHECK(request.time_max == std::chrono::seconds(7));
    CHECK(request.memory_max == 100U << 20);
    CHECK(request.output_max == 2U << 20);
    CHECK(request.purpose == "output of /bin/x for exec/x");
    CHECK(connector->guarantee().hosts.empty());
    CHECK(std::holds_alternative<Ready>(connector->next({}, std::vector<Response>(1))));
}

TEST_CASE("mistakes in an exec job are named with file and line", "[exec]")
{
    struct Mistake {
        std::string text;
        std::string message;
    };
    const auto program = job + "program='/bin/x'\n";
    const Mistake mistakes[] = {
        {job, "x.toml:3: the key 'program' is missing"},
        {job + "program='x --all'\n",
         "x.toml:4: 'program' is the absolute path of a program, not 'x --all'; arguments "
         "stand in 'arguments', and no shell reads them"},
        {program + "arguments=[\"a\\u0000b\"]\n", "x.toml:5: no argument can hold a NUL character"},
        {program + "timeout=0\n", "x.toml:5: 'timeout' must be a whole number from 1 to 3600"},
        {program + "dataset='a/b'\n",
         "x.toml:5: 'dataset' must be 1 to 100 of the characters a-z A-Z 0-9 - _ . and is 'a/b'"},
        {program + "[layout]\nperiod='2020'\n",
         "x.toml:3: a table [layout] says where things are in CSV: give format = \"csv\" with it"},
        {program + "format='csv'\n[source.symbols]\n':'='nil'\n[layout]\nperiod='2020'\n",
         "x.toml:6: with a table [layout], marks stand in [layout.missing], not in [source.symbols]"},
        {program + "[source.symbols]\n':'='hidden'\n",
         "x.toml:6: ':' cannot be 'hidden' (known: not applicable, not available, preliminary missing, confidential, "
         "nil, not computable, provisional, estimated, revised, break in series, low reliability, footnote, "
         "suppressed, withdrawn, not asked for)"},
    };
    for (const auto& mistake : mistakes)
        CHECK(message_of(mistake.text) == mistake.message);
    CHECK(message_of(program + "memory=1\n").find("unknown key 'memory'") != std::string::npos);
}

TEST_CASE("the README of the exec connector names every key of its sample", "[exec]")
{
    const std::string folder = SKURD_SOURCE_DIR "/connectors/exec/";
    const auto sample = test::read_file(folder + "sample.toml");
    const auto readme = test::read_file(folder + "README.md");
    const std::regex key("\n(?:# )?([a-z_]+) *= ");
    std::size_t count = 0;
    const auto source = sample.begin() + static_cast<std::ptrdiff_t>(sample.find("[source]"));
    for (std::sregex_iterator match(source, sample.end(), key), end; match != end; ++match, ++count) {
        INFO((*match)[1]);
        CHECK(readme.find("`" + (*match)[1].str() + "`") != std::string::npos);
    }
    CHECK(count == 8);
}
