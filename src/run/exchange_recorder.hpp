#pragma once

#include "fetch/fetcher.hpp"
#include "model/recorded_exchange.hpp"

#include <string>
#include <vector>

namespace skurd {

/// A fetcher that writes down what goes through another one, which must outlive it: the exchanges where they are to
/// be kept, redacted, and the host that gave no response.
class ExchangeRecorder final : public Fetcher {
public:
    enum class Keep { nothing, exchanges };
    static constexpr std::size_t bytes_max = std::size_t(16) << 20; ///< of the responses of one part

    /// `secrets` are what no exchange may hold: the keys that hosts are sent.
    ExchangeRecorder(Fetcher& fetcher, Keep keep, std::vector<std::string> secrets);

    void begin_run(const std::vector<std::string>& hosts) override { fetcher_.begin_run(hosts); }
    void forget_answers() override { fetcher_.forget_answers(); }
    void forget_answer(const Request& request) override { fetcher_.forget_answer(request); }
    std::optional<Response> fetch(const Request& request, std::stop_token stop) override;

    void begin_part(RecordedExchange::Part part); ///< what is fetched from now on
    /// Whether the part's responses became too large; then none of them is kept.
    bool is_too_large() const { return bytes_ > bytes_max; }
    const std::string& silent_host() const { return silent_host_; } ///< "" = the last request was answered
    std::vector<RecordedExchange> take();

private:
    void keep(const Request& request, const Response& response);

    Fetcher& fetcher_;
    Keep keep_;
    std::vector<std::string> secrets_;
    RecordedExchange::Part part_ = RecordedExchange::Part::check;
    std::size_t bytes_ = 0; ///< of the part
    std::string silent_host_;
    std::vector<RecordedExchange> exchanges_;
};

} // namespace skurd
