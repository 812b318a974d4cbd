#pragma once

#include "fetch/fetcher.hpp"

#include <deque>

namespace skurd {

/// Answers requests with responses prepared beforehand, in order: stored payloads, a file given by hand, tests.
/// When none is left, a file request gets nothing and any other throws Error.
class ReplayFetcher final : public Fetcher {
public:
    explicit ReplayFetcher(std::deque<Response> responses) : responses_(std::move(responses)) {}

    std::optional<Response> fetch(const Request& request, std::stop_token stop) override;

private:
    std::deque<Response> responses_;
};

} // namespace skurd
