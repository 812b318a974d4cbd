#include "tests/crash/soundness.hpp"

#include "base/error.hpp"
#include "base/time_text.hpp"
#include "store/engine/statement.hpp"
#include "store/observation_store.hpp"
#include "store/payload_store.hpp"
#include "store/sqlite/sqlite_database.hpp"
#include "store/store_session.hpp"
#include "store/vintage_store.hpp"

namespace skurd::crash {

namespace {

constexpr std::array both = {Way::harvest, Way::drop};

/// A store is there whole or not at all.
bool has_store(const Scene& scene)
{
    return StoreSession::is_there(scene.store());
}

/// What the program must give for a published number.
bool is_as_published(const Value& value, std::int32_t number)
{
    if (number == Served::nothing)
        return !value.number && value.symbol.text == ".";
    return value.number && value.number->text() == std::to_string(number) && value.symbol.text.empty();
}

std::size_t position_of(const Observation& seen, const Served& served)
{
    std::array<std::string, 2> codes;
    for (const auto& [dimension, code] : seen.codes)
        codes[dimension == "Region" ? 0 : 1] = code;
    return served.position(codes[0], codes[1], seen.period.text());
}

/// Throws unless the observations are the release, cell by cell.
void compare(const std::vector<Observation>& state, const Served& served, std::size_t release)
{
    if (state.size() != served.cells())
        throw error("{} cells instead of {}", state.size(), served.cells());
    std::vector<bool> met(served.cells());
    for (const auto& seen : state) {
        const auto position = position_of(seen, served);
        if (position == served.cells() || met[position])
            throw error("a cell that nobody published, or one twice: series {} {}", seen.series, seen.period.text());
        met[position] = true;
        if (const auto number = served.release(release)[position]; !is_as_published(seen.value, number))
            throw error("{} is {}{} instead of {}", served.key(position),
                        seen.value.number ? seen.value.number->text() : "", seen.value.symbol.text,
                        Served::text(number));
    }
}

} // namespace

Visible Visible::in(const Scene& scene)
{
    Visible visible;
    if (!has_store(scene))
        return visible;
    const SystemClock clock;
    const StoreSession store(scene.store(), StoreSession::Access::read, clock);
    for (const auto way : both)
        visible.vintages[static_cast<std::size_t>(way)] = VintageStore(store).list(Scene::dataset(way));
    return visible;
}

Soundness::Soundness(const Scene& scene) : scene_(scene) {}

void Soundness::forget()
{
    payloads_seen_.clear();
    states_seen_.clear();
}

void Soundness::check(const Visible& before)
{
    const auto now = Visible::in(scene_);
    if (has_store(scene_)) {
        check_rows();
        check_payloads();
        scene_.run(scene_.words({"verify"}));
    }
    for (const auto way : both) {
        check_kept(way, before, now);
        check_states(way, now);
    }
}

void Soundness::check_all(const Visible& before)
{
    forget();
    check(before);
}

void Soundness::check_rows() const
{
    if (!scene_.store().is_server()) {
        SqliteDatabase database(scene_.state() / "skurd.db", SqliteDatabase::Access::read);
        Statement integrity(database, "PRAGMA integrity_check");
        if (!integrity.step() || integrity.text(0) != "ok")
            throw error("integrity_check: {}", integrity.text(0));
        if (Statement(database, "PRAGMA foreign_key_check").step())
            throw error("foreign_key_check finds rows without their parents");
    }
    const StoreSession store(scene_.store(), StoreSession::Access::read, clock_);
    Statement half(store.database(), R"(
        SELECT coalesce(o.vintage_id, v.id), coalesce(v.rows, -1), coalesce(o.rows, -1)
        FROM (SELECT vintage_id, count(*) AS rows FROM observation GROUP BY vintage_id) AS o
        FULL JOIN vintage AS v ON v.id = o.vintage_id WHERE coalesce(v.rows, -1) <> coalesce(o.rows, -1))");
    if (half.step())
        throw error("vintage {} has {} rows and says {}", half.integer(0), half.integer(2), half.integer(1));
}

void Soundness::check_payloads()
{
    const StoreSession store(scene_.store(), StoreSession::Access::read, clock_);
    Statement row(store.database(), "SELECT hash FROM payload");
    while (row.step())
        if (payloads_seen_.insert(row.text(0)).second)
            PayloadStore(store).bytes(row.text(0)); // throws when its file is gone or damaged
    std::error_code none_yet;
    // One half-written file may lie there until the next is written; they must not pile up.
    for (const auto& entry : std::filesystem::recursive_directory_iterator(scene_.state() / "payloads", none_yet))
        if (entry.is_regular_file() && entry.path().extension() != ".zst" && entry.path().filename() != "incoming")
            throw error("{}: what a cut-off run left stays for ever", entry.path().string());
}

void Soundness::check_kept(Way way, const Visible& before, const Visible& now) const
{
    const auto& served = scene_.served(way);
    const auto& old = before.of(way);
    const auto& kept = now.of(way);
    if (kept.size() < old.size())
        throw error("{}: {} vintages were visible, now {} are", Scene::dataset(way), old.size(), kept.size());
    for (std::size_t i = 0; i < kept.size(); ++i) {
        if (i < old.size() && (old[i].id != kept[i].id || old[i].value_hash != kept[i].value_hash))
            throw error("{}: vintage {} was visible and is another now", Scene::dataset(way), old[i].id);
        if (served.release_of(kept[i].published.published_at) != i || i >= served.releases())
            throw error("{}: vintage {} is of {}, which is not release {}", Scene::dataset(way), kept[i].id,
                        format_time(kept[i].published.published_at), i);
    }
}

void Soundness::check_states(Way way, const Visible& now)
{
    for (std::size_t i = 0; i < now.of(way).size(); ++i) {
        const auto& vintage = now.of(way)[i];
        if (!states_seen_.insert(vintage.id).second)
            continue;
        const StoreSession store(scene_.store(), StoreSession::Access::read, clock_);
        const auto selector = Selector::parse(Scene::dataset(way));
        try {
            compare(ObservationStore(store).as_of(selector, {vintage.published.published_at, {}}), scene_.served(way),
                    i);
        } catch (const Error&) {
            std::throw_with_nested(error("{}: the state at vintage {}", Scene::dataset(way), vintage.id));
        }
    }
}

void Soundness::check_taken_in(Way way) const
{
    const auto now = Visible::in(scene_);
    if (now.of(way).size() != scene_.served(way).releases())
        throw error("{}: {} of {} releases are in the store after a run that ended well", Scene::dataset(way),
                    now.of(way).size(), scene_.served(way).releases());
    const StoreSession store(scene_.store(), StoreSession::Access::read, clock_);
    if (store.database().integer("SELECT count(*) FROM run WHERE outcome = 'running'") != 0)
        throw error("a run counts as running although none runs");
}

} // namespace skurd::crash
