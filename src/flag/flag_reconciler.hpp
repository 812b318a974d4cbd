#pragma once

#include "flag/flag_state.hpp"
#include "model/flag.hpp"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace skurd {

/// A flag as it is from now on, and what happened to it. Its id is 0 when it was raised just now.
struct FlagChange {
    Flag flag;
    FlagEvent event = FlagEvent::raised;
};

/// A cause of a flag that is there now.
struct FlagCause {
    std::string key; ///< the flag's, unique
    FlagKind kind = FlagKind::threshold;
    int indicator = 0;  ///< 0 where none is meant
    std::string period; ///< "" where none is meant
    std::string inputs; ///< what it was found on
    std::string text_nb;
    std::string text_en;
    std::string job{}; ///< whose source it is about; "" where none is meant
};

/// What brought a cause about, or took it away, since the evaluation before.
struct FlagOrigin {
    enum class Numbers { other, same };
    std::string rule{};               ///< key of the flag that tells of an edited rule; "" = no rule, or not alone
    Numbers numbers = Numbers::other; ///< whether they are those that were judged then
};

/// Holds the flags there are against the causes found now, and collects what changes.
class FlagReconciler {
public:
    /// `existing` must hold the closed flags too: a flag has its key for ever.
    FlagReconciler(const std::vector<Flag>& existing, Time now);

    /// The cause is there: its flag is raised, changed or reopened, or stays as it is.
    void find(const FlagCause& cause, const FlagOrigin& origin = {});
    /// The flag's cause is there no more.
    void gone(const Flag& flag, const FlagOrigin& origin = {});

    const std::map<std::string, Flag>& flags() const { return flags_; } ///< the existing ones, by key
    std::vector<const Flag*> of(int indicator) const;                   ///< of those that indicator's, by key
    const std::vector<FlagChange>& changes() const { return changes_; } ///< so far
    std::vector<FlagChange> take() { return std::move(changes_); }

private:
    void change(Flag flag, FlagEvent event);

    Time now_;
    std::map<std::string, Flag> flags_;
    std::map<int, std::vector<const Flag*>> by_indicator_; ///< into flags_
    std::vector<FlagChange> changes_;
};

/// What finding exactly these causes does to the flags that `is_theirs` says are of their sort.
std::vector<FlagChange> changes_of(const std::vector<Flag>& existing, const std::vector<FlagCause>& found,
                                   const std::function<bool(const Flag&)>& is_theirs, Time now);

} // namespace skurd
