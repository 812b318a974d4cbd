#pragma once

#include <string>

namespace skurd {

/// A text in both languages.
struct LocalizedText {
    std::string nb;
    std::string en;

    bool empty() const { return en.empty(); }
    friend bool operator==(const LocalizedText&, const LocalizedText&) = default;
};

} // namespace skurd
