#pragma once

#include "base/number_text.hpp"

#include <string>

namespace skurd {

/// A text in both languages.
struct LocalizedText {
    std::string nb;
    std::string en;

    bool empty() const { return en.empty(); }
    const std::string& in(Language language) const { return language == Language::nb ? nb : en; }
    friend bool operator==(const LocalizedText&, const LocalizedText&) = default;
};

} // namespace skurd
