#include "decode/layout/layout_finding.hpp"

#include <algorithm>

namespace skurd {

void LayoutFindings::add(LayoutFinding::Weight weight, std::string text)
{
    const auto is_same = [&](const LayoutFinding& finding) { return finding.text == text; };
    if (std::none_of(all_.begin(), all_.end(), is_same))
        all_.push_back({weight, std::move(text)});
}

bool LayoutFindings::has_doubts() const
{
    return std::any_of(all_.begin(), all_.end(),
                       [](const auto& f) { return f.weight == LayoutFinding::Weight::doubt; });
}

std::vector<std::string> LayoutFindings::texts(LayoutFinding::Weight weight) const
{
    std::vector<std::string> texts;
    for (const auto& finding : all_)
        if (finding.weight == weight)
            texts.push_back(finding.text);
    return texts;
}

std::vector<std::string> LayoutFindings::texts() const
{
    auto texts = this->texts(LayoutFinding::Weight::doubt);
    const auto notes = this->texts(LayoutFinding::Weight::note);
    texts.insert(texts.end(), notes.begin(), notes.end());
    return texts;
}

} // namespace skurd
