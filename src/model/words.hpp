#pragma once

#include <string>

namespace skurd {

/// A text in both languages.
struct Words {
    std::string nb;
    std::string en;

    bool empty() const { return en.empty(); }
    friend bool operator==(const Words&, const Words&) = default;
};

} // namespace skurd
