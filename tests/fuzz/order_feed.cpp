#include "base/text.hpp"
#include "lib/json/json_reader.hpp"
#include "order/order_record.hpp"
#include "tests/fuzz/checks.hpp"
#include "tests/fuzz/feeds.hpp"

namespace skurd::test {

bool feed_order(std::string_view bytes)
{
    return is_taken([&] {
        const auto order = read_order({parse_json(bytes), ""});
        const auto message = to_message(order);
        const auto again = to_message(read_order({message.json, message.bytes}));
        if (message.json != again.json)
            throw Finding("an order that is read back is another one");
        const auto summary = order_summary(order);
        if (printable(summary) != summary || !is_valid_utf8(summary))
            throw Finding("what an order is called is no line of printable text");
    });
}

} // namespace skurd::test
