#include "lib/systemd/journal.hpp"

#include "base/file_descriptor.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

#include <sys/socket.h>
#include <sys/un.h>

#include <cstring>

using namespace skurd;
using skurd::test::TempDir;

namespace {

/// What listens where the journal does.
struct Listener {
    Listener()
    {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, path.c_str(), path.size());
        REQUIRE(::bind(socket.get(), static_cast<const sockaddr*>(static_cast<const void*>(&address)),
                       sizeof address) == 0);
    }
    std::string heard() const
    {
        std::string text(4000, '\0');
        const auto size = ::recv(socket.get(), text.data(), text.size(), MSG_DONTWAIT);
        text.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
        return text;
    }

    TempDir folder;
    std::string path = (folder / "journal").string();
    FileDescriptor socket{::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)};
};

} // namespace

TEST_CASE("an entry is a datagram of fields", "[lib]")
{
    const Listener journal;
    const auto sender = Journal::at(journal.path);
    REQUIRE(sender);
    CHECK(sender->send({{"MESSAGE", "ssb-cpi: new vintage"}, {"PRIORITY", "6"}, {"JOB", "ssb-cpi"}}));
    CHECK(journal.heard() == "MESSAGE=ssb-cpi: new vintage\nPRIORITY=6\nJOB=ssb-cpi\n");
}

TEST_CASE("a value with a line end makes no field of its own", "[lib]")
{
    const Listener journal;
    CHECK(Journal::at(journal.path)->send({{"MESSAGE", "a\nPRIORITY=0"}, {"JOB", "x"}}));
    CHECK(journal.heard() == std::string("MESSAGE\n\x0c\0\0\0\0\0\0\0a\nPRIORITY=0\nJOB=x\n", 35));
}

TEST_CASE("what the journal does not take is said not to be sent", "[lib]")
{
    const Listener journal;
    const auto sender = Journal::at(journal.path);
    REQUIRE(sender);
    CHECK_FALSE(sender->send({{"MESSAGE", std::string(64 << 20, 'x')}}));
    CHECK_FALSE(Journal::at(journal.path + "-not-there"));
    CHECK_FALSE(Journal::at(std::string(200, 'x')));
}

TEST_CASE("standard error that leads elsewhere is not the journal", "[lib]")
{
    ::setenv("JOURNAL_STREAM", "1:2", 1); // NOLINT(concurrency-mt-unsafe): of one thread
    CHECK_FALSE(Journal::of_standard_error());
    ::unsetenv("JOURNAL_STREAM"); // NOLINT(concurrency-mt-unsafe): of one thread
    CHECK_FALSE(Journal::of_standard_error());
}
