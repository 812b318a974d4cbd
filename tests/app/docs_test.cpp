// What the documents say of the command line, held against the program itself.
#include "tests/support/catch.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temp_dir.hpp"

#include <algorithm>
#include <regex>
#include <set>

using namespace skurd::test;

namespace {

std::set<std::string> matches(const std::string& text, const std::regex& pattern)
{
    std::set<std::string> found;
    for (std::sregex_iterator at(text.begin(), text.end(), pattern), end; at != end; ++at)
        found.insert((*at)[1]);
    return found;
}

/// The commands that `skurd --help` lists.
std::set<std::string> commands(const TempDir& folder)
{
    const auto help = skurd::test::skurd(folder / "state", {"--help"}).out;
    return matches(help, std::regex("\n  ([a-z]+) "));
}

std::set<std::string> options(const TempDir& folder, const std::vector<std::string>& command)
{
    auto arguments = command;
    arguments.emplace_back("--help");
    return matches(skurd::test::skurd(folder / "state", arguments).out, std::regex("(--[a-z-]+)"));
}

/// The project's documents: every *.md outside build folders, tests' expected reports, the sources of
/// cases and what npm brought for the browser's test.
std::vector<std::filesystem::path> documents()
{
    namespace fs = std::filesystem;
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(SKURD_SOURCE_DIR))
        if (entry.path().extension() == ".md")
            found.push_back(entry.path());
    for (const char* folder : {"src", "connectors", "schedules", "schema", "tests", "deploy"})
        for (const auto& entry : fs::recursive_directory_iterator(fs::path(SKURD_SOURCE_DIR) / folder))
            if (entry.path().extension() == ".md" && entry.path().parent_path().filename() != "golden" &&
                entry.path().string().find("/node_modules/") == std::string::npos)
                found.push_back(entry.path());
    return found;
}

/// The places of a document's links that lead to no file beside it.
std::set<std::string> dead_links(const std::string& text, const std::filesystem::path& folder)
{
    std::set<std::string> dead;
    for (const auto& link : matches(text, std::regex(R"(\]\(([^)#\s]+)(?:#[^)]*)?\))")))
        if (link.find("://") == std::string::npos && !std::filesystem::exists(folder / link))
            dead.insert(link);
    return dead;
}

/// Words that the field has others for (CONTRIBUTING.md), but for what stands between backticks: the store has some.
std::set<std::string> old_words(const std::string& text)
{
    const auto plain = std::regex_replace(text, std::regex("`[^`\n]*`"), "");
    return matches(plain, std::regex("\\b(tak(?:e|es|en|ing) in|took (?:it|this|that) in|let go|put off|put away|"
                                     "second look|quiet hours|not to be believed|sweep|suspicio(?:n|us)|"
                                     "looks? of (?:a|the) dataset|kept payloads?|remarks?|allowances?)\\b"));
}

} // namespace

TEST_CASE("man page and completion name every command and every option", "[docs]")
{
    const TempDir folder;
    const auto man = std::regex_replace(read_file(SKURD_SOURCE_DIR "/deploy/man/skurd.1"), std::regex(R"(\\-)"), "-");
    const auto completion = read_file(SKURD_SOURCE_DIR "/deploy/completion/skurd.bash");
    const auto all = commands(folder);
    REQUIRE(all.size() == 41);
    std::vector<std::vector<std::string>> calls = {{},
                                                   {"flags", "ack"},
                                                   {"flags", "show"},
                                                   {"quarantine", "list"},
                                                   {"quarantine", "retry"},
                                                   {"quarantine", "discard"}};
    for (const auto& command : all) {
        calls.push_back({command});
        CHECK(std::regex_search(man, std::regex("(\n\\.B[IR]? \"?" + command + "[ \n])")));
        CHECK(std::regex_search(completion, std::regex("[ \"]" + command + "[ \"]")));
    }
    for (const auto& call : calls)
        for (const auto& option : options(folder, call)) {
            INFO((call.empty() ? "skurd" : call.front()) << " " << option);
            if (option != "--help")
                CHECK(man.find(option) != std::string::npos);
            CHECK(completion.find(option) != std::string::npos);
        }
}

TEST_CASE("links in documents lead to files", "[docs]")
{
    const auto all = documents();
    REQUIRE(all.size() > 30);
    for (const auto& document : all) {
        INFO(document);
        CHECK(dead_links(read_file(document), document.parent_path()) == std::set<std::string>{});
    }
    const TempDir folder;
    write_file(folder / "there.md", "");
    CHECK(dead_links("[a](there.md#part) [b](gone.md) [c](https://example.org/x)", folder.path()) ==
          std::set<std::string>{"gone.md"});
}

TEST_CASE("documents use the field's words", "[docs]")
{
    auto all = documents();
    for (const char* file : {"deploy/man/skurd.1", "deploy/skurd.toml", "deploy/completion/skurd.bash"})
        all.emplace_back(std::filesystem::path(SKURD_SOURCE_DIR) / file);
    for (const auto& document : all) {
        INFO(document);
        if (document.filename() != "CHANGELOG.md") // which says what words were before
            CHECK(old_words(read_file(document)) == std::set<std::string>{});
    }
    CHECK(old_words("payloads are let go") == std::set<std::string>{"let go"});
}

TEST_CASE("the page of fetch explains every key of its section", "[docs]")
{
    const auto fetch_reader = read_file(SKURD_SOURCE_DIR "/src/fetch/fetch_settings.cpp");
    const auto fetch_page = read_file(SKURD_SOURCE_DIR "/src/fetch/README.md");
    const auto keys = matches(fetch_reader, std::regex(R"rx((?:section\.\w+\(|section, )"([a-z_]+)")rx"));
    REQUIRE(keys.size() > 15);
    for (const auto& key : keys) {
        INFO(key);
        CHECK((fetch_page.find("`" + key + "`") != std::string::npos || key == "hosts" || key == "keys"));
    }
}
