#pragma once

#include "tests/sim/raw_server.hpp"

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace skurd::sim {

/// How a mail server behaves.
struct SmtpHabits {
    bool offers_tls = true;
    std::string user{}; ///< who must log in (AUTH PLAIN), once TLS is on; "" = anybody may send
    std::string password{};
    /// Replies in the place of the usual ones, by the word they answer: {"RCPT", "550 5.1.1 no such user"}; "DATA."
    /// is the end of the message.
    std::map<std::string, std::string> replies{};
    bool cuts_in_data = false; ///< closes the connection in the middle of the message
    bool is_silent = false;    ///< greets nobody
};

/// What a server took.
struct SmtpMail {
    std::string from;
    std::vector<std::string> to;
    std::string message; ///< lines ended with CR LF, dots unstuffed
    bool over_tls = false;
    bool logged_in = false;
};

/// A mail server on 127.0.0.1, with a certificate for "localhost" that nobody vouches for.
class SimSmtp {
public:
    explicit SimSmtp(SmtpHabits habits = {}, int port = 0);
    ~SimSmtp();
    SimSmtp(const SimSmtp&) = delete;
    SimSmtp& operator=(const SimSmtp&) = delete;

    int port() const;
    const std::string& certificate() const; ///< PEM
    std::vector<SmtpMail> mails() const;    ///< oldest first
    std::vector<std::string> words() const; ///< what clients said, by line, but for the messages
    int connections() const { return connections_; }

private:
    struct Identity; ///< key and certificate
    class Talk;      ///< one connection

    void serve(Wire& wire);
    void note(const std::string& line);
    void take(const SmtpMail& mail);

    SmtpHabits habits_;
    std::unique_ptr<Identity> identity_;
    std::atomic<int> connections_ = 0;
    mutable std::mutex mutex_;
    std::vector<SmtpMail> mails_;
    std::vector<std::string> words_;
    std::unique_ptr<RawServer> server_;
};

} // namespace skurd::sim
