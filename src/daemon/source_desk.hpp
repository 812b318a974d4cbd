#pragma once

#include "config/installation.hpp"
#include "daemon/settings.hpp"
#include "fetch/curl_fetcher.hpp"
#include "order/order_executor.hpp"
#include "run/source_query.hpp"
#include "run/stored_pace.hpp"
#include "store/store_session.hpp"

namespace skurd {

/// Asks a source. The job files are read anew: a daemon that started before they were changed speaks of what is there
/// now. Throws Error for what the source refuses; what goes wrong with one job that is checked stands beside it.
DiscoverResult ask_source(const DiscoverOrder& order, const Installation& at, const SourceQuery& query);
DescribeResult ask_source(const DescribeOrder& order, const Installation& at, const SourceQuery& query);
CheckOnlineResult ask_source(const CheckOnlineOrder& order, const Installation& at, const SourceQuery& query);

/// What carries out questions to sources when no daemon runs, with a fetcher of its own that keeps the pace in the
/// store; neither wrong job files nor a wrong catalogue stand in their way. It knows no other orders. For one thread.
class SourceDesk : public OrderExecutor {
public:
    /// Throws Error: busy when another process holds the store.
    SourceDesk(const Installation& installation, Clock& clock);

    OrderResult execute(const Order& order, const OrderGiver& giver, const OrderProgress& progress,
                        std::stop_token stop) override;

private:
    Installation installation_;
    Settings settings_;
    StoreSession store_;
    CurlFetcher http_;
    StoredPace pace_;
};

} // namespace skurd
