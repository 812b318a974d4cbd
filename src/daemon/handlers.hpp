#pragma once

#include "daemon/workspace.hpp"
#include "order/order_executor.hpp"

#include <stop_token>

namespace skurd {

/// What an order is carried out with.
struct OrderScope {
    Workspace& workspace;
    Turn& turn; ///< at it
    const OrderGiver& giver;
    const OrderProgress& progress;
    std::stop_token stop;
};

// One line for each order, as in order/orders.hpp: what carries it out. A handler throws Error for an order that
// makes no sense, and when a stop is requested before it is done.

RunsResult handle(const HarvestOrder& order, OrderScope& scope);
RunsResult handle(const DropOrder& order, OrderScope& scope);
ReplayResult handle(const ReplayOrder& order, OrderScope& scope);
RunsResult handle(const RetryOrder& order, OrderScope& scope);
DoneResult handle(const DiscardOrder& order, OrderScope& scope);
DoneResult handle(const AcknowledgeOrder& order, OrderScope& scope);
RecordedResult handle(const AnnotateOrder& order, OrderScope& scope);
DoneResult handle(const WithdrawOrder& order, OrderScope& scope);
RecordedResult handle(const CorrectOrder& order, OrderScope& scope);
DoneResult handle(const EndCorrectionOrder& order, OrderScope& scope);
SignOffResult handle(const SignOffOrder& order, OrderScope& scope);
RecordedResult handle(const SignatureOrder& order, OrderScope& scope);
ForgetResult handle(const ForgetOrder& order, OrderScope& scope);
DiscoverResult handle(const DiscoverOrder& order, OrderScope& scope);
DescribeResult handle(const DescribeOrder& order, OrderScope& scope);
CheckOnlineResult handle(const CheckOnlineOrder& order, OrderScope& scope);
NotifyResult handle(const NotifyOrder& order, OrderScope& scope);
ReloadResult handle(const ReloadOrder& order, OrderScope& scope);

} // namespace skurd
