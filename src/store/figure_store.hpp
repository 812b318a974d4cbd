#pragma once

#include "model/store_figures.hpp"
#include "store/store_session.hpp"

#include <cstddef>
#include <utility>
#include <vector>

namespace skurd {

/// Numbers about what the store holds. None takes longer the more observations there are.
class FigureStore {
public:
    explicit FigureStore(const StoreSession& session) : session_(session) {}

    std::vector<SourceFigures> sources() const;             ///< by name
    std::pair<std::size_t, std::uint64_t> payloads() const; ///< that have not expired, and their bytes

private:
    const StoreSession& session_;
};

} // namespace skurd
