// A server with a certificate that nobody vouches for.
#include "tests/fetch/fetch_fixture.hpp"
#include "tests/support/catch.hpp"

#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <unistd.h>

using namespace skurd;

namespace {

template <auto free>
struct Free {
    template <typename T>
    void operator()(T* pointer) const
    {
        free(pointer);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Free<&EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Free<&X509_free>>;
using Context = std::unique_ptr<SSL_CTX, Free<&SSL_CTX_free>>;
using Session = std::unique_ptr<SSL, Free<&SSL_free>>;

/// For "localhost", good for an hour, signed by itself.
Context server_context()
{
    const Key key(EVP_EC_gen("P-256"));
    const Certificate certificate(X509_new());
    auto* c = certificate.get();
    X509_set_version(c, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(c), 1);
    X509_gmtime_adj(X509_getm_notBefore(c), -3600);
    X509_gmtime_adj(X509_getm_notAfter(c), 3600);
    X509_set_pubkey(c, key.get());
    auto* name = X509_get_subject_name(c);
    const unsigned char host[] = "localhost";
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, host, -1, -1, 0);
    X509_set_issuer_name(c, name);
    X509_sign(c, key.get(), EVP_sha256());
    Context context(SSL_CTX_new(TLS_server_method()));
    SSL_CTX_use_certificate(context.get(), c);
    SSL_CTX_use_PrivateKey(context.get(), key.get());
    return context;
}

} // namespace

TEST_CASE("a certificate that does not hold ends the exchange before anything is said, and is not tried again",
          "[fetch]")
{
    const auto context = server_context();
    std::atomic<int> handshakes = 0;
    std::atomic<int> words = 0;
    test::RawServer server(
        [&](test::RawConnection& connection) {
            const Session session(SSL_new(context.get()));
            SSL_set_fd(session.get(), connection.descriptor());
            ++handshakes;
            SSL_accept(session.get());
            char c = 0;
            words += SSL_read(session.get(), &c, 1) > 0;
        },
        false);
    test::SharedClock clock("2025-03-03T08:20:00Z");
    auto settings = test::settings_for({"localhost"});
    settings.tries = 3;
    CurlFetcher fetcher(settings, clock, 1);
    const auto url = "https://localhost:" + std::to_string(server.port()) + "/";
    const auto failure = test::failure_of(fetcher, test::get(url));
    CHECK(failure.starts_with("GET " + url + ": refused: SSL certificate problem: self-signed certificate"));
    CHECK(handshakes == 1);
    CHECK(words == 0);
    CHECK(clock.waited().count() == 0);
}

TEST_CASE("nothing older than TLS 1.2 is offered", "[fetch]")
{
    std::string hello;
    { // the server's threads have ended where it is read
        test::RawServer server(
            [&](test::RawConnection& connection) {
                hello.resize(4096);
                const auto size = ::read(connection.descriptor(), hello.data(), hello.size());
                hello.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
            },
            false);
        test::SharedClock clock("2025-03-03T08:20:00Z");
        CurlFetcher fetcher(test::settings_for({"localhost"}), clock, 1);
        const auto url = "https://localhost:" + std::to_string(server.port()) + "/";
        CHECK_FALSE(test::failure_of(fetcher, test::get(url)).empty());
    }
    // supported_versions (RFC 8446, 4.2.1): its number, its length, the list's length, TLS 1.3 and 1.2, and no more.
    CHECK(hello.find(std::string("\x00\x2b\x00\x05\x04\x03\x04\x03\x03", 9)) != std::string::npos);
}
