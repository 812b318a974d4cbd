#include "run/fleet_pace.hpp"

namespace skurd {

namespace {

constexpr std::size_t path_max = 500;

class FleetPace final : public SharedPace {
public:
    explicit FleetPace(Fleet& fleet) : fleet_(fleet) {}

    Call reserve(const std::string& host, const std::string& path, const Pace::Limit& limit,
                 std::optional<Time> reserved) override
    {
        const auto call = fleet_.reserve_call(host, path.substr(0, path_max), static_cast<std::size_t>(limit.calls),
                                              limit.window, reserved);
        return {call.at, call.is_reserved};
    }
    void hold(const std::string& host, Time until) override { fleet_.hold(host.substr(0, path_max), until); }
    void lift_holds(const std::string& host) override { fleet_.lift_holds(host); }

private:
    Fleet& fleet_;
};

} // namespace

std::shared_ptr<SharedPace> fleet_pace(const StoreSession& store)
{
    auto* fleet = store.fleet();
    return fleet ? std::make_shared<FleetPace>(*fleet) : nullptr;
}

} // namespace skurd
