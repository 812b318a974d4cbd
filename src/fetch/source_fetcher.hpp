#pragma once

#include "fetch/fetcher.hpp"

namespace skurd {

/// Hands each request to the fetcher of its kind: HTTP or a program. Files have a fetcher of their own.
class SourceFetcher final : public Fetcher {
public:
    /// Both must outlive this.
    SourceFetcher(Fetcher& http, Fetcher& programs) : http_(http), programs_(programs) {}

    void begin_run(const std::vector<std::string>& hosts) override { http_.begin_run(hosts); }
    void lift_holds() override { http_.lift_holds(); }
    void forget_answers() override { http_.forget_answers(); }
    void forget_answer(const Request& request) override { http_.forget_answer(request); }

    std::optional<Response> fetch(const Request& request, std::stop_token stop) override
    {
        return (request.kind == Request::Kind::program ? programs_ : http_).fetch(request, std::move(stop));
    }

private:
    Fetcher& http_;
    Fetcher& programs_;
};

} // namespace skurd
