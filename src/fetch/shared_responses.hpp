#pragma once

#include "model/request.hpp"

#include <cstddef>
#include <list>
#include <mutex>
#include <optional>
#include <string>

namespace skurd {

/// Good answers (status 200) to requests that may be shared, for a while: what the jobs of one source ask alike is
/// asked once. In memory only; the oldest go first when there are too many
/// bytes. From any thread.
class SharedResponses {
public:
    explicit SharedResponses(std::size_t bytes_max = std::size_t(32) << 20) : bytes_max_(bytes_max) {}

    /// The answer to the very same request (method, URL, body and types), if it came less than `request.share` ago.
    /// Its received_at is when it came.
    std::optional<Response> find(const Request& request, Time now) const;

    void store(const Request& request, const Response& response);
    void forget();
    void forget(const Request& request);

private:
    struct Answer {
        std::string question;
        Response response;
        std::size_t size() const { return question.size() + response.body.size(); }
    };

    std::list<Answer>::const_iterator place_of(const std::string& question) const;

    void drop(const std::string& question);

    std::size_t bytes_max_;
    mutable std::mutex mutex_;
    std::size_t bytes_ = 0;
    std::list<Answer> answers_; ///< oldest first
};

} // namespace skurd
