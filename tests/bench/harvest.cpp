#include "tests/bench/harvest.hpp"

#include "base/time_text.hpp"
#include "decode/jsonstat/jsonstat.hpp"
#include "normalise/normalise.hpp"
#include "store/payload_store.hpp"
#include "store/sqlite/sqlite_database.hpp"
#include "store/store_session.hpp"
#include "store/vintage_store.hpp"

namespace skurd::bench {

namespace {

Conventions conventions()
{
    Conventions ssb;
    ssb.symbols = {{".", Meaning::not_applicable}, {"..", Meaning::not_available}, {":", Meaning::confidential}};
    return ssb;
}

} // namespace

Harvest::Harvest(const StorePlace& place)
    : clock_("2020-01-01T07:00:00Z"), store_(place, StoreSession::Access::write, clock_)
{
    for (const auto& vintage : VintageStore(store_).list(dataset))
        clock_.advance(vintage.published.published_at + std::chrono::days(1) - clock_.now());
}

std::string Harvest::published() const
{
    return format_time(clock_.now());
}

IngestResult Harvest::ingest(const std::string& bytes, const std::string& name)
{
    PayloadRef payload;
    std::vector<Cube> cubes;
    Release release;
    IngestResult accepted;
    std::vector<std::string> notes;
    stages_ = {};
    stages_.keep =
        cost_of([&] { payload = PayloadStore(store_).store(bytes, "application/json", "http://127.0.0.1/"); });
    if (payload.hash == last_payload_) { // as a run does: nothing is decoded
        stages_.accept = cost_of([&] { VintageStore(store_).confirm(last_vintage_); });
        return accepted;
    }
    stages_.decode = cost_of([&] { cubes = decode_jsonstat(bytes); });
    stages_.normalise =
        cost_of([&] { release = normalise(std::move(cubes), conventions(), name, Coverage::full_history, notes); });
    const PublicationClaim claim{clock_.now(), "updated", Confidence::stated};
    stages_.accept =
        cost_of([&] { accepted = VintageStore(store_).ingest(release, claim, Origin::harvest, payload, 0); });
    clock_.advance(std::chrono::days(1));
    last_payload_ = payload.hash;
    if (accepted.vintage)
        last_vintage_ = accepted.vintage->id;
    return accepted;
}

void print_stages(const Sheet& sheet, const std::string& question, const Stages& stages)
{
    const auto print = [&](const char* name, const Cost& stage) {
        sheet.figure(question + "." + name, 100 * stage.wall / stages.wall(), "%");
    };
    print("keep_payload", stages.keep);
    print("decode", stages.decode);
    print("normalise", stages.normalise);
    print("accept", stages.accept);
}

std::uintmax_t database_size(const std::filesystem::path& state)
{
    SqliteDatabase database(state / "skurd.db", SqliteDatabase::Access::write);
    database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    return std::filesystem::file_size(database.file());
}

} // namespace skurd::bench
