#include "tests/sim/sim_smtp.hpp"

#include "base/text.hpp"
#include "lib/openssl/base64.hpp"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <csignal>
#include <unistd.h>

namespace skurd::sim {

namespace {

template <auto free>
struct FreeBy {
    template <typename T>
    void operator()(T* pointer) const
    {
        free(pointer);
    }
};

using Key = std::unique_ptr<EVP_PKEY, FreeBy<&EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, FreeBy<&X509_free>>;
using Context = std::unique_ptr<SSL_CTX, FreeBy<&SSL_CTX_free>>;
using Session = std::unique_ptr<SSL, FreeBy<&SSL_free>>;
using Memory = std::unique_ptr<BIO, FreeBy<&BIO_free_all>>;

/// For "localhost", good for an hour, signed by itself.
Certificate self_signed(EVP_PKEY* key)
{
    Certificate certificate(X509_new());
    auto* c = certificate.get();
    X509_set_version(c, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(c), 1);
    X509_gmtime_adj(X509_getm_notBefore(c), -3600);
    X509_gmtime_adj(X509_getm_notAfter(c), 3600);
    X509_set_pubkey(c, key);
    const unsigned char host[] = "localhost";
    X509_NAME_add_entry_by_txt(X509_get_subject_name(c), "CN", MBSTRING_ASC, host, -1, -1, 0);
    X509_set_issuer_name(c, X509_get_subject_name(c));
    X509_sign(c, key, EVP_sha256());
    return certificate;
}

std::string pem_of(X509* certificate)
{
    const Memory memory(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(memory.get(), certificate);
    char* bytes = nullptr;
    const auto size = BIO_get_mem_data(memory.get(), &bytes);
    return {bytes, static_cast<std::size_t>(size)};
}

/// "<kari@example.org>" -> "kari@example.org"
std::string address_in(std::string_view line)
{
    const auto from = line.find('<');
    const auto to = line.find('>');
    return from == std::string_view::npos || to == std::string_view::npos
               ? ""
               : std::string(line.substr(from + 1, to - from - 1));
}

} // namespace

struct SimSmtp::Identity {
    Identity()
    {
        const Key key(EVP_EC_gen("P-256"));
        const auto certificate = self_signed(key.get());
        pem = pem_of(certificate.get());
        context.reset(SSL_CTX_new(TLS_server_method()));
        SSL_CTX_use_certificate(context.get(), certificate.get());
        SSL_CTX_use_PrivateKey(context.get(), key.get());
    }

    std::string pem;
    Context context;
};

class SimSmtp::Talk {
public:
    Talk(SimSmtp& server, Wire& wire) : server_(server), wire_(wire) {}

    void run()
    {
        if (server_.habits_.is_silent) {
            wire_.hold(std::chrono::milliseconds(-1));
            return;
        }
        reply("CONNECT", "220 sim.example.org ESMTP");
        for (auto line = read_line(); line; line = read_line())
            if (!answer(*line))
                return;
    }

private:
    std::optional<char> read_byte()
    {
        char c = 0;
        if (!session_ || SSL_pending(session_.get()) == 0)
            if (!wire_.wait_readable())
                return std::nullopt;
        const auto size = session_ ? SSL_read(session_.get(), &c, 1) : static_cast<int>(::read(wire_.fd(), &c, 1));
        return size == 1 ? std::optional(c) : std::nullopt;
    }
    /// Without its end.
    std::optional<std::string> read_line()
    {
        std::string line;
        for (auto c = read_byte(); c; c = read_byte()) {
            if (*c == '\n')
                return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
            line += *c;
        }
        return std::nullopt;
    }

    void send(const std::string& line)
    {
        const auto bytes = line + "\r\n";
        if (session_)
            SSL_write(session_.get(), bytes.data(), static_cast<int>(bytes.size()));
        else
            wire_.send(bytes);
    }
    /// The usual reply, or the habit's; whether it is a good one.
    bool reply(const std::string& word, const std::string& usual)
    {
        const auto found = server_.habits_.replies.find(word);
        const auto& text = found == server_.habits_.replies.end() ? usual : found->second;
        send(text);
        return text.front() == '2' || text.front() == '3';
    }

    /// False at the end of the connection.
    bool answer(const std::string& line)
    {
        server_.note(line);
        const auto word = to_lower(line.substr(0, line.find_first_of(" :")));
        if (word == "ehlo")
            greet();
        else if (word == "starttls")
            return begin_tls();
        else if (word == "auth")
            log_in(line);
        else if (word == "mail")
            begin_mail(line);
        else if (word == "rcpt")
            add_recipient(line);
        else if (word == "data")
            return take_data();
        else if (word == "quit")
            return reply("QUIT", "221 bye") && false;
        else
            send("502 unknown");
        return true;
    }

    void greet()
    {
        send("250-sim.example.org");
        if (server_.habits_.offers_tls && !session_)
            send("250-STARTTLS");
        if (!server_.habits_.user.empty() && session_)
            send("250-AUTH PLAIN");
        reply("EHLO", "250 8BITMIME");
    }

    bool begin_tls()
    {
        if (!reply("STARTTLS", "220 go on"))
            return true;
        session_.reset(SSL_new(server_.identity_->context.get()));
        SSL_set_fd(session_.get(), wire_.fd());
        return SSL_accept(session_.get()) == 1;
    }

    void log_in(const std::string& line)
    {
        auto words = line.substr(line.rfind(' ') + 1);
        if (words == "PLAIN") { // without an initial response
            send("334 ");
            words = read_line().value_or("");
        }
        const auto given = from_base64(words).value_or("");
        const auto& habits = server_.habits_;
        mail_.logged_in = given == std::string(1, '\0') + habits.user + std::string(1, '\0') + habits.password;
        send(mail_.logged_in ? "235 welcome" : "535 5.7.8 authentication failed");
    }

    void begin_mail(const std::string& line)
    {
        if (!server_.habits_.user.empty() && !mail_.logged_in) {
            send("530 5.7.0 log in first");
            return;
        }
        if (reply("MAIL", "250 ok"))
            mail_.from = address_in(line);
    }

    void add_recipient(const std::string& line)
    {
        if (reply("RCPT", "250 ok"))
            mail_.to.push_back(address_in(line));
    }

    bool take_data()
    {
        if (!reply("DATA", "354 go on"))
            return true;
        for (auto line = read_line(); line && *line != "."; line = read_line()) {
            if (server_.habits_.cuts_in_data)
                return false;
            mail_.message += (line->starts_with('.') ? line->substr(1) : *line) + "\r\n";
        }
        mail_.over_tls = session_ != nullptr;
        if (reply("DATA.", "250 2.0.0 queued as 4711"))
            server_.take(mail_);
        mail_ = {};
        return true;
    }

    SimSmtp& server_;
    Wire& wire_;
    Session session_;
    SmtpMail mail_;
};

SimSmtp::SimSmtp(SmtpHabits habits, int port) : habits_(std::move(habits)), identity_(std::make_unique<Identity>())
{
    server_ = std::make_unique<RawServer>(port, [this](Wire& wire) { serve(wire); });
}

SimSmtp::~SimSmtp()
{
    server_.reset(); // whose threads use the rest
}

int SimSmtp::port() const
{
    return server_->port();
}

const std::string& SimSmtp::certificate() const
{
    return identity_->pem;
}

std::vector<SmtpMail> SimSmtp::mails() const
{
    const std::scoped_lock lock(mutex_);
    return mails_;
}

std::vector<std::string> SimSmtp::words() const
{
    const std::scoped_lock lock(mutex_);
    return words_;
}

void SimSmtp::note(const std::string& line)
{
    const std::scoped_lock lock(mutex_);
    words_.push_back(line);
}

void SimSmtp::take(const SmtpMail& mail)
{
    const std::scoped_lock lock(mutex_);
    mails_.push_back(mail);
}

void SimSmtp::serve(Wire& wire)
{
    sigset_t pipe{}; // TLS writes to a client that is gone
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
    ++connections_;
    Talk(*this, wire).run();
}

} // namespace skurd::sim
