#include "fetch/shared_responses.hpp"

#include <algorithm>
#include <utility>

namespace skurd {

namespace {

std::string question_of(const Request& request)
{
    std::string text;
    for (const auto* part : {&request.method, &request.url, &request.accept, &request.content_type, &request.body})
        text += std::to_string(part->size()) + " " + *part;
    return text;
}

} // namespace

std::list<SharedResponses::Answer>::const_iterator SharedResponses::place_of(const std::string& question) const
{
    return std::find_if(answers_.begin(), answers_.end(),
                        [&](const Answer& answer) { return answer.question == question; });
}

std::optional<Response> SharedResponses::find(const Request& request, Time now) const
{
    const std::scoped_lock lock(mutex_);
    if (request.share.count() <= 0 || answers_.empty())
        return std::nullopt;
    const auto found = place_of(question_of(request));
    if (found == answers_.end())
        return std::nullopt;
    const auto age = now - found->response.received_at; // negative where the clock was set back
    const bool fresh = age.count() >= 0 && age < request.share;
    return fresh ? std::optional(found->response) : std::nullopt;
}

void SharedResponses::store(const Request& request, const Response& response)
{
    if (request.share.count() <= 0 || response.status != 200)
        return;
    const std::scoped_lock lock(mutex_);
    auto question = question_of(request);
    drop(question);
    answers_.push_back({std::move(question), response});
    bytes_ += answers_.back().size();
    while (bytes_ > bytes_max_) {
        bytes_ -= answers_.front().size();
        answers_.pop_front();
    }
}

void SharedResponses::forget(const Request& request)
{
    const std::scoped_lock lock(mutex_);
    drop(question_of(request));
}

void SharedResponses::drop(const std::string& question)
{
    const auto found = place_of(question);
    if (found == answers_.end())
        return;
    bytes_ -= found->size();
    answers_.erase(found);
}

void SharedResponses::forget()
{
    const std::scoped_lock lock(mutex_);
    answers_.clear();
    bytes_ = 0;
}

} // namespace skurd
