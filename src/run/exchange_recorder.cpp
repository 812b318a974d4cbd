#include "run/exchange_recorder.hpp"

#include "connectors/address.hpp"
#include "run/redaction.hpp"

#include <algorithm>
#include <utility>

namespace skurd {

ExchangeRecorder::ExchangeRecorder(Fetcher& fetcher, Keep keep, std::vector<std::string> secrets)
    : fetcher_(fetcher), keep_(keep), secrets_(std::move(secrets))
{
}

std::optional<Response> ExchangeRecorder::fetch(const Request& request, std::stop_token stop)
{
    silent_host_ = host_of(request.url); // until it answers
    auto response = fetcher_.fetch(request, std::move(stop));
    silent_host_.clear();
    if (response && keep_ == Keep::exchanges)
        keep(request, *response);
    return response;
}

void ExchangeRecorder::begin_part(RecordedExchange::Part part)
{
    part_ = part;
    bytes_ = 0;
}

void ExchangeRecorder::keep(const Request& request, const Response& response)
{
    bytes_ += response.body.size();
    if (is_too_large()) {
        std::erase_if(exchanges_, [&](const RecordedExchange& one) { return one.part == part_; });
        return;
    }
    RecordedExchange exchange{part_, request, response};
    exchange.request.url = redacted(request.url, secrets_);
    exchange.request.body = redacted(request.body, secrets_);
    exchange.response.url = exchange.request.url;
    exchange.response.body = redacted(response.body, secrets_);
    exchanges_.push_back(std::move(exchange));
}

std::vector<RecordedExchange> ExchangeRecorder::take()
{
    return std::exchange(exchanges_, {});
}

} // namespace skurd
