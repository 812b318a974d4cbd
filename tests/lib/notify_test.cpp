#include "lib/systemd/notify.hpp"

#include "base/file_descriptor.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>

using namespace skurd;
using skurd::test::TempDir;

namespace {

/// A variable of the environment, for as long as the object lives.
class Variable {
public:
    Variable(const char* name, const std::string& value) : name_(name) { ::setenv(name, value.c_str(), 1); }
    ~Variable() { ::unsetenv(name_); }
    Variable(const Variable&) = delete;
    Variable& operator=(const Variable&) = delete;

private:
    const char* name_;
};

struct Manager {
    Manager()
    {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, path.c_str(), path.size());
        REQUIRE(::bind(socket.get(), static_cast<const sockaddr*>(static_cast<const void*>(&address)),
                       sizeof address) == 0);
    }
    std::string heard() const
    {
        std::string text(200, '\0');
        const auto size = ::recv(socket.get(), text.data(), text.size(), MSG_DONTWAIT);
        text.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
        return text;
    }

    TempDir folder;
    std::string path = (folder / "notify").string();
    FileDescriptor socket{::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)};
};

} // namespace

TEST_CASE("the service manager is told how the process is, where it listens", "[lib]")
{
    const Manager manager;
    notify_manager("READY=1"); // to nobody
    CHECK(manager.heard().empty());
    const Variable name("NOTIFY_SOCKET", manager.path);
    notify_manager("READY=1");
    CHECK(manager.heard() == "READY=1");
    notify_reloading();
    CHECK(manager.heard().starts_with("RELOADING=1\nMONOTONIC_USEC="));
}

TEST_CASE("a service manager that is not there stops nobody", "[lib]")
{
    for (const auto& path : {std::string("/nowhere"), std::string("relative"), std::string(300, '/')}) {
        const Variable name("NOTIFY_SOCKET", path);
        CHECK_NOTHROW(notify_manager("READY=1"));
    }
}

TEST_CASE("a watchdog is fed when it is for this process", "[lib]")
{
    CHECK_FALSE(watchdog_interval());
    const Variable interval("WATCHDOG_USEC", "30000000");
    CHECK(watchdog_interval() == std::chrono::seconds(30));
    {
        const Variable other("WATCHDOG_PID", "1");
        CHECK_FALSE(watchdog_interval());
    }
    const Variable own("WATCHDOG_PID", std::to_string(::getpid()));
    CHECK(watchdog_interval() == std::chrono::seconds(30));
    const Variable wrong("WATCHDOG_USEC", "often");
    CHECK_FALSE(watchdog_interval());
}
