#include "tests/sim/sim_files.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <fstream>
#include <iterator>

namespace skurd::sim {

namespace {

HttpReply bot_guard()
{
    return {403,
            "text/html; charset=UTF-8",
            {{"Server", "cloudflare"}, {"cf-mitigated", "challenge"}, {"CF-RAY", "0000000000000000-OSL"}},
            "<!DOCTYPE html><html lang=\"en-US\"><head><title>Just a moment...</title></head>"
            "<body><noscript>Enable JavaScript and cookies to continue</noscript></body></html>",
            {}};
}

std::string header(const HttpRequest& request, const std::string& name)
{
    const auto found = request.headers.find(name);
    return found == request.headers.end() ? "" : found->second;
}

} // namespace

std::string content_type_of(const std::string& path)
{
    static const std::map<std::string, std::string> types = {
        {"csv", "text/csv"},
        {"html", "text/html; charset=utf-8"},
        {"json", "application/json"},
        {"ods", "application/vnd.oasis.opendocument.spreadsheet"},
        {"xls", "application/vnd.ms-excel"},
        {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
        {"zip", "application/zip"},
    };
    const auto found = types.find(to_lower(path.substr(path.find_last_of('.') + 1)));
    return found == types.end() ? SimFile().content_type : found->second;
}

SimFiles::SimFiles(Clock& clock, int port)
    : Simulator(clock), server_(port, [this](const HttpRequest& request) { return answer(request); })
{
}

std::string SimFiles::host_url() const
{
    return fmt::format("http://127.0.0.1:{}", server_.port());
}

void SimFiles::put(const std::string& path, SimFile file)
{
    const std::lock_guard lock(mutex_);
    files_.insert_or_assign(path, std::move(file));
}

void SimFiles::put_folder(const std::filesystem::path& folder)
{
    namespace fs = std::filesystem;
    if (!fs::is_directory(folder))
        throw error("'{}' is not a folder", folder.string());
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file())
            continue;
        std::ifstream in(entry.path(), std::ios::binary);
        const auto path = "/" + fs::relative(entry.path(), folder).generic_string();
        put(path, {{std::istreambuf_iterator<char>(in), {}}, content_type_of(path), "", ""});
    }
}

void SimFiles::remove(const std::string& path)
{
    const std::lock_guard lock(mutex_);
    files_.erase(path);
}

void SimFiles::redirect(const std::string& from, const std::string& to, int status)
{
    const std::lock_guard lock(mutex_);
    redirects_[from] = {to, status};
}

void SimFiles::forbid(bool all)
{
    const std::lock_guard lock(mutex_);
    forbids_ = all;
}

HttpReply SimFiles::answer(const HttpRequest& request)
{
    return serve(
        request, limit_, [this](const HttpRequest&) { return refuse_plainly(limit_); },
        [this](const HttpRequest& asked) { return answer_file(asked); },
        [](const std::string&, const Json&) { return std::nullopt; });
}

HttpReply SimFiles::answer_file(const HttpRequest& request) const
{
    if (forbids_)
        return bot_guard();
    if (const auto found = redirects_.find(request.path); found != redirects_.end())
        return {found->second.second, "text/html", {{"Location", found->second.first}}, "<html>moved</html>", {}};
    const auto found = files_.find(request.path);
    if (found == files_.end())
        return {404, "text/html", {}, "<html><body><h1>404 Not Found</h1></body></html>", {}};
    const auto& file = found->second;
    HttpReply reply{200, file.content_type, {}, file.bytes, {}};
    if (!file.etag.empty())
        reply.headers["ETag"] = file.etag;
    if (!file.last_modified.empty())
        reply.headers["Last-Modified"] = file.last_modified;
    const bool same = !file.etag.empty()
                          ? header(request, "if-none-match") == file.etag
                          : !file.last_modified.empty() && header(request, "if-modified-since") == file.last_modified;
    if (same) {
        reply.status = 304;
        reply.body.clear();
    }
    return reply;
}

} // namespace skurd::sim
