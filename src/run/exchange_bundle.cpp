#include "run/exchange_bundle.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "connectors/exchange.hpp"
#include "run/job_fixes.hpp"

namespace skurd {

namespace {

constexpr auto case_job = "job.toml";

/// The job's file with its id in it: a case's folder has another name.
std::string with_id(const ReadyJob& job, std::string_view text)
{
    auto file = job.job.whole;
    if (file.require_table("job").has("id"))
        return std::string(text);
    return with_job_key(text, file.file(), "id = " + toml_quoted(job.job.id));
}

CaseFile request_file(const RecordedExchange& exchange, std::size_t n)
{
    const auto& request = exchange.request;
    return {fmt::format("request-{}.txt", n),
            fmt::format("{} {}\n{}", request.method, request.url, request.body.empty() ? "" : request.body + "\n")};
}

bool is_json(const Response& response)
{
    return response.media_type.find("json") != std::string::npos;
}

CaseFile head_file(const Response& response, std::size_t n)
{
    auto head = fmt::format("status: {}\nreceived: {}\n", response.status, format_time(response.received_at));
    if (!response.media_type.empty())
        head += fmt::format("type: {}\n", response.media_type);
    return {fmt::format("response-{}.head", n), head};
}

std::vector<CheckResult> check_again(const std::string& job_text, const std::vector<Response>& responses)
{
    const auto job = make_job(job_text, case_job, "job", "");
    std::size_t given = 0;
    Exchange exchange([&](std::span<const Response> so_far) { return job.connector->next_check(so_far); });
    while (exchange.next()) {
        if (given == responses.size())
            throw error("the recorded responses do not suffice");
        exchange.answer(responses[given++]);
    }
    return job.connector->check(exchange.responses());
}

void require_alike(const std::vector<CheckResult>& again, const std::vector<CheckResult>& before)
{
    // What is said of the job as a whole, that its remark can go, comes after what its source says.
    bool alike = again.size() <= before.size();
    for (std::size_t i = 0; alike && i < again.size(); ++i)
        alike = again[i].kind == before[i].kind;
    if (!alike)
        throw error("the recorded responses say something else than the source did");
}

} // namespace

std::vector<CaseFile> case_files(const ReadyJob& job, std::string_view text, const CheckedJob& checked,
                                 RecordedExchange::Part part)
{
    std::vector<CaseFile> files = {{case_job, with_id(job, text)}};
    std::vector<Response> responses;
    for (const auto& exchange : checked.exchanges) {
        if (exchange.part != part)
            continue;
        const auto& response = responses.emplace_back(exchange.response);
        const auto n = responses.size();
        files.push_back(request_file(exchange, n));
        files.push_back({fmt::format("response-{}.{}", n, is_json(response) ? "json" : "txt"), response.body});
        files.push_back(head_file(response, n));
    }
    if (responses.empty())
        return {};
    if (part == RecordedExchange::Part::check && checked.failure.empty()) {
        const auto again = check_again(files.front().bytes, responses);
        require_alike(again, checked.results);
        files.push_back({"expected.check", check_text(again)});
    }
    return files;
}

std::string check_text(const std::vector<CheckResult>& results)
{
    std::string text;
    for (const auto& result : results) {
        text += fmt::format("{} {} {}: {}\n", result.where, to_string(result.kind), to_string(result.fix),
                            excerpt(result.text, 1000));
        for (const auto line : split(result.line, '\n'))
            if (!line.empty())
                text += fmt::format("    {}\n", line);
    }
    return text;
}

} // namespace skurd
