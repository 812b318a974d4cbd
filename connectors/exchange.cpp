#include "connectors/exchange.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <algorithm>

namespace skurd {

namespace {

bool asks_the_same(const Request& a, const Request& b)
{
    return a.url == b.url && a.body == b.body && a.kind == b.kind && a.method == b.method && a.pattern == b.pattern &&
           a.arguments == b.arguments && a.repeat == b.repeat;
}

} // namespace

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
    refused_ = false;
    if (auto* request = std::get_if<Request>(&step)) {
        if (responses_.size() == requests_max)
            throw error("the source wanted more than {} requests", requests_max);
        refuse_repetition(*request);
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

void Exchange::refuse_repetition(const Request& request) const
{
    const bool known = std::any_of(answered_.begin(), answered_.end(),
                                   [&](const Request& before) { return asks_the_same(before, request); });
    if (known)
        throw error("{} {}{}: answered in this run already and asked for again: the answer was not known for what it "
                    "is, so nothing was ingested; check the address in the job, or report it with the job",
                    request.method, excerpt(request.url, 200),
                    request.purpose.empty() ? "" : fmt::format(" ({})", request.purpose));
}

void Exchange::answer(Response response)
{
    if (request_->kind == Request::Kind::http)
        response.url = request_->url;
    responses_.push_back(std::move(response));
    answered_.push_back(std::move(*request_));
    request_.reset();
    refused_ = true;
}

} // namespace skurd
