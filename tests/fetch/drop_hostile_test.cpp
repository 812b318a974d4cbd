// What somebody may put into a drop folder to make skurd read, move or overwrite something else.
#include "base/error.hpp"
#include "fetch/drop_fetcher.hpp"
#include "lib/openssl/sha256.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/temp_dir.hpp"

#include <functional>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/un.h>

using namespace skurd;
using skurd::test::read_file;
using skurd::test::TempDir;
using skurd::test::write_file;
namespace fs = std::filesystem;

namespace {

/// Does something whenever it is asked for the time: what happens between two looks at a folder.
class MeddlingClock final : public Clock {
public:
    Time now() const override
    {
        if (meddle)
            meddle();
        return *parse_time("2099-01-01T00:00:00Z"); // every file is old
    }
    bool wait(std::chrono::milliseconds, std::stop_token) override { return true; }

    std::function<void()> meddle;
};

struct Scene {
    TempDir dir;
    MeddlingClock clock;
    fs::path drop = dir / "drop";
    fs::path secret = dir / "secret.csv";
    DropFolders folders{dir / "archive", dir / "quarantine", clock};
    DropFetcher fetcher{clock, folders};

    Scene()
    {
        write_file(secret, "secret");
        write_file(drop / "a.csv", "1");
    }

    /// Puts something else in the place of a.csv.
    void swap(const std::function<void(const fs::path&)>& make) const
    {
        fs::remove(drop / "a.csv");
        make(drop / "a.csv");
    }

    std::optional<Response> next(const std::string& pattern = "*")
    {
        Request request;
        request.kind = Request::Kind::file;
        request.url = drop.string();
        request.pattern = pattern;
        return fetcher.fetch(request, {});
    }
};

void make_socket(const fs::path& path)
{
    const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.string().copy(address.sun_path, sizeof(address.sun_path) - 1);
    REQUIRE(::bind(fd, static_cast<const sockaddr*>(static_cast<const void*>(&address)), sizeof(address)) == 0);
    ::close(fd);
}

} // namespace

TEST_CASE("links, devices, pipes and sockets in a drop folder are left alone", "[drop]")
{
    Scene scene;
    fs::remove(scene.drop / "a.csv");
    fs::create_symlink(scene.secret, scene.drop / "link.csv");
    fs::create_symlink("/dev/zero", scene.drop / "zero.csv");
    fs::create_directory_symlink(scene.dir.path(), scene.drop / "folder");
    REQUIRE(::mkfifo((scene.drop / "pipe.csv").c_str(), 0600) == 0);
    make_socket(scene.drop / "socket.csv");
    ::mknod((scene.drop / "device.csv").c_str(), S_IFCHR | 0600, makedev(1, 3)); // which not every place allows
    CHECK_FALSE(scene.next());
    CHECK(fs::is_symlink(scene.drop / "link.csv"));
    CHECK_FALSE(fs::exists(scene.dir / "quarantine"));
}

TEST_CASE("a pattern finds names in the folder and never leaves it", "[drop]")
{
    Scene scene;
    CHECK_FALSE(scene.next("../secret.csv"));
    CHECK_FALSE(scene.next("../*"));
    CHECK_FALSE(scene.next(scene.secret.string()));
    CHECK(scene.next("A.csv")->body == "1");
}

TEST_CASE("what takes a file's place between two looks is not read", "[drop]")
{
    Scene scene;
    const auto link = [&](const fs::path& path) { fs::create_symlink(scene.secret, path); };
    const auto pipe = [&](const fs::path& path) { ::mkfifo(path.c_str(), 0600); };
    const auto folder = [&](const fs::path& path) { fs::create_directory(path); };
    const auto row = GENERATE(0, 1, 2);
    const std::function<void(const fs::path&)> makers[] = {link, pipe, folder};
    scene.clock.meddle = [&] {
        if (fs::is_regular_file(fs::symlink_status(scene.drop / "a.csv")))
            scene.swap(makers[row]);
    };
    CHECK_FALSE(scene.next());
    CHECK_FALSE(fs::exists(scene.dir / "quarantine"));
}

TEST_CASE("a link that takes the place of a file that was read is not archived as it", "[drop]")
{
    Scene scene;
    const auto file = scene.next();
    REQUIRE(file);
    scene.swap([&](const fs::path& path) { fs::create_symlink(scene.secret, path); });
    const auto archived = scene.folders.archive(file->url, Sha256::of(file->body));
    CHECK_FALSE(archived);
    CHECK(fs::is_symlink(file->url));
    CHECK(read_file(scene.secret) == "secret");
}

TEST_CASE("quarantine moves a link itself, not what it leads to, also between file systems", "[drop]")
{
    Scene scene;
    const TempDir elsewhere(fs::temp_directory_path());
    const DropFolders far(elsewhere / "archive", elsewhere / "quarantine", scene.clock);
    scene.swap([&](const fs::path& path) { fs::create_symlink(scene.secret, path); });
    std::string failure;
    fs::path kept;
    try {
        kept = far.quarantine(scene.drop / "a.csv", "why");
    } catch (const Error& trouble) {
        failure = trouble.what();
    }
    // Where the two lie on one file system the link itself moves; else nothing does.
    const auto& link = failure.empty() ? kept : scene.drop / "a.csv";
    CHECK(fs::is_symlink(link));
    CHECK(
        (failure.empty() || failure.find("cannot be read: Too many levels of symbolic links") != std::string::npos));
    CHECK(read_file(scene.secret) == "secret");
}

TEST_CASE("a pipe in the place of a file is not copied to another file system as an empty one", "[drop]")
{
    Scene scene;
    const TempDir elsewhere(fs::temp_directory_path());
    const DropFolders far(elsewhere / "archive", elsewhere / "quarantine", scene.clock);
    scene.swap([&](const fs::path& path) { ::mkfifo(path.c_str(), 0600); });
    std::string failure;
    fs::path kept = scene.drop / "a.csv";
    try {
        kept = far.quarantine(kept, "why");
    } catch (const Error& trouble) {
        failure = trouble.what();
    }
    CHECK(fs::is_fifo(kept));
    CHECK((failure.empty() || failure.ends_with("is no file any more")));
}

TEST_CASE("names made to climb out of the archive stay in it", "[drop]")
{
    Scene scene;
    for (const std::string name : {"..csv", "a\nb.csv", "-rf.csv", "a%2f..%2fb.csv"}) {
        write_file(scene.drop / name, name);
        const auto archived = scene.folders.archive(scene.drop / name, Sha256::of(name));
        REQUIRE(archived);
        CHECK(archived->parent_path() == scene.dir / "archive");
        CHECK(archived->filename().string().starts_with(Sha256::of(name)));
    }
}
