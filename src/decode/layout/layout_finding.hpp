#pragma once

#include <string>
#include <vector>

namespace skurd {

/// What describing a file has found.
struct LayoutFinding {
    enum class Weight {
        note, ///< how something was understood that the file leaves no doubt about, or what is left out and why
        doubt ///< a guess, or numbers that are missing: a person should see it before the layout is used
    };
    Weight weight = Weight::note;
    std::string text; ///< a sentence
};

/// In the order they were made; each sentence once.
class LayoutFindings {
public:
    void note(std::string text) { add(LayoutFinding::Weight::note, std::move(text)); }
    void doubt(std::string text) { add(LayoutFinding::Weight::doubt, std::move(text)); }
    bool has_doubts() const;
    std::vector<std::string> texts(LayoutFinding::Weight weight) const;
    std::vector<std::string> texts() const; ///< doubts first

private:
    void add(LayoutFinding::Weight weight, std::string text);

    std::vector<LayoutFinding> all_;
};

} // namespace skurd
