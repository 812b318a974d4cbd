#pragma once

#include "serve/daemon_view.hpp"

namespace skurd::test {

/// A daemon that is as the test says.
struct FixedView final : DaemonView {
    Liveness is_live{std::chrono::seconds(1), std::chrono::seconds(900)};
    std::vector<std::string> reasons;
    Status its_status;
    DaemonFigures its_figures;

    Liveness liveness() const override { return is_live; }
    std::vector<std::string> reasons_not_ready() const override { return reasons; }
    Status status() const override { return its_status; }
    DaemonFigures figures() const override { return its_figures; }
};

} // namespace skurd::test
