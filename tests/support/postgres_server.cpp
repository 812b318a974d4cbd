#include "tests/support/postgres_server.hpp"

#include "base/error.hpp"
#include "lib/postgres/connection.hpp"

#include <array>
#include <csignal>
#include <fmt/format.h>
#include <iostream>
#include <poll.h>
#include <pwd.h>
#include <unistd.h>

namespace skurd::test {

namespace {

const std::filesystem::path& installed_programs()
{
    static const std::filesystem::path folder = [] {
        for (const char* version : {"15", "16", "17"}) {
            const auto place = std::filesystem::path("/usr/lib/postgresql") / version / "bin";
            if (std::filesystem::exists(place / "postgres"))
                return place;
        }
        return std::filesystem::path();
    }();
    return folder;
}

/// The server refuses root.
std::optional<Identity> identity()
{
    if (::geteuid() != 0)
        return std::nullopt;
    const auto* nobody = ::getpwnam("nobody");
    if (!nobody)
        throw error("there is no user nobody that PostgreSQL could run as");
    return Identity{nobody->pw_uid, nobody->pw_gid};
}

ChildPlan plan_of(const std::filesystem::path& program, std::vector<std::string> arguments,
                  const std::filesystem::path& folder)
{
    ChildPlan plan;
    plan.program = program;
    plan.arguments = std::move(arguments);
    plan.arguments.insert(plan.arguments.begin(), program.string()); // by which it finds its other parts
    plan.environment = {"PATH=/usr/bin:/bin", "LC_ALL=C", "TZ=UTC"};
    plan.folder = folder;
    plan.identity = identity();
    plan.file_max = std::size_t(1) << 32;
    plan.cpu_max = std::chrono::seconds(3600);
    return plan;
}

/// What a descriptor gives until it ends.
template <typename Take>
void read_all(int descriptor, Take take)
{
    std::array<char, 4096> bytes{};
    for (;;) {
        pollfd waiting{descriptor, POLLIN, 0};
        ::poll(&waiting, 1, -1);
        const auto count = ::read(descriptor, bytes.data(), bytes.size());
        if (count > 0)
            take(std::string_view(bytes.data(), static_cast<std::size_t>(count)));
        else if (count == 0 || (errno != EAGAIN && errno != EINTR))
            return;
    }
}

void run_to_end(const ChildPlan& plan)
{
    ChildProcess child(plan);
    std::string said;
    read_all(child.err().get(), [&](std::string_view bytes) { said += bytes; });
    if (child.wait() != 0)
        throw error("{} failed: {}", plan.program.filename().string(), said);
}

void tell_skipped()
{
    std::cout << "skipped: PostgreSQL is not on this machine\n";
}

} // namespace

bool PostgresServer::is_installed()
{
    return !installed_programs().empty();
}

PostgresServer* PostgresServer::running()
{
    if (!is_installed()) {
        tell_skipped();
        return nullptr;
    }
    static const auto server = another({});
    return server.get();
}

std::unique_ptr<PostgresServer> PostgresServer::another(const std::vector<std::string>& settings)
{
    if (!is_installed()) {
        tell_skipped();
        return nullptr;
    }
    return std::unique_ptr<PostgresServer>(new PostgresServer(installed_programs(), settings, nullptr));
}

std::unique_ptr<PostgresServer> PostgresServer::replica_of(const PostgresServer& primary)
{
    return std::unique_ptr<PostgresServer>(new PostgresServer(installed_programs(), {}, &primary));
}

PostgresServer::PostgresServer(const std::filesystem::path& programs, const std::vector<std::string>& settings,
                               const PostgresServer* primary)
    : programs_(programs), settings_(settings)
{
    const auto who = identity();
    if (who && ::chown(folder_.path().c_str(), who->user, who->group) != 0)
        throw error("{}: cannot be given to the server's user", folder_.path().string());
    if (primary)
        copy_of(*primary, programs);
    else
        make_as_new(programs);
    if (!start())
        throw error("PostgreSQL did not start: {}", log_);
}

void PostgresServer::make_as_new(const std::filesystem::path& programs)
{
    const std::vector<std::string> arguments = {
        "-D",        (folder_ / "data").string(), "-E", "UTF8", "--locale=C", "-A", "trust", "-U", "skurd",
        "--no-sync", "--no-instructions"};
    run_to_end(plan_of(programs / "initdb", arguments, folder_.path()));
}

void PostgresServer::copy_of(const PostgresServer& primary, const std::filesystem::path& programs)
{
    const std::vector<std::string> arguments = {"-D", (folder_ / "data").string(),
                                                "-h", primary.folder().string(),
                                                "-U", "skurd",
                                                "-R", "--checkpoint=fast",
                                                "-X", "stream",
                                                "-N"};
    run_to_end(plan_of(programs / "pg_basebackup", arguments, folder_.path()));
}

bool PostgresServer::start()
{
    is_ready_ = false;
    has_ended_ = false;
    has_changed_ = false;
    log_.clear();
    std::vector<std::string> arguments = {"-D", (folder_ / "data").string(), "-k", folder_.path().string()};
    for (const char* setting : {"listen_addresses=", "fsync=off", "full_page_writes=off", "max_connections=40",
                                "dynamic_shared_memory_type=mmap", "shared_buffers=64MB", "autovacuum=off"})
        arguments.insert(arguments.end(), {"-c", setting});
    for (const auto& setting : settings_)
        arguments.insert(arguments.end(), {"-c", setting});
    server_ = std::make_unique<ChildProcess>(plan_of(programs_ / "postgres", arguments, folder_.path()));
    log_reader_ = std::jthread([this] { read_log(); });
    while (!is_ready_ && !has_ended_)
        has_changed_.wait(false);
    return is_ready_;
}

PostgresServer::~PostgresServer()
{
    if (server_)
        server_->ask_to_end(); // so that it takes its shared memory with it
    end();
}

void PostgresServer::end()
{
    if (log_reader_.joinable())
        log_reader_.join();
    server_.reset();
}

void PostgresServer::die_and_begin_anew(Death death)
{
    const auto first = std::stoi(read_file(folder_ / "data/postmaster.pid"));
    ::kill(first, death == Death::killed ? SIGKILL : SIGQUIT);
    end(); // those that the first process had begun end when they see that it is gone
    constexpr int tries_max = 100;
    for (int i = 0; !start(); ++i) {
        end();
        if (i == tries_max)
            throw error("PostgreSQL did not start again: {}", log_);
    }
}

void PostgresServer::read_log()
{
    read_all(server_->err().get(), [&](std::string_view bytes) {
        log_ += bytes;
        if (log_.find("ready to accept") != std::string::npos)
            tell(is_ready_);
    });
    tell(has_ended_);
}

void PostgresServer::tell(std::atomic<bool>& what)
{
    what = true;
    has_changed_ = true;
    has_changed_.notify_all();
}

std::string PostgresServer::url(const std::string& database) const
{
    return fmt::format("postgresql://skurd@/{}?host={}", database, folder_.path().string());
}

std::string PostgresServer::new_database()
{
    return made_from("template0");
}

std::string PostgresServer::copy_of(const std::string& url)
{
    const auto begin = url.find("@/") + 2;
    return made_from(url.substr(begin, url.find('?') - begin));
}

std::string PostgresServer::made_from(const std::string& pattern)
{
    const auto name = fmt::format("d{}", ++databases_);
    PostgresConnection connection({url("postgres"), ""});
    connection.exec("CREATE DATABASE " + name + " TEMPLATE " + pattern);
    return url(name);
}

} // namespace skurd::test
