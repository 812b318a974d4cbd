#include "lib/zstd/zstd.hpp"
#include "store/dataset_schema_store.hpp"
#include "store/maintenance.hpp"
#include "tests/fuzz/checks.hpp"
#include "tests/fuzz/feeds.hpp"
#include "tests/store/store_fixture.hpp"

#include <algorithm>
#include <array>

namespace skurd::test {

namespace {

/// A column of a store that holds bytes of a form of our own, and how the input is put there.
struct Column {
    char letter;
    const char* update;
};

/// "z", "s": packed as zstd packs them; the others as they are.
constexpr auto columns = std::to_array<Column>({
    {'z', "UPDATE coverage SET absent = $1"},
    {'a', "UPDATE coverage SET absent = $1"},
    {'r', "UPDATE coverage SET series = CAST($1 AS TEXT)"},
    {'p', "UPDATE coverage SET periods = CAST($1 AS TEXT)"},
    {'c', "UPDATE series_state SET cells = $1"},
    {'f', "UPDATE payload_file SET frame = $1"},
    {'l', "UPDATE dataset_schema SET body = CAST($1 AS TEXT)"},
    {'t', "UPDATE period SET text = CAST($1 AS TEXT) WHERE id = (SELECT min(id) FROM period)"},
    {'v', "UPDATE observation SET value_text = CAST($1 AS TEXT)"},
});

/// A store of two releases whose bytes are changed and put back. What keeps rows from being changed is taken away, as
/// who can write the file can do.
class HostileStore {
public:
    HostileStore()
    {
        fixture_.accept(release_of({"2016", "2017"}, {{"1", {"10", ""}}, {"2", {"4.50", ":"}}}), "2018-01-01");
        fixture_.accept(release_of({"2016", "2017"}, {{"1", {"11", ""}}, {"2", {"4.50", "3"}}}), "2019-01-01");
        DatasetSchemaStore(fixture_.store)
            .store("drop/table", {{{"nr", "Number", Role::none, {}, {}}}, "job", {}}, 0);
        payload_ = fixture_.new_payload();
        Statement insert(database(), "INSERT INTO payload_file (payload_hash, frame) VALUES ($1, $2)");
        insert.bind(payload_.hash, nullptr).bind_blob(2, zstd_compress("payload 3"));
        insert.step();
        std::filesystem::remove_all(fixture_.folder / "payloads");
        for (const auto* trigger : {"coverage_no_update", "observation_no_update", "period_no_update",
                                    "dataset_schema_no_update", "payload_file_no_update"})
            Statement(database(), fmt::format("DROP TRIGGER IF EXISTS {}", trigger)).run();
    }

    bool read_with(const Column& column, std::string_view bytes)
    {
        StoreSession::Transaction transaction(fixture_.store); // ends without a commit: all is as before
        const auto value = column.letter == 'z' ? zstd_compress(bytes) : std::string(bytes);
        Statement update(database(), column.update);
        update.bind(nullptr).bind_blob(1, value);
        if (!is_taken([&] { update.step(); })) // the table allows no such value
            return false;
        bool all_good = true;
        const auto attempt = [&](const auto& read) { all_good = is_taken(read) && all_good; };
        attempt([&] { fixture_.read(); });
        attempt([&] { static_cast<void>(StoreMaintenance(fixture_.store).verify()); });
        attempt([&] { DatasetSchemaStore(fixture_.store).accepted("drop/table"); });
        attempt([&] { PayloadStore(fixture_.store).bytes(payload_.hash); });
        attempt([&] {
            const auto late = release_of({"2016", "2017"}, {{"1", {"12", "1"}}, {"2", {"4.50", "3"}}});
            VintageStore(fixture_.store).ingest(late, published("2018-06-01"), Origin::drop, payload_, 0);
        });
        return all_good;
    }

private:
    Database& database() const { return fixture_.store.database(); }

    StoreFixture fixture_;
    PayloadRef payload_;
};

} // namespace

bool feed_store(std::string_view bytes)
{
    if (bytes.empty())
        return false;
    const auto* column =
        std::find_if(columns.begin(), columns.end(), [&](const Column& one) { return one.letter == bytes.front(); });
    if (column == columns.end())
        return false;
    static HostileStore store; // made once: most of a run's time
    return store.read_with(*column, bytes.substr(1));
}

} // namespace skurd::test
