// What the daemon publishes of itself.
#include "daemon/publisher.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/temp_dir.hpp"

using namespace skurd;
using namespace skurd::test;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

struct PublisherScene {
    explicit PublisherScene(const std::string& publish)
    {
        write_file(folder / "skurd.toml", "[jobs]\nshipped = false\n" + publish);
        workspace.emplace(find_installation((folder / "skurd.toml").string(), (folder / "state").string()), clock);
        publisher.emplace(*workspace);
    }

    void pass()
    {
        {
            const Turn turn(workspace->turns);
            publisher->begin(turn);
        }
        publisher->stop();
    }

    void commit() const
    {
        StoreSession::Transaction transaction(workspace->store);
        transaction.record(CommitKind::vintage);
        transaction.commit();
    }

    std::string latest() const
    {
        std::error_code none;
        return fs::read_symlink(folder / "state/published/latest", none).string();
    }

    TempDir folder;
    ManualClock clock{"2026-03-02T08:00:00Z"};
    std::optional<Workspace> workspace;
    std::optional<Publisher> publisher;
};

} // namespace

TEST_CASE("the daemon publishes what changed, at most once in the time that is set", "[daemon]")
{
    PublisherScene here("[publish]\nafter_harvest = true\nevery_minutes = 60\n");
    here.commit();
    here.pass();
    const auto first = here.latest();
    here.commit();
    here.clock.advance(59min);
    here.pass();
    const auto too_early = here.latest();
    here.clock.advance(2min);
    here.pass();

    CHECK_FALSE(first.empty());
    CHECK(too_early == first);
    CHECK(here.latest() == std::to_string(std::stoi(first) + 1));
}

TEST_CASE("the daemon publishes nothing of itself unless it is told to", "[daemon]")
{
    PublisherScene here("");
    here.commit();
    here.pass();
    CHECK(here.latest().empty());
}
