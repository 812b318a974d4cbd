#include "daemon/order_spool.hpp"

#include "base/read_file.hpp"
#include "base/text.hpp"
#include "store/durable_file.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <system_error>

namespace skurd {

namespace fs = std::filesystem;

namespace {

constexpr int begun_max = 2;
constexpr std::size_t record_max = 2 * order_json_max; ///< bytes of a .json

std::size_t size_of(const fs::path& file)
{
    std::error_code failure;
    const auto size = fs::file_size(file, failure);
    return failure ? 0 : static_cast<std::size_t>(size);
}

/// The number that a file is called by; nothing for files of other names.
std::optional<OrderId> id_in(const fs::path& file)
{
    return positive_number(file.stem().string());
}

/// The names of a folder's files; none where there is no folder.
std::vector<fs::path> spool_files(const fs::path& folder)
{
    std::vector<fs::path> files;
    std::error_code failure;
    for (fs::directory_iterator at(folder, failure), end; !failure && at != end; at.increment(failure))
        files.push_back(at->path());
    if (failure && failure != std::errc::no_such_file_or_directory)
        throw StoreError(fmt::format("{}: cannot be read: {}", folder.string(), failure.message()));
    return files;
}

void write(const fs::path& file, std::string_view bytes)
{
    write_durably(file, bytes, file.string() + ".new");
}

} // namespace

OrderRecord after_the_daemon(const SpooledOrder& spooled, Time now)
{
    auto record = spooled.record;
    if (has_ended(record.state))
        return record;
    const auto end = [&](OrderState state, std::string error) {
        record.state = state;
        record.error = std::move(error);
        record.exit = ExitCode::failed;
        record.ended_at = now;
    };
    if (record.attachment == Attachment::attached)
        end(OrderState::cancelled, cut_off_by_daemon);
    else if (spooled.begun >= begun_max)
        end(OrderState::failed,
            fmt::format("the daemon ended {} times while this order ran, so it is not begun again; "
                        "see the daemon's log, and give it anew",
                        spooled.begun));
    else
        record.state = OrderState::queued;
    return record;
}

fs::path OrderSpool::file(OrderId id, const char* extension) const
{
    return folder_ / (std::to_string(id) + extension);
}

std::vector<OrderId> OrderSpool::ids() const
{
    std::vector<OrderId> found;
    for (const auto& file : spool_files(folder_))
        if (const auto id = id_in(file); id && file.extension() == ".json")
            found.push_back(*id);
    std::sort(found.begin(), found.end());
    return found;
}

SpooledOrder OrderSpool::read(OrderId id) const
{
    const auto path = file(id, ".json");
    const auto json = parse_json(read_file(path, record_max));
    JsonReader members(json, path.string());
    SpooledOrder spooled;
    auto record = members.object("record");
    spooled.record = read_order_record(record);
    spooled.begun = static_cast<int>(members.integer("begun", 0, INT32_MAX));
    if (spooled.record.id != id)
        throw error("{}: it is order {} by what it says", path.string(), spooled.record.id);
    if (!has_ended(spooled.record.state)) {
        members.object("order");
        read_order({json["order"], {}});
    }
    spooled.bytes = size_of(path) + size_of(file(id, ".bytes")) + size_of(file(id, ".result"));
    return spooled;
}

std::vector<SpooledOrder> OrderSpool::list() const
{
    std::vector<SpooledOrder> orders;
    for (const auto id : ids())
        try {
            orders.push_back(read(id));
        } catch (const Error& failure) {
            spdlog::warn("order {} cannot be read: {}", id, failure.what());
        }
    return orders;
}

std::vector<SpooledOrder> OrderSpool::recover() const
{
    remove_leftovers();
    std::vector<SpooledOrder> orders;
    for (const auto id : ids())
        try {
            orders.push_back(read(id));
        } catch (const Error& failure) {
            set_aside(id, failure.what());
        }
    return orders;
}

/// Files without a .json of their number belong to an order that was never taken, or is gone.
void OrderSpool::remove_leftovers() const
{
    const auto known = ids();
    std::error_code ignored;
    for (const auto& path : spool_files(folder_)) {
        const auto id = id_in(path);
        const bool is_part = path.extension() == ".bytes" || path.extension() == ".result";
        if (path.extension() == ".new" || (is_part && id && !std::binary_search(known.begin(), known.end(), *id)))
            fs::remove(path, ignored);
    }
}

void OrderSpool::set_aside(OrderId id, const std::string& why) const
{
    const auto aside = folder_ / "unreadable";
    std::error_code failure;
    fs::create_directories(aside, failure);
    for (const char* extension : {".json", ".bytes", ".result"})
        if (const auto from = file(id, extension); fs::exists(from, failure))
            fs::rename(from, aside / from.filename(), failure);
    spdlog::error("order {} cannot be read and is not carried out: {} ({} {})", id, why,
                  failure ? "it cannot be put aside in" : "it is in", aside.string());
}

std::size_t OrderSpool::add(const OrderRecord& record, const OrderMessage& message) const
{
    if (!message.bytes.empty())
        write(file(record.id, ".bytes"), message.bytes);
    try {
        update(record, 0, message.json);
    } catch (const Error&) {
        remove(record.id);
        throw;
    }
    return message.bytes.size() + size_of(file(record.id, ".json"));
}

OrderMessage OrderSpool::message(OrderId id) const
{
    const auto path = file(id, ".json");
    auto json = parse_json(read_file(path, record_max));
    JsonReader members(json, path.string());
    members.object("order");
    OrderMessage message{std::move(json["order"]), {}};
    if (const auto bytes = file(id, ".bytes"); fs::exists(bytes))
        message.bytes = read_file(bytes, order_bytes_max);
    return message;
}

void OrderSpool::update(const OrderRecord& record, int begun, const Json& order) const
{
    write(file(record.id, ".json"), json_line({{"order", order}, {"begun", begun}, {"record", to_json(record)}}));
}

std::size_t OrderSpool::end(const OrderRecord& record, const std::string& result) const
{
    if (result.size() > result_max)
        throw error("what order {} came to has {} bytes; {} can be kept", record.id, result.size(), result_max);
    if (!result.empty())
        write(file(record.id, ".result"), result);
    const auto text = json_line({{"begun", 0}, {"record", to_json(record)}});
    write(file(record.id, ".json"), text);
    std::error_code ignored;
    fs::remove(file(record.id, ".bytes"), ignored);
    return text.size() + result.size();
}

std::optional<std::string> OrderSpool::result(OrderId id) const
{
    const auto path = file(id, ".result");
    if (!fs::exists(path))
        return std::nullopt;
    return read_file(path, result_max);
}

/// The .json first: without it the others are leftovers.
void OrderSpool::remove(OrderId id) const
{
    std::error_code ignored;
    for (const char* extension : {".json", ".bytes", ".result"})
        fs::remove(file(id, extension), ignored);
}

} // namespace skurd
