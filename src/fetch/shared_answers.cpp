#include "fetch/shared_answers.hpp"

#include <algorithm>

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

std::optional<Response> SharedAnswers::find(const Request& request, Time now) const
{
    if (request.share.count() <= 0 || answers_.empty())
        return std::nullopt;
    const auto question = question_of(request);
    const auto found = std::find_if(answers_.begin(), answers_.end(),
                                    [&](const Answer& answer) { return answer.question == question; });
    if (found == answers_.end())
        return std::nullopt;
    const auto age = now - found->response.received_at; // negative where the clock was set back
    const bool fresh = age.count() >= 0 && age < request.share;
    return fresh ? std::optional(found->response) : std::nullopt;
}

void SharedAnswers::keep(const Request& request, const Response& response)
{
    if (request.share.count() <= 0 || response.status != 200)
        return;
    auto question = question_of(request);
    const auto same = std::find_if(answers_.begin(), answers_.end(),
                                   [&](const Answer& answer) { return answer.question == question; });
    if (same != answers_.end()) {
        bytes_ -= same->size();
        answers_.erase(same);
    }
    answers_.push_back({std::move(question), response});
    bytes_ += answers_.back().size();
    while (bytes_ > bytes_max_) {
        bytes_ -= answers_.front().size();
        answers_.pop_front();
    }
}

void SharedAnswers::forget()
{
    answers_.clear();
    bytes_ = 0;
}

} // namespace skurd
