#include "fetch/resolver.hpp"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <netdb.h>
#include <sys/socket.h>
#include <thread>

namespace skurd {

namespace {

struct FreeAddresses {
    void operator()(addrinfo* list) const noexcept { ::freeaddrinfo(list); }
};

std::vector<std::string> ask_system(const std::string& host)
{
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* list = nullptr;
    if (::getaddrinfo(host.c_str(), nullptr, &hints, &list) != 0)
        return {};
    const std::unique_ptr<addrinfo, FreeAddresses> owned(list);
    std::vector<std::string> found;
    for (; list; list = list->ai_next) {
        std::array<char, NI_MAXHOST> text{};
        if (::getnameinfo(list->ai_addr, list->ai_addrlen, text.data(), text.size(), nullptr, 0, NI_NUMERICHOST) == 0)
            if (std::find(found.begin(), found.end(), text.data()) == found.end())
                found.emplace_back(text.data());
    }
    return found;
}

/// What asker and thread share; whoever is last lets go of it, hence the shared_ptr.
struct Question {
    std::mutex mutex;
    std::condition_variable_any answered;
    bool done = false;
    std::vector<std::string> addresses;
};

} // namespace

std::vector<std::string> resolve_host(const std::string& host, std::chrono::seconds timeout, std::stop_token stop)
{
    const auto question = std::make_shared<Question>();
    std::thread([question, host] {
        auto addresses = ask_system(host);
        const std::lock_guard lock(question->mutex);
        question->addresses = std::move(addresses);
        question->done = true;
        question->answered.notify_one();
    }).detach();
    std::unique_lock lock(question->mutex);
    question->answered.wait_for(lock, stop, timeout, [&] { return question->done; });
    return question->done ? question->addresses : std::vector<std::string>();
}

} // namespace skurd
