#include "fetch/program_fetcher.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/temp_dir.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <thread>

using namespace skurd;
using namespace std::chrono_literals;

namespace {

/// Small programs in a folder of their own, and somebody to run them.
struct Programs {
    test::TempDir folder;
    int count = 0;
    test::ManualClock clock{"2025-03-03T08:20:00Z"};
    ProgramFetcher fetcher;

    explicit Programs(const std::string& user = "nobody") : fetcher(clock, user)
    {
        ::chmod(folder.path().c_str(), 0755);
    }

    /// A shell script of these lines, to be run with its path as the only argument.
    Request script(const std::string& lines, mode_t mode = 0755)
    {
        const auto file = folder / fmt::format("program{}", ++count);
        test::write_file(file, "#!/bin/sh\n" + lines + "\n");
        ::chmod(file.c_str(), mode);
        Request request;
        request.kind = Request::Kind::program;
        request.arguments = {file.string()};
        request.time_max = 20s;
        return request;
    }
    std::string output(const Request& request) { return fetcher.fetch(request, {})->body; }
    std::string output(const std::string& lines) { return output(script(lines)); }

    /// The message without the program's path before it; "" when it goes well.
    std::string failure(const Request& request, std::stop_token stop = {})
    {
        try {
            fetcher.fetch(request, std::move(stop));
        } catch (const Error& trouble) {
            const std::string text = trouble.what();
            const auto path = request.arguments.front() + ": ";
            return text.starts_with(path) ? text.substr(path.size()) : "without its path: " + text;
        }
        return "";
    }
    std::string failure(const std::string& lines) { return failure(script(lines)); }
};

/// Whether a process that was killed is gone, or a zombie; gives it a moment.
bool is_gone(const std::string& pid)
{
    const auto is_alive = [&] {
        const auto status = test::read_file("/proc/" + pid + "/stat");
        return !status.empty() && status.find(") Z ") == std::string::npos;
    };
    for (int i = 0; i < 1000 && is_alive(); ++i)
        ::poll(nullptr, 0, 1);
    return !is_alive();
}

} // namespace

TEST_CASE("what a program prints comes back with its path and the time", "[exec]")
{
    Programs programs;
    auto request = programs.script("printf '%s|' \"$@\"");
    request.arguments.insert(request.arguments.end(), {"a b", "$(id)", "", "æ"});
    const auto response = programs.fetcher.fetch(request, {});
    CHECK(response->body == "a b|$(id)||æ|");
    CHECK(response->status == 200);
    CHECK(response->url == request.arguments.front());
    CHECK(response->received_at == programs.clock.now());
}

TEST_CASE("a program gets a clean environment, an empty folder, and nothing to read", "[exec]")
{
    Programs programs;
    ::setenv("SKURD_TEST_SECRET", "s3cr3t", 1);
    const auto environment = programs.output("env | sort | grep -v '^_='");
    ::unsetenv("SKURD_TEST_SECRET");
    const auto place = programs.output("pwd; ls -A | wc -l; touch x; ls -A; cat; umask");
    const auto lines = split(place, '\n');
    CHECK(environment.starts_with("HOME=/nonexistent\nLANG=C.UTF-8\nPATH=/usr/local/bin:/usr/bin:/bin\nPWD="));
    CHECK(environment.find("s3cr3t") == std::string::npos);
    REQUIRE(lines.size() == 5);
    CHECK(lines[1] == "0");
    CHECK(lines[2] == "x");
    CHECK(lines[3] == "0077");
    CHECK_FALSE(std::filesystem::exists(std::string(lines[0]))); // gone with all that was in it
}

TEST_CASE("a program has no descriptors but three, and can gain no rights", "[exec]")
{
    Programs programs;
    const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    const int leaked = ::fcntl(nothing, F_DUPFD, 50); // not closed by exec, as a library may have it
    const auto file = "/proc/$$/fd/" + std::to_string(leaked);
    const auto open = programs.output("test -e " + file + " && echo there || echo closed");
    ::close(leaked);
    ::close(nothing);
    CHECK(open == "closed\n");
    CHECK(programs.output("grep NoNewPrivs /proc/self/status") == "NoNewPrivs:\t1\n");
    CHECK(programs.output("grep -E 'Cap(Prm|Eff|Amb)' /proc/self/status | cut -f2 | sort -u") ==
          "0000000000000000\n");
    CHECK(programs.output("test \"$(cut -d' ' -f5,6 /proc/$$/stat)\" = \"$$ $$\" && echo own") == "own\n");
}

TEST_CASE("what a program starts ends with it, whatever sessions it makes", "[exec]")
{
    Programs programs;
    const auto pids =
        programs.output("setsid sh -c 'trap \"\" TERM HUP; echo $$; setsid sleep 1000 & echo $!; exec sleep "
                        "1000' & sleep 0.2");
    const auto lines = split(pids, '\n');
    REQUIRE(lines.size() >= 2);
    CHECK(is_gone(std::string(lines[0])));
    CHECK(is_gone(std::string(lines[1])));
}

TEST_CASE("a program of root's runs as somebody else, without groups", "[exec]")
{
    if (::geteuid() != 0)
        return;
    Programs programs;
    CHECK(programs.output("id -un; id -G") == "nobody\n65534\n");
    CHECK(Programs("root").failure("id") == "is not run as root; name another user in [fetch] exec_user");
    CHECK(Programs("no-such-user").failure("id") ==
          "is not run: there is no user 'no-such-user' ([fetch] exec_user)");
}

TEST_CASE("another code than 0 is a failure, with the last words of the program", "[exec]")
{
    Programs programs;
    CHECK(programs.failure("echo 1,2; echo one >&2; echo 'no key in $KEY' >&2; exit 3") ==
          "ended with code 3: no key in $KEY");
    CHECK(programs.failure("exit 4") == "ended with code 4");
    CHECK(programs.failure("kill -SEGV $$") == "was ended by SIGSEGV");
    CHECK(
        programs.failure("i=0; while [ $i -lt 20000 ]; do echo \"line $i of many\"; i=$((i+1)); done >&2; exit 1") ==
        "ended with code 1: line 19999 of many");
    CHECK(programs.failure("head -c 300000 /dev/zero >&2; exit 1").starts_with("ended with code 1: "));
}

TEST_CASE("nothing and a web page are no output", "[exec]")
{
    Programs programs;
    CHECK(programs.failure("true") == "printed nothing");
    CHECK(programs.failure("printf ' \\n'") == "printed nothing");
    CHECK(programs.failure("echo; echo '<!DOCTYPE html>'") == "printed a web page");
}

TEST_CASE("a program that takes too long is ended with all it started, also one that will not hear", "[exec]")
{
    Programs programs;
    auto request = programs.script("sleep 60 & echo $! > $0.pid; wait");
    test::write_file(programs.folder / "program1.pid", "");
    ::chmod((programs.folder / "program1.pid").c_str(), 0666);
    request.time_max = 1s;
    const auto failure = programs.failure(request);
    const auto child = std::string(trim(test::read_file(programs.folder / "program1.pid")));
    auto deaf = programs.script("trap '' TERM; while :; do sleep 0.1; done");
    deaf.time_max = 1s;
    CHECK(failure == "was ended after 1 s, its time limit ([source] timeout)");
    REQUIRE(all_digits(child));
    CHECK(is_gone(child));
    CHECK(programs.failure(deaf) == "was ended after 1 s, its time limit ([source] timeout)");
}

TEST_CASE("what a program leaves behind is killed when it ends", "[exec]")
{
    Programs programs;
    const auto child = programs.output("sleep 60 >/dev/null 2>&1 & echo $!");
    const auto still_writing = programs.output("(while :; do echo x; done) & echo y");
    CHECK(is_gone(std::string(trim(child))));
    CHECK(still_writing.find("y\n") != std::string::npos);
}

TEST_CASE("output beyond its limit ends the program", "[exec]")
{
    Programs programs;
    auto endless = programs.script("yes");
    endless.output_max = 100'000;
    auto just = programs.script("head -c 100000 /dev/zero");
    just.output_max = 100'000;
    CHECK(programs.failure(endless) == "printed more than 100000 bytes ([source] output_mib)");
    CHECK(programs.output(just).size() == 100'000);
    CHECK(programs.failure("yes >&2 & sleep 0; exit 1").starts_with("ended with code 1"));
}

TEST_CASE("memory, files and processor time have limits", "[exec]")
{
    Programs programs;
    auto hungry = programs.script("head -c 1000000000 /dev/zero | tail -n 1 | wc -c; exit 0");
    hungry.memory_max = std::size_t(64) << 20;
    auto file = programs.script("head -c 1000000 /dev/zero > x || exit 7");
    file.output_max = 1000;
    const auto limits = programs.script("ulimit -t; ulimit -c; ulimit -n; ulimit -f; ulimit -v");
    CHECK(programs.output(hungry) == "0\n"); // tail got no memory for a line so long
    CHECK(programs.failure(file).find("ended with code") != std::string::npos);
    CHECK(programs.output(limits) == "20\n0\n256\n131072\n524288\n");
}

TEST_CASE("a stop ends a program", "[exec]")
{
    Programs programs;
    const auto request = programs.script("echo > $0.started; sleep 60");
    const auto started = programs.folder / "program1.started";
    ::mkfifo(started.c_str(), 0666);
    ::chmod(started.c_str(), 0666);
    std::stop_source stop;
    std::jthread stopper([&] {
        test::read_file(started); // returns once the program has written
        stop.request_stop();
    });
    const auto failure = programs.failure(request, stop.get_token());
    CHECK(failure == "stopped");
    CHECK(programs.failure(request, stop.get_token()) == "stopped"); // and does not even start
}

TEST_CASE("a program that others may change, or that is none, is not run", "[exec]")
{
    Programs programs;
    auto request = programs.script("echo ran");
    const auto file = request.arguments.front();
    const auto refusal = [&](const std::string& path) {
        request.arguments.front() = path;
        return programs.failure(request);
    };
    std::filesystem::create_symlink(file, programs.folder / "link");
    CHECK(programs.output(request) == "ran\n");
    CHECK(refusal((programs.folder / "link").string()) == "");
    CHECK(refusal("program") == "is not an absolute path");
    CHECK(refusal(programs.folder.path().string()) == "is not an executable file");
    CHECK(refusal((programs.folder / "none").string()) == "cannot be looked at: No such file or directory");
    ::chmod(file.c_str(), 0775);
    CHECK(refusal(file) == "may be written by others than its owner; chmod go-w it");
    ::chmod(file.c_str(), 0757);
    CHECK(refusal(file) == "may be written by others than its owner; chmod go-w it");
    ::chmod(file.c_str(), 0644);
    CHECK(refusal(file) == "is not an executable file");
    ::chmod(file.c_str(), 0755);
    ::chmod(programs.folder.path().c_str(), 0777);
    CHECK(refusal(file) ==
          "lies in " + programs.folder.path().string() + ", which everybody may write; chmod o-w it");
    if (::geteuid() == 0) {
        ::chmod(programs.folder.path().c_str(), 0755);
        REQUIRE(::chown(file.c_str(), 65534, 65534) == 0);
        CHECK(refusal(file) == "belongs to another user than root or skurd's");
    }
}

TEST_CASE("a program that cannot be started says at which step", "[exec]")
{
    Programs programs;
    const auto request = programs.script("");
    const std::filesystem::path file = request.arguments.front();
    test::write_file(file, "#!/no/such/interpreter\n");
    CHECK(programs.failure(request) == "cannot be started: exec: No such file or directory");
    test::write_file(file, "neither script nor binary");
    CHECK(programs.failure(request) == "cannot be started: exec: Exec format error");
}
