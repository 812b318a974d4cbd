#pragma once

#include "order/annotation_orders.hpp"
#include "order/correction_orders.hpp"
#include "order/drop_order.hpp"
#include "order/flag_orders.hpp"
#include "order/forget_order.hpp"
#include "order/harvest_order.hpp"
#include "order/notify_order.hpp"
#include "order/quarantine_orders.hpp"
#include "order/reload_order.hpp"
#include "order/replay_order.hpp"
#include "order/results.hpp"
#include "order/sign_off_order.hpp"
#include "order/signature_order.hpp"
#include "order/source_orders.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace skurd {

/// Every order there is: the one table of them. A struct in it has its `name`, the kind of its Result, read(), which
/// takes its members from JSON, and beside it to_json(). Adding one: its file, a line here and a line in
/// daemon/handlers.hpp; what is missing does not compile.
using Order = std::variant<HarvestOrder,       //
                           DropOrder,          //
                           ReplayOrder,        //
                           RetryOrder,         //
                           DiscardOrder,       //
                           AcknowledgeOrder,   //
                           AnnotateOrder,      //
                           WithdrawOrder,      //
                           CorrectOrder,       //
                           EndCorrectionOrder, //
                           SignOffOrder,       //
                           SignatureOrder,     //
                           ForgetOrder,        //
                           DiscoverOrder,      //
                           DescribeOrder,      //
                           CheckOnlineOrder,   //
                           ReloadOrder,        //
                           NotifyOrder>;

/// Every kind of result, each once.
using OrderResult = std::variant<RunsResult, ReplayResult, DoneResult, RecordedResult, SignOffResult, ForgetResult,
                                 DiscoverResult, DescribeResult, CheckOnlineResult, ReloadResult, NotifyResult>;

inline constexpr std::size_t order_json_max = 1 << 20;   ///< bytes of an order's JSON
inline constexpr std::size_t order_bytes_max = 64 << 20; ///< of the file that goes with it

/// An order on its way: {"order": name, members…}, and the bytes of the file that goes with it, mostly none.
struct OrderMessage {
    Json json;
    std::string bytes;
};

std::vector<std::string> order_names();

OrderMessage to_message(const Order& order);
/// Throws Error (usage) for what is no order: an unknown name, a member that is missing, unknown or of another type.
Order read_order(OrderMessage message);

/// {"exit": code, members…}
Json to_json(const OrderResult& result);
/// The result that the order ends in, read back. Throws Error that says what is wrong with it.
OrderResult read_result(const Order& order, const Json& json);
ExitCode exit_of(const OrderResult& result);

} // namespace skurd
