// Where the store cannot be read, skurd_store_readable says so, and what is in it has no numbers.
#include "serve/metrics.hpp"

namespace skurd {

namespace {

using Type = MetricHead::Type;
using Samples = std::vector<MetricSample>;

template <typename Value>
Samples of_store(const DaemonFigures& figures, const Value& value)
{
    return figures.store ? Samples{{{}, static_cast<double>(value(*figures.store))}} : Samples{};
}

template <typename Value>
Samples by_source(const DaemonFigures& figures, const Value& value)
{
    Samples samples;
    if (figures.store)
        for (const auto& source : figures.store->sources)
            if (const std::optional<double> number = value(source))
                samples.push_back({{{"source", source.source}}, *number});
    return samples;
}

std::optional<double> seconds_at(const std::optional<Time>& time)
{
    if (!time)
        return std::nullopt;
    return static_cast<double>(std::chrono::duration_cast<std::chrono::seconds>(time->time_since_epoch()).count());
}

/// All kinds, so that one that is not there is 0 and not absent.
Samples flags(const DaemonFigures& figures)
{
    Samples samples;
    if (!figures.store)
        return samples;
    for (const auto kind : enum_words<FlagKind>)
        for (const auto state : {FlagState::open, FlagState::acknowledged}) {
            const auto found = figures.store->flags.find({*from_word<FlagKind>(kind), state});
            samples.push_back({{{"kind", std::string(kind)}, {"state", std::string(to_string(state))}},
                               found == figures.store->flags.end() ? 0 : static_cast<double>(found->second)});
        }
    return samples;
}

Samples orders(const DaemonFigures& figures)
{
    Samples samples;
    for (const auto word : enum_words<OrderState>) {
        const auto found = figures.orders.find(*from_word<OrderState>(word));
        samples.push_back(
            {{{"state", std::string(word)}}, found == figures.orders.end() ? 0 : static_cast<double>(found->second)});
    }
    return samples;
}

Samples outbox(const DaemonFigures& figures)
{
    Samples samples;
    if (figures.store)
        for (const auto& [state, count] : figures.store->outbox)
            samples.push_back({{{"state", state}}, static_cast<double>(count)});
    return samples;
}

/// The first is the store's disk, the second, where there is one, that of the payloads.
template <typename Value>
Samples by_disk(const DaemonFigures& figures, const Value& value)
{
    Samples samples;
    for (const auto& room : figures.rooms)
        samples.push_back({{{"of", samples.empty() ? "store" : "payloads"}}, static_cast<double>(value(room))});
    return samples;
}

} // namespace

const std::vector<Metric>& store_metrics()
{
    static const std::vector<Metric> metrics = {
        {{"skurd_store_readable", Type::gauge, "", "Whether the store could be read for these numbers (1)."},
         [](const DaemonFigures& f) -> Samples {
             return {{{}, f.store ? 1.0 : 0.0}};
         }},
        {{"skurd_store_behind_seconds", Type::gauge, "seconds",
          "By how much a store on a replica may lag behind its primary."},
         [](const DaemonFigures& f) -> Samples {
             if (!f.store || !f.store->behind)
                 return {};
             return {{{}, static_cast<double>(f.store->behind->count())}};
         }},
        {{"skurd_store_database_bytes", Type::gauge, "bytes", "The size of the database."},
         [](const DaemonFigures& f) { return of_store(f, [](const StoreFigures& s) { return s.database_bytes; }); }},
        {{"skurd_store_log_bytes", Type::gauge, "bytes", "The size of the write-ahead log beside it."},
         [](const DaemonFigures& f) { return of_store(f, [](const StoreFigures& s) { return s.log_bytes; }); }},
        {{"skurd_store_payload_bytes", Type::gauge, "bytes", "The bytes of all stored payloads, before compression."},
         [](const DaemonFigures& f) { return of_store(f, [](const StoreFigures& s) { return s.payload_bytes; }); }},
        {{"skurd_store_payloads", Type::gauge, "", "Payloads that are stored and have not expired."},
         [](const DaemonFigures& f) { return of_store(f, [](const StoreFigures& s) { return s.payloads; }); }},
        {{"skurd_disk_free_bytes", Type::gauge, "bytes",
          "What is free for skurd where the store, or the payloads, lie."},
         [](const DaemonFigures& f) { return by_disk(f, [](const DiskRoom& room) { return room.free; }); }},
        {{"skurd_disk_needed_bytes", Type::gauge, "bytes", "What a revision of everything would take there."},
         [](const DaemonFigures& f) { return by_disk(f, [](const DiskRoom& room) { return room.needed; }); }},
        {{"skurd_source_newest_release_timestamp_seconds", Type::gauge, "seconds",
          "When the newest release that the store has of a source was published."},
         [](const DaemonFigures& f) {
             return by_source(f, [](const SourceFigures& s) { return seconds_at(s.newest_published); });
         }},
        {{"skurd_source_last_confirmed_timestamp_seconds", Type::gauge, "seconds",
          "When a source last said what the store has of it."},
         [](const DaemonFigures& f) {
             return by_source(f, [](const SourceFigures& s) { return seconds_at(s.last_confirmed); });
         }},
        {{"skurd_source_datasets", Type::gauge, "", "Datasets of a source in the store."},
         [](const DaemonFigures& f) {
             return by_source(f,
                              [](const SourceFigures& s) { return std::optional(static_cast<double>(s.datasets)); });
         }},
        {{"skurd_source_vintages", Type::gauge, "", "Vintages of a source in the store."},
         [](const DaemonFigures& f) {
             return by_source(f,
                              [](const SourceFigures& s) { return std::optional(static_cast<double>(s.vintages)); });
         }},
        {{"skurd_flags", Type::gauge, "", "Flags that are not closed, by kind and state."}, &flags},
        {{"skurd_quarantined", Type::gauge, "", "Refused payloads that wait in quarantine."},
         [](const DaemonFigures& f) { return of_store(f, [](const StoreFigures& s) { return s.quarantined; }); }},
        {{"skurd_orders", Type::gauge, "", "Orders that the daemon remembers, by state."}, &orders},
        {{"skurd_outbox_messages", Type::gauge, "", "Messages in the outbox, by state."}, &outbox},
    };
    return metrics;
}

} // namespace skurd
