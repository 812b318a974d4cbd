#include "config/layout_profile.hpp"

#include "base/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

#include <map>

using namespace skurd;
using namespace skurd::test;

namespace {

using Files = std::map<std::string, std::string>;

/// The [layout] of a job with the files beside it.
Section layout_of(const std::string& text, const Files& beside)
{
    auto layout = Section::parse(text, "schedules/job.toml").require_table("layout");
    add_profile(layout, [&](const std::string& name) -> EmbeddedFile {
        return {"schedules/" + name, beside.at(name)};
    });
    return layout;
}

std::string mistake_in(const std::string& text, const Files& beside)
{
    try {
        auto layout = layout_of(text, beside);
        layout.get_integer("header", 1, 1, 9);
        layout.get_strings("skip");
        if (auto missing = layout.get_table("missing"))
            missing->get_choice("*", "confidential", {"confidential"});
        layout.reject_unknown_keys();
        return "";
    } catch (const Error& failure) {
        CHECK(failure.code() == ExitCode::usage);
        return failure.what();
    }
}

} // namespace

TEST_CASE("a layout has the keys of its profile, but for its own")
{
    const Files beside = {{"p.toml", "[layout]\nheader = 3\nunit = 'kr'\n[layout.missing]\n'*' = 'a'\n'.' = 'b'\n"
                                     "[[layout.series]]\ncolumn = 'B'\n[[layout.series]]\ncolumn = 'A'\n"}};
    auto layout = layout_of("[layout]\nfrom = 'p.toml'\nheader = 4\n[layout.missing]\n':' = 'c'\n", beside);
    std::vector<std::string> columns;
    for (auto& series : layout.get_tables("series"))
        columns.push_back(series.require_string("column"));

    CHECK(layout.get_integer("header", 1, 1, 9) == 4);
    CHECK(layout.get_string("unit", "") == "kr");
    auto missing = layout.require_table("missing");
    CHECK(missing.keys() == std::vector<std::string>{":"});
    CHECK(missing.get_string(":", "") == "c");
    CHECK(columns == std::vector<std::string>{"B", "A"});
    CHECK(layout.where("header") == "schedules/job.toml:3");
    CHECK(layout.where("unit") == "schedules/p.toml:3");
    CHECK_NOTHROW(layout.reject_unknown_keys());
}

TEST_CASE("the text of a profile is what it was read from, none where none is named")
{
    auto with = Section::parse("[layout]\nfrom = 'p.toml'\n", "job.toml").require_table("layout");
    auto without = Section::parse("[layout]\nunit = 'kr'\n", "job.toml").require_table("layout");
    const ReadBeside beside = [](const std::string&) -> EmbeddedFile {
        return {"p.toml", "[layout]\nunit = 'kr'\n"};
    };
    const auto profile = add_profile(with, beside);
    const auto nothing = add_profile(without, beside);
    CHECK(profile == "[layout]\nunit = 'kr'\n");
    CHECK(nothing.empty());
}

TEST_CASE("each mistake in a profile is refused with its own file and line")
{
    const struct {
        const char* profile;
        const char* message;
    } mistakes[] = {
        {"[layout]\nheader = 10\n", "schedules/p.toml:2: 'header' must be a whole number from 1 to 9"},
        {"[layout]\nheadr = 3\n", "schedules/p.toml:2: unknown key 'headr' (did you mean 'header'?)"},
        {"[layout]\n[layout.missing]\n\n'*' = 'secret'\n",
         "schedules/p.toml:4: '*' cannot be 'secret' (known: confidential)"},
        {"[layout]\n[layout.missing]\n\n'.' = 'confidential'\n", "schedules/p.toml:4: unknown key '.'"},
        {"[layout]\nfrom = 'q.toml'\n",
         "schedules/p.toml:2: a profile has no 'from' of its own: write the keys here, "
         "or name that file in schedules/job.toml:2"},
        {"[layuot]\nheader = 3\n", "schedules/p.toml:1: unknown key 'layuot' (did you mean 'layout'?)"},
        {"[layout]\nheader = 3\n[source]\n",
         "schedules/p.toml:3: unknown key 'source': a file that is no job has the table [layout] alone"},
        {"[layout]\nskip = ['a\n", "schedules/p.toml:2: not valid TOML: "},
    };
    for (const auto& mistake : mistakes)
        CHECK_THAT(mistake_in("[layout]\nfrom = 'p.toml'\n", {{"p.toml", mistake.profile}}),
                   Catch::StartsWith(mistake.message));
    CHECK(mistake_in("[layout]\nfrom = 'p.toml'\n", {{"p.toml", "[job]\n[source]\n[layout]\nheader = 3\n"}}).empty());
    CHECK(mistake_in("[layout]\nfrom = 3\n", {}) == "schedules/job.toml:2: 'from' must be a string");
}

TEST_CASE("a profile lies in the job's folder, wherever names and links lead")
{
    TempDir outside;
    TempDir folder;
    write_file(outside / "p.toml", "outside");
    write_file(folder / "p.toml", "inside");
    write_file(folder / "layouts/p.toml", "below");
    std::filesystem::create_symlink(outside / "p.toml", folder / "link.toml");
    std::filesystem::create_symlink(outside.path(), folder / "far");
    std::filesystem::create_symlink("p.toml", folder / "near.toml");
    write_file(folder / "large.toml", std::string((1 << 20) + 1, '#'));
    const auto beside = files_in(folder.path());
    const auto refusal = [&](const std::string& name) {
        try {
            beside(name);
            return std::string("none");
        } catch (const Error& failure) {
            return std::string(failure.what());
        }
    };
    const auto inside = beside("p.toml");
    const auto below = beside("layouts/p.toml");
    const auto near = beside("near.toml");

    CHECK(inside.bytes == "inside");
    CHECK(inside.name == (folder / "p.toml").string());
    CHECK(below.bytes == "below");
    CHECK(near.bytes == "inside");
    for (const std::string name : {"", "../p.toml", "layouts/../../p.toml", "/etc/hostname"})
        CHECK(refusal(name) == "'" + name + "' is not the name of a file in the job's folder, or in a folder of it");
    for (const std::string name : {"link.toml", "far/p.toml"})
        CHECK(refusal(name) == "'" + name + "' leads out of the job's folder: put the file itself there");
    CHECK(refusal("none.toml") == "'none.toml' cannot be read: No such file or directory");
    CHECK(refusal("layouts") == "'layouts' is not a file");
    CHECK_THAT(refusal("large.toml"), Catch::EndsWith("large.toml: cannot be read: it has more than 1048576 bytes"));
}
