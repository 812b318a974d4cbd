#pragma once

#include "model/news.hpp"

#include <cstdint>
#include <optional>

#include "store/store_session.hpp"

namespace skurd {

/// What was committed since a commit, as far as people want to be told of it.
class NewsStore {
public:
    explicit NewsStore(const StoreSession& session) : session_(session) {}

    /// Of the commits after that one, those that may be news; nothing where there are none.
    std::optional<NewsSpan> span(std::int64_t seq) const;
    /// What they came to. Flags that an edited rule alone changed are no news (Flag::origin), nor is what a person
    /// did to one.
    News since(std::int64_t seq) const;

private:
    std::vector<FlagNews> flags(std::int64_t seq) const;
    std::vector<Verdict> verdicts(std::int64_t seq) const;
    std::vector<DatasetNews> datasets(std::int64_t seq) const;

    const StoreSession& session_;
};

} // namespace skurd
