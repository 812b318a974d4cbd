#pragma once

#include "base/file_descriptor.hpp"
#include "tests/support/temp_dir.hpp"

#include <atomic>
#include <list>
#include <mutex>
#include <string>
#include <thread>

namespace skurd::crash {

/// Stands before the socket of a PostgreSQL server, and cuts one connection at the n-th request that clients make. A
/// request is what the server does something at: a connection that begins, a query, the end of a batch of statements
/// (Sync), a piece of a COPY and its end.
class CuttingProxy {
public:
    enum class Cut {
        before_request, ///< the server does not get it
        before_answer,  ///< the server does it, and nobody is told
    };

    /// `server`: the folder of its socket, which must be there as long as the proxy.
    explicit CuttingProxy(std::filesystem::path server);
    ~CuttingProxy();
    CuttingProxy(const CuttingProxy&) = delete;
    CuttingProxy& operator=(const CuttingProxy&) = delete;

    std::string url(const std::string& url_of_server) const; ///< of the same database, through this

    /// Requests are counted anew; the one with that number, from 1, is cut at. 0 = none. Nobody is connected.
    void cut_at(std::size_t request, Cut how);
    std::size_t requests() const { return requests_; }
    bool has_cut() const { return has_cut_; }

private:
    /// Two ends, and a thread for what goes each way.
    struct Connection {
        FileDescriptor client;
        FileDescriptor server;
        std::jthread asks;
        std::jthread answers;
    };

    void accept_all();
    void pass_requests(const Connection& connection);
    static void pass_answers(const Connection& connection);
    bool is_to_be_cut();
    FileDescriptor connected() const;

    std::filesystem::path server_;
    test::TempDir folder_;
    FileDescriptor listening_;
    std::atomic<std::size_t> requests_ = 0;
    std::atomic<std::size_t> cut_at_ = 0;
    std::atomic<Cut> how_ = Cut::before_request;
    std::atomic<bool> has_cut_ = false;
    std::mutex mutex_; ///< of the list
    std::list<Connection> connections_;
    std::jthread accepting_; ///< last: it uses the others
};

} // namespace skurd::crash
