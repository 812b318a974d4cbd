#pragma once

#include "connectors/connector.hpp"

#include <functional>
#include <optional>
#include <span>
#include <variant>
#include <vector>

namespace skurd {

/// The exchange of requests and responses with a source, driven without I/O: it says what to fetch next and takes
/// responses in, for a Connector's run or check and for a SourceBrowser's questions alike. Whoever holds it does the
/// fetching:
///
///     Exchange exchange(connector, state);
///     while (const auto* request = exchange.next())
///         exchange.answer(fetch(*request));
///     // exchange.end() says whether the responses suffice
///
/// A response belongs to the request that was sent: its `url` is that of the request, whatever address it ended at.
/// So connectors tell what an answer is from what they asked, and stored responses are read alike years later.
class Exchange {
public:
    using Next = std::function<Step(std::span<const Response>)>;
    using End = std::variant<Ready, Unchanged, Failure>;

    static constexpr std::size_t requests_max = 1000;

    explicit Exchange(Next next) : next_(std::move(next)) {}
    /// A run of the connector, which must outlive it.
    Exchange(const Connector& connector, ConnectorState state);

    /// What to fetch now, valid until the next call of a function that is not const; nullptr once it has ended. The
    /// same request again until it is answered. Throws what the source's responses are refused with, and Error for a
    /// source that wants more than requests_max, or what was answered in this exchange already (but see
    /// Request::repeat): its connector does not know the answer, and would ask for ever.
    const Request* next();
    /// The response to the request that next() gave.
    void answer(Response response);

    /// How it ended. To be asked once next() has given nullptr.
    const End& end() const { return end_.value(); }
    const std::vector<Response>& responses() const { return responses_; } ///< so far, oldest first
    std::vector<Response> take_responses() { return std::move(responses_); }
    /// The request whose response was refused: where next() throws, the last one that was answered.
    const Request* refused() const { return refused_ ? &answered_.back() : nullptr; }

private:
    void refuse_repetition(const Request& request) const;

    Next next_;
    std::vector<Response> responses_;
    std::vector<Request> answered_;  ///< the requests of the responses
    std::optional<Request> request_; ///< that waits for its response
    bool refused_ = false;           ///< the source looks at the response to the last answered
    std::optional<End> end_;
};

} // namespace skurd
