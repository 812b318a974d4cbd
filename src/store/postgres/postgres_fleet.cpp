#include "store/postgres/postgres_fleet.hpp"

#include "base/error.hpp"
#include "base/read_file.hpp"
#include "base/time_text.hpp"
#include "store/columns.hpp"
#include "store/engine/statement.hpp"
#include "store/postgres/configuration.hpp"
#include "store/postgres/postgres_database.hpp"
#include "store/postgres/upgrade.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include <sys/stat.h>
#include <unistd.h>

namespace skurd {

namespace fs = std::filesystem;

namespace {

constexpr auto renew_every = Fleet::lease_time / 3;

/// The folder, on any machine, until that is started anew: nobody else writes from there while its lock is held.
std::string place_of(const fs::path& folder)
{
    struct stat found {};
    if (::stat(folder.c_str(), &found) != 0)
        throw error("{}: cannot be looked at", folder.string());
    auto boot = read_file("/proc/sys/kernel/random/boot_id", 100);
    while (boot.ends_with('\n'))
        boot.pop_back();
    return fmt::format("{} {}:{}", boot, found.st_dev, found.st_ino);
}

/// Now, by this machine's clock and by the one that all go by.
struct Clocks {
    Time here;
    Time common;

    Time to_common(Time time) const { return time + (common - here); }
    Time to_here(Time time) const { return time + (here - common); }
};

class PostgresFleet final : public Fleet {
public:
    PostgresFleet(const PostgresTarget& target, const fs::path& folder, const Clock& clock, FleetTime time)
        : clock_(clock), time_(time), database_(target, PostgresDatabase::Access::write), token_(enter(folder)),
          renewer_([this](const std::stop_token& stop) { renew_until(stop); })
    {
    }
    ~PostgresFleet() override;
    PostgresFleet(const PostgresFleet&) = delete;
    PostgresFleet& operator=(const PostgresFleet&) = delete;

    std::int64_t token() const override { return token_; }
    void renew() override;
    bool is_out() const override { return is_out_; }
    bool take(const Lease& lease) override;
    void give_back(const Lease& lease) override;
    bool take_out_expired() override;
    void tell_configuration(const std::string& hash) override;
    std::string configuration_in_force() override;
    void put_in_force(const WorkedBy& what) override;
    std::optional<WantedUpgrade> wanted_upgrade() override;
    Call reserve_call(const std::string& host, const std::string& path, std::size_t calls,
                      std::chrono::seconds window, std::optional<Time> reserved) override;
    void hold(const std::string& name, Time until) override;
    void lift_holds(const std::string& host) override;

private:
    std::int64_t enter(const fs::path& folder);
    void renew_until(const std::stop_token& stop);
    std::optional<Time> held_until(const std::string& name);
    Clocks clocks();
    std::string now_text() { return format_time(clocks().common); }

    const Clock& clock_;
    FleetTime time_;
    std::mutex mutex_; ///< of the connection
    PostgresDatabase database_;
    std::int64_t token_;
    std::atomic<bool> is_out_ = false;
    std::mutex waiting_mutex_;
    std::condition_variable_any waiting_;
    std::jthread renewer_; ///< last: it uses the others
};

Clocks PostgresFleet::clocks()
{
    const auto here = clock_.now();
    if (time_ == FleetTime::of_clock)
        return {here, here};
    const auto seconds = database_.integer("SELECT CAST(floor(extract(epoch FROM clock_timestamp())) AS BIGINT)");
    return {here, Time(std::chrono::seconds(seconds))};
}

std::int64_t PostgresFleet::enter(const fs::path& folder)
{
    const auto place = place_of(folder);
    const auto now = clocks().common;
    Database::Transaction transaction(database_);
    Statement(database_, "DELETE FROM writer WHERE place = $1").run(place);
    const auto token =
        Statement(database_, "INSERT INTO writer (host, process, place, program, configuration, since,"
                             " until) VALUES ($1, $2, $3, $4, '', $5, $6) RETURNING token")
            .insert(host_name(), ::getpid(), place, SKURD_VERSION, format_time(now), format_time(now + lease_time));
    transaction.commit();
    return token;
}

PostgresFleet::~PostgresFleet()
{
    renewer_.request_stop();
    renewer_.join();
    try {
        Statement(database_, "DELETE FROM writer WHERE token = $1").run(token_);
    } catch (const Error& failure) { // its time runs out
        spdlog::debug("{}", full_message(failure));
    }
}

void PostgresFleet::renew_until(const std::stop_token& stop)
{
    std::unique_lock lock(waiting_mutex_);
    while (!stop.stop_requested() && !is_out_) {
        if (waiting_.wait_for(lock, stop, renew_every, [] { return false; }) || stop.stop_requested())
            return;
        try {
            renew();
        } catch (const Error& failure) { // told again by whoever needs the server
            spdlog::error("{}", full_message(failure));
        }
    }
}

void PostgresFleet::renew()
{
    const std::scoped_lock lock(mutex_);
    try {
        Statement row(database_, "UPDATE writer SET until = $2 WHERE token = $1 RETURNING token");
        if (!row.bind(token_, format_time(clocks().common + lease_time)).step())
            is_out_ = true;
    } catch (const Error&) {
        is_out_ = is_out_ || database_.is_lost();
        throw;
    }
}

bool PostgresFleet::take(const Lease& lease)
{
    const std::scoped_lock lock(mutex_);
    Statement(database_, "INSERT INTO lease (kind, name, writer, since) SELECT $1, $2, token, $4 FROM writer"
                         " WHERE token = $3 ON CONFLICT (kind, name) DO NOTHING")
        .run(to_string(lease.kind), lease.name, token_, now_text());
    Statement mine(database_, "SELECT 1 FROM lease WHERE kind = $1 AND name = $2 AND writer = $3");
    return mine.bind(to_string(lease.kind), lease.name, token_).step();
}

void PostgresFleet::give_back(const Lease& lease)
{
    const std::scoped_lock lock(mutex_);
    Statement(database_, "DELETE FROM lease WHERE kind = $1 AND name = $2 AND writer = $3")
        .run(to_string(lease.kind), lease.name, token_);
}

/// One who is in the middle of a transaction that writes is left alone: it ends soon, or the server ends it.
bool PostgresFleet::take_out_expired()
{
    const std::scoped_lock lock(mutex_);
    Statement gone(database_, "DELETE FROM writer WHERE token IN (SELECT token FROM writer WHERE until < $1"
                              " AND token <> $2 FOR UPDATE SKIP LOCKED) RETURNING host, process, until");
    gone.bind(now_text(), token_);
    bool found = false;
    while (gone.step()) {
        found = true;
        spdlog::warn("the harvester on {} (process {}) was not heard of since its time ran out at {}: others go on"
                     " with its jobs",
                     gone.view(0), gone.integer(1), gone.view(2));
    }
    return found;
}

void PostgresFleet::tell_configuration(const std::string& hash)
{
    const std::scoped_lock lock(mutex_);
    Statement(database_, "UPDATE writer SET configuration = $2 WHERE token = $1").run(token_, hash);
}

std::string PostgresFleet::configuration_in_force()
{
    const std::scoped_lock lock(mutex_);
    Statement row(database_, "SELECT hash FROM configuration ORDER BY id DESC LIMIT 1");
    return row.step() ? row.text(0) : "";
}

void PostgresFleet::put_in_force(const WorkedBy& what)
{
    const std::scoped_lock lock(mutex_);
    skurd::put_in_force(database_, what, host_name(), clocks().common);
}

std::optional<WantedUpgrade> PostgresFleet::wanted_upgrade()
{
    const std::scoped_lock lock(mutex_);
    return skurd::wanted_upgrade(database_);
}

std::optional<Time> PostgresFleet::held_until(const std::string& name)
{
    Statement row(database_, "SELECT held_until FROM host_pace WHERE host = $1");
    return row.bind(name).step() ? optional_time(row, 0) : std::nullopt;
}

// A call that is noted in second s may be made in the one after it, and late in that: so the window is taken to be
// two seconds longer. By the server's clock three: how far ours is from it is known to the second.
Fleet::Call PostgresFleet::reserve_call(const std::string& host, const std::string& path, std::size_t calls,
                                        std::chrono::seconds window, std::optional<Time> reserved)
{
    const std::chrono::seconds late_by(time_ == FleetTime::of_server ? 3 : 2);
    const auto ahead_max = 10 * (window + late_by);
    const std::scoped_lock lock(mutex_);
    const auto clocks = this->clocks();
    const auto now = clocks.common;
    Database::Transaction transaction(database_);
    Statement(database_, "INSERT INTO host_pace (host) VALUES ($1) ON CONFLICT (host) DO NOTHING").run(host);
    Statement row(database_, "SELECT held_until FROM host_pace WHERE host = $1 FOR UPDATE");
    row.bind(host).step();
    const auto held = std::max(optional_time(row, 0).value_or(now), held_until(host + path).value_or(now));
    row.reset();
    if (held > now)
        return {clocks.to_here(held), false};
    if (reserved && clocks.here <= *reserved + std::chrono::seconds(1))
        return {std::max(clocks.here, *reserved), true};
    Statement call(database_, "SELECT position, called_at FROM host_call WHERE host = $1"
                              " ORDER BY position DESC LIMIT $2");
    call.bind(host, calls);
    auto at = now;
    std::int64_t position = 0;
    for (std::size_t i = 0; call.step(); ++i) {
        auto called_at = time_from(call.view(1));
        if (called_at > now + ahead_max) // the clock was set back
            called_at = now;
        if (i == 0) {
            position = call.integer(0) + 1;
            at = std::max(at, called_at);
        }
        if (i + 1 == calls)
            at = std::max(at, called_at + window + late_by);
    }
    Statement(database_, "INSERT INTO host_call (host, position, called_at) VALUES ($1, $2, $3)")
        .run(host, position, format_time(at));
    Statement(database_, "DELETE FROM host_call WHERE host = $1 AND position <= $2")
        .run(host, position - static_cast<std::int64_t>(calls));
    transaction.commit();
    return {clocks.to_here(at), true};
}

void PostgresFleet::hold(const std::string& name, Time until)
{
    const std::scoped_lock lock(mutex_);
    const auto clocks = this->clocks();
    Statement(database_, "DELETE FROM host_pace WHERE strpos(host, '/') > 0 AND held_until <= $1")
        .run(format_time(clocks.common)); // those of paths, which are many, once they hold no more
    Statement(database_, "INSERT INTO host_pace (host, held_until) VALUES ($1, $2) ON CONFLICT (host) DO UPDATE SET"
                         " held_until = greatest(host_pace.held_until, excluded.held_until)")
        .run(name, format_time(clocks.to_common(until)));
}

void PostgresFleet::lift_holds(const std::string& host)
{
    const std::scoped_lock lock(mutex_);
    Statement(database_, "UPDATE host_pace SET held_until = NULL WHERE host = $1 OR starts_with(host, $1 || '/')")
        .run(host);
}

} // namespace

std::string host_name()
{
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

FleetTime fleet_time_for(const Clock& clock)
{
    return dynamic_cast<const SystemClock*>(&clock) ? FleetTime::of_server : FleetTime::of_clock;
}

std::unique_ptr<Fleet> enter_postgres_fleet(const PostgresTarget& target, const fs::path& folder, const Clock& clock,
                                            FleetTime time)
{
    return std::make_unique<PostgresFleet>(target, folder, clock, time);
}

} // namespace skurd
