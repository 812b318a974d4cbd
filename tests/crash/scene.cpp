#include "tests/crash/scene.hpp"

#include "base/error.hpp"
#include "base/time_text.hpp"

namespace skurd::crash {

namespace fs = std::filesystem;

namespace {

constexpr auto table_id = "90001";

constexpr auto drop_job = R"toml(
[job]
connector = "drop"
[source]
files = "fil-*.csv"
[layout]
separator = ";"
periods = '^(\d{4})$'
[layout.missing]
"." = "not applicable"
[[layout.series]]
column = "Region"
[[layout.series]]
column = "ContentsCode"
)toml";

} // namespace

Scene::Scene(const fs::path& folder, std::size_t cells, test::PostgresServer* server)
    : folder_(folder), server_(server), store_(state()), sim_(clock_), cells_(cells), ways_(2, Served(cells))
{
    fs::create_directories(folder_ / "child");
    // Copies: a campaign may take an hour, and the program be built anew meanwhile.
    fs::copy(SKURD_PROGRAM, folder_ / "skurd");
    fs::copy(SKURD_FAULT_LIBRARY, folder_ / "faults.so");
    test::write_file(folder_ / "schedules/fil.toml", drop_job);
    test::write_file(folder_ / "schedules/netbank.toml",
                     fmt::format("[job]\nconnector = \"ssb\"\nschedule = \"* * * * *\"\n[source]\ntable = "
                                 "\"{}\"\nexpect = \"Krasj\"\nblackout = \"none\"\n"
                                 "base_url = \"{}\"\n[source.select]\nRegion = [\"*\"]\nContentsCode = [\"*\"]\n"
                                 "Tid = [\"*\"]\n",
                                 table_id, sim_.base_url()));
    begin_anew();
}

void Scene::configure() const
{
    const auto store = store_.is_server() ? fmt::format("[store]\nurl = \"{}\"\n", store_.url) : "";
    test::write_file(folder_ / "skurd.toml",
                     "[jobs]\nshipped = false\nspread_minutes = 0\n[fetch]\nallow_private = "
                     "[\"127.0.0.1\"]\nallow_http = [\"127.0.0.1\"]\n"
                     "timeout = 900\n" + // the simulator makes a large table slowly where readers take its processor
                         store);
}

void Scene::schedule_both() const
{
    std::string job = drop_job;
    job.insert(job.find("connector"), "schedule = \"* * * * *\"\n");
    test::write_file(folder_ / "schedules/fil.toml", job);
}

std::string Scene::dataset(Way way)
{
    return way == Way::harvest ? fmt::format("ssb/{}", table_id) : "drop/fil";
}

void Scene::begin_anew()
{
    fs::remove_all(state());
    if (server_)
        store_.url = server_->new_database();
    configure();
    ways_.assign(2, Served(cells_));
    sim_.add_table(sim_table(served(Way::harvest), table_id));
    test::write_file(folder_ / "fil-1.csv", csv(served(Way::drop)));
}

void Scene::publish(Way way, std::mt19937_64& random, unsigned share)
{
    auto& table = ways_[static_cast<std::size_t>(way)];
    const auto changed = table.revise(random, share);
    const auto newest = table.releases() - 1;
    if (way == Way::drop) {
        test::write_file(folder_ / "fil-1.csv", csv(table));
        return;
    }
    sim::SimChanges changes;
    for (const auto position : changed)
        changes.cells[table.key(position)] = Served::text(table.release(newest)[position]);
    sim_.publish(table_id, changes, format_time(table.published(newest)));
}

std::vector<std::string> Scene::words(Way way) const
{
    if (way == Way::harvest)
        return words({"harvest", "netbank", "--json"});
    const auto& table = served(Way::drop);
    return words({"drop", (folder_ / "fil-1.csv").string(), "--job", "fil", "--published",
                  format_time(table.published(table.releases() - 1)), "--json"});
}

void Scene::put_in_folder() const
{
    const auto& table = served(Way::drop);
    const auto file = state() / "drop/fil-1.csv";
    test::write_file(file, csv(table));
    // Without --published the file's own time is when it was published.
    const auto published = table.published(table.releases() - 1);
    fs::last_write_time(file, std::chrono::file_clock::from_sys(published));
}

std::vector<std::string> Scene::words_for_folder() const
{
    return words({"harvest", "fil", "--json"});
}

bool Scene::is_folder_empty() const
{
    return fs::is_empty(state() / "drop");
}

std::vector<std::string> Scene::words(std::vector<std::string> arguments) const
{
    arguments.insert(arguments.begin(), (folder_ / "skurd").string());
    arguments.insert(arguments.end(), {"--config", (folder_ / "skurd.toml").string(), "--state", state().string()});
    return arguments;
}

std::unique_ptr<Child> Scene::start(const std::vector<std::string>& words, const Environment& more) const
{
    return std::make_unique<Child>(words, folder_ / "child", more);
}

std::string Scene::run(const std::vector<std::string>& words, int exit) const
{
    const auto child = start(words);
    if (const int ended = child->wait(); ended != exit)
        throw error("{} {} ended with {} instead of {}: {}{}", words[0], words[1], ended, exit, child->err(),
                    child->out());
    return child->out();
}

} // namespace skurd::crash
