#pragma once

#include "connectors/connector.hpp"
#include "fetch/fetcher.hpp"

#include <fmt/format.h>

#include <functional>
#include <memory>
#include <string>

namespace skurd::test {

/// A job about the newest year of one cell's series in the simulated table 07459, unless told otherwise.
inline std::unique_ptr<Connector> pxweb_job(const std::string& kind, const std::string& base_url,
                                            const std::string& more = "",
                                            const std::string& contents = "ContentsCode = [\"Personer1\"]",
                                            const std::string& table = "07459")
{
    auto file =
        Section::parse(fmt::format("[source]\ntable = \"{}\"\nbase_url = \"{}\"\n{}\n[source.select]\n"
                                   "Region = [\"0\"]\nKjonn = [\"1\"]\nAlder = [\"000\"]\n{}\nTid = [\"top(1)\"]\n",
                                   table, base_url, more, contents),
                       "job.toml");
    JobSections sections{"job", file.require_table("source"), std::nullopt, ""};
    auto connector = create_connector(kind, "job.toml:1", sections);
    file.reject_unknown_keys();
    return connector;
}

/// Passes on, and changes what comes back: a server with a habit of its own.
class EditingFetcher final : public Fetcher {
public:
    using Edit = std::function<void(const Request&, Response&)>;

    EditingFetcher(Fetcher& fetcher, Edit edit) : fetcher_(fetcher), edit_(std::move(edit)) {}

    void forget_answers() override { fetcher_.forget_answers(); }

    std::optional<Response> fetch(const Request& request, std::stop_token stop) override
    {
        auto response = fetcher_.fetch(request, stop);
        if (response)
            edit_(request, *response);
        return response;
    }

private:
    Fetcher& fetcher_;
    Edit edit_;
};

} // namespace skurd::test
