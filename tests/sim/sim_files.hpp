#pragma once

#include "tests/sim/simulator.hpp"

#include <filesystem>
#include <map>
#include <string>

namespace skurd::sim {

/// A file on a site.
struct SimFile {
    std::string bytes;
    std::string content_type = "application/octet-stream";
    std::string etag;          ///< with its quotes; "" = none is sent
    std::string last_modified; ///< "Wed, 21 Oct 2015 07:28:00 GMT"; "" = none is sent
};

/// A simulated site that files lie on, such as NIFU's exports or DFØ's downloads, on loopback from construction to
/// destruction. A request that names the ETag or the Last-Modified a file has gets 304.
class SimFiles final : public Simulator {
public:
    explicit SimFiles(Clock& clock, int port = 0);

    std::string host_url() const; ///< "http://127.0.0.1:4711"

    void put(const std::string& path, SimFile file);      ///< "/eksport/fou.csv"; replaces what was there
    void put_folder(const std::filesystem::path& folder); ///< all regular files in it, at their relative paths
    void remove(const std::string& path);
    void redirect(const std::string& from, const std::string& to, int status = 302); ///< `to` as in Location
    void forbid(bool all); ///< everything gets 403 and the page of a bot guard

private:
    HttpReply answer(const HttpRequest& request);
    HttpReply answer_file(const HttpRequest& request) const;

    std::map<std::string, SimFile> files_;
    std::map<std::string, std::pair<std::string, int>> redirects_;
    bool forbids_ = false;
    HttpServer server_; ///< last: its threads use all of the above
};

/// "text/csv", "application/zip", …, by the name's end.
std::string content_type_of(const std::string& path);

} // namespace skurd::sim
