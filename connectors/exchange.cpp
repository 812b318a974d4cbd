#include "connectors/exchange.hpp"

#include "base/error.hpp"

namespace skurd {

Exchange::Exchange(const Connector& connector, ConnectorState state)
    : next_([&connector, state = std::move(state)](std::span<const Response> responses) {
          return connector.next(state, responses);
      })
{
}

const Request* Exchange::next()
{
    if (end_)
        return nullptr;
    if (request_)
        return &*request_;
    auto step = next_(responses_);
    refused_.reset();
    if (auto* request = std::get_if<Request>(&step)) {
        if (responses_.size() == requests_max)
            throw error("the source wanted more than {} requests", requests_max);
        request_ = std::move(*request);
        return &*request_;
    }
    if (auto* unchanged = std::get_if<Unchanged>(&step))
        end_ = std::move(*unchanged);
    else if (auto* failure = std::get_if<Failure>(&step))
        end_ = std::move(*failure);
    else
        end_ = std::get<Ready>(std::move(step));
    return nullptr;
}

void Exchange::answer(Response response)
{
    responses_.push_back(std::move(response));
    refused_ = std::move(request_);
    request_.reset();
}

} // namespace skurd
