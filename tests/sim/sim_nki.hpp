#pragma once

#include "tests/sim/simulator.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace skurd::sim {

/// A row of an indicator's data.
struct SimNkiRow {
    std::string location;
    int location_parent = 0; ///< 0 = the country
    std::string parent_name;
    std::string from; ///< "2024-01-01T00:00:00"
    std::string to;
    std::string value; ///< "12.5"; "-10000000" = no data
    std::string measure = "Andel";
    std::string period = "Årlig";
};

struct SimNkiIndicator {
    std::string id;
    std::string title;
    std::vector<SimNkiRow> rows; ///< none = 204
};

/// What is not known of the real one.
struct NkiHabits {
    enum class Shape { rows, wrapped, columns };

    Shape shape = Shape::rows;    ///< {"AttachmentDataRows"}, the same in {"data"}, or names and arrays
    bool numbers_as_text = false; ///< "Value": "12.5"
};

/// A simulated HAPI with Helsedirektoratet's quality indicators, on loopback from construction to destruction. It
/// wants a subscription key: without, 401; with a key for another product, 403.
class SimNki final : public Simulator {
public:
    static constexpr auto key = "nki-key";                    ///< the key that opens
    static constexpr auto key_of_other_product = "other-key"; ///< 403

    explicit SimNki(Clock& clock, int port = 0);

    std::string base_url() const; ///< "http://127.0.0.1:4711/innhold/nki"
    std::string host_url() const;

    void put(SimNkiIndicator indicator); ///< replaces one with the same id
    void remove(const std::string& id);
    void habits(const NkiHabits& habits);

private:
    HttpReply answer(const HttpRequest& request);
    HttpReply answer_api(const HttpRequest& request) const;
    Json item(const SimNkiIndicator& indicator) const;
    std::string data_body(const SimNkiIndicator& indicator) const;

    std::map<std::string, SimNkiIndicator> indicators_;
    NkiHabits habits_;
    HttpServer server_; ///< last: its threads use all of the above
};

/// Two indicators, made up: "2001" with rows of three places, one of them without data; "2002" without any.
std::vector<SimNkiIndicator> nki_samples();

} // namespace skurd::sim
