#pragma once

#include "order/order_desk.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace skurd {

/// An order in the spool.
struct SpooledOrder {
    OrderRecord record;
    int begun = 0;         ///< how often it was begun
    std::size_t bytes = 0; ///< what it takes on disk
};

/// Why an attached order that the daemon's end cut off was cancelled.
constexpr auto cut_off_by_daemon = "the daemon stopped before it ended";

/// What an order is that no daemon carries out any more: an attached one is cancelled; a detached one waits for the
/// next daemon, unless the daemon ended while it ran for the second time. One that had ended is as it was.
OrderRecord after_the_daemon(const SpooledOrder& spooled, Time now);

/// The folder `<state>/orders`, where orders outlive the daemon, since the database cannot be written while an ingest
/// transaction runs:
///
///     12.json    {"order": {what it says}, "begun": count, and the members of to_json(OrderRecord) under "record"};
///                without what it says once it has ended
///     12.bytes   the file that goes with it, while it is open
///     12.result  what it came to: to_json(OrderResult)
///     unreadable/  what could not be read, as it was
///
/// The .json is written last and renamed into its place, so an order is there whole or not at all. Each order's files
/// are one thread's at a time. Functions throw StoreError when the disk fails.
class OrderSpool {
public:
    static constexpr std::size_t result_max = 64 << 20; ///< bytes

    explicit OrderSpool(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// All orders, by id; those that cannot be read are left out. Changes nothing.
    std::vector<SpooledOrder> list() const;
    /// The same for the daemon that begins: what cannot be read is put aside with a word in the log, and what a crash
    /// left half written goes.
    std::vector<SpooledOrder> recover() const;

    /// Writes an order that is new; gives what it takes on disk.
    std::size_t add(const OrderRecord& record, const OrderMessage& message) const;
    /// What an open order says. Throws Error where it cannot be read.
    OrderMessage message(OrderId id) const;
    /// Writes anew how an open order stands.
    void update(const OrderRecord& record, int begun, const Json& order) const;
    /// Writes how an order ended and what it came to, "" for nothing; gives what it now takes on disk.
    std::size_t end(const OrderRecord& record, const std::string& result) const;
    std::optional<std::string> result(OrderId id) const;
    void remove(OrderId id) const;

private:
    std::filesystem::path file(OrderId id, const char* extension) const;
    SpooledOrder read(OrderId id) const;
    void set_aside(OrderId id, const std::string& why) const;
    std::vector<OrderId> ids() const;
    void remove_leftovers() const;

    std::filesystem::path folder_;
};

} // namespace skurd
