#pragma once

#include "model/vintage.hpp"
#include "tests/version/planned_releases.hpp"
#include "tests/version/tried_store.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace skurd::test {

/// The reference model: a full copy of every release. What a reader sees is told by laying those its clocks show one
/// over the other in the order of their places and then of their arrival. Where a live fetch is placed, and how long
/// a placed release holds, is worked out cell by cell from the copies, as src/version/README.md says it.
class FullCopies {
public:
    Cells state(const AsOf& as_of, std::optional<Time> from = {}) const
    {
        struct Said {
            std::string word;
            Time published{};
        };
        std::map<Key, Said> cells;
        for (const auto* copy : in_order(as_of)) {
            for (auto& [key, said] : cells)
                if (said.word != "withdrawn" && is_silent(*copy, key))
                    said = {"withdrawn", copy->published};
            for (const auto& [key, word] : copy->said)
                cells[key] = {without_zeros(word), copy->published};
        }
        Cells seen;
        for (const auto& [key, said] : cells)
            if (!from || said.published >= *from)
                seen[key] = said.word;
        return seen;
    }

    /// False when it would withdraw too much.
    bool ingest(const PlannedRelease& planned)
    {
        Copy copy{planned, planned.series()};
        if (is_repeat(copy))
            return true;
        const bool live = copy.origin == Origin::harvest;
        widen(copy, live ? std::nullopt : std::optional(copy.published));
        const auto before = state(live ? AsOf{} : AsOf{copy.published, {}});
        if (withdraws_too_much(copy, before))
            return false;
        if (live)
            copy.published = place_of(copy, before);
        copies_.push_back(copy);
        if (!live)
            end_where_fetches_confirmed(copy, before);
        return true;
    }

    /// What a reader must see of the cells that the release covers, just after it: its words, and "withdrawn" or ""
    /// for what it says is not there.
    static Cells covered(const PlannedRelease& planned)
    {
        const Copy copy{planned, planned.series()};
        Cells cells;
        for (const auto& key : all_keys())
            if (is_silent(copy, key))
                cells[key] = "withdrawn";
        for (const auto& [key, word] : copy.said)
            cells[key] = without_zeros(word);
        return cells;
    }

    Time last_place() const { return copies_.back().published; }
    std::size_t size() const { return copies_.size(); }

private:
    struct Copy : PlannedRelease {
        Copy(const PlannedRelease& planned, std::set<std::string> series)
            : PlannedRelease(planned), spoken_series(std::move(series))
        {
        }
        std::set<std::string> spoken_series;
    };

    static std::vector<Key> all_keys()
    {
        std::vector<Key> keys;
        for (int nr = 0; nr < 5; ++nr)
            for (int year = 2010; year < 2014; ++year)
                keys.emplace_back(std::to_string(nr), std::to_string(year));
        return keys;
    }

    static bool has_period(const Copy& copy, const std::string& period)
    {
        return std::find(copy.periods.begin(), copy.periods.end(), period) != copy.periods.end();
    }

    static bool covers_period(const Copy& copy, const std::string& period)
    {
        const auto oldest = std::min_element(copy.periods.begin(), copy.periods.end());
        return has_period(copy, period) ||
               (copy.coverage == Coverage::full_history && oldest != copy.periods.end() && period > *oldest);
    }

    /// Whether the release says of the cell, by leaving it out, that it is gone.
    static bool is_silent(const Copy& copy, const Key& key)
    {
        return copy.coverage != Coverage::partial && copy.spoken_series.contains(key.first) &&
               covers_period(copy, key.second) && !copy.said.contains(key);
    }

    static bool covers(const Copy& copy, const Key& key) { return copy.said.contains(key) || is_silent(copy, key); }

    static std::string word_of(const Copy& copy, const Key& key)
    {
        const auto said = copy.said.find(key);
        return said == copy.said.end() ? "withdrawn" : without_zeros(said->second);
    }

    static std::string word_in(const Cells& cells, const Key& key)
    {
        const auto found = cells.find(key);
        return found == cells.end() ? "withdrawn" : found->second;
    }

    static bool overlap(const Copy& a, const Copy& b)
    {
        const auto keys = all_keys();
        return std::any_of(keys.begin(), keys.end(),
                           [&](const Key& key) { return covers(a, key) && covers(b, key); });
    }

    /// A full history without any period of the complete release before it says that all of those are gone.
    void widen(Copy& copy, std::optional<Time> published) const
    {
        if (copy.coverage != Coverage::full_history)
            return;
        const auto order = in_order({published, {}});
        const auto before = std::find_if(order.rbegin(), order.rend(), [&](const Copy* one) {
            return one->coverage != Coverage::partial && overlap(*one, copy);
        });
        if (before == order.rend())
            return;
        const auto& theirs = (*before)->periods;
        if (std::none_of(theirs.begin(), theirs.end(), [&](const auto& period) { return has_period(copy, period); }))
            copy.periods.insert(copy.periods.end(), theirs.begin(), theirs.end());
    }

    static bool withdraws_too_much(const Copy& copy, const Cells& before)
    {
        std::size_t known = 0;
        std::size_t withdrawn = 0;
        for (const auto& [key, word] : before) {
            const bool gone = is_silent(copy, key);
            if (word == "withdrawn" || (!gone && !copy.said.contains(key)))
                continue;
            ++known;
            withdrawn += gone ? 1 : 0;
        }
        return !copy.withdrawals_allowed && withdrawn * 50 > known;
    }

    /// Rules 1 to 3 of "Placing a live fetch".
    Time place_of(const Copy& copy, const Cells& before) const
    {
        std::optional<Time> newest;
        for (const auto& other : copies_)
            if (overlap(copy, other))
                newest = std::max(newest.value_or(other.published), other.published);
        const bool claims = copy.confidence != Confidence::arrival && copy.published <= copy.observed;
        if (!newest)
            return claims ? copy.published : copy.observed;
        bool differs = false;
        bool only_adds = true;
        for (const auto& key : all_keys()) {
            if (!covers(copy, key) || word_of(copy, key) == word_in(before, key))
                continue;
            differs = true;
            only_adds = only_adds && std::none_of(copies_.begin(), copies_.end(), [&](const Copy& one) {
                            return one.spoken_series.contains(key.first) && covers_period(one, key.second);
                        });
        }
        if (claims && (copy.published > *newest || (differs && only_adds && copy.published == *newest)))
            return copy.published;
        return differs && copy.observed > *newest ? copy.observed : *newest;
    }

    /// "Where a live fetch observed after that day had confirmed the older state, theirs holds only until the first
    /// such fetch."
    void end_where_fetches_confirmed(const Copy& placed, const Cells& before)
    {
        const auto order = in_order({});
        const auto own =
            std::find_if(order.begin(), order.end(), [&](const Copy* one) { return one == &copies_.back(); });
        std::vector<Copy> ends;
        for (const auto& key : all_keys()) {
            const auto older = word_in(before, key);
            if (!covers(placed, key) || word_of(placed, key) == older)
                continue;
            const auto next = std::find_if(own + 1, order.end(), [&](const Copy* one) { return covers(*one, key); });
            std::optional<Time> first;
            for (auto one = own; one != order.begin();) {
                const auto& copy = **--one;
                if (!covers(copy, key))
                    continue;
                if (word_of(copy, key) != older)
                    break;
                if (copy.origin == Origin::harvest && copy.observed > placed.published)
                    first = std::min(first.value_or(copy.observed), copy.observed);
            }
            if (!first || (next != order.end() && (*next)->published <= *first))
                continue;
            Copy end(placed, {key.first});
            end.origin = Origin::import;
            end.published = *first;
            end.periods = {key.second};
            end.said = older == "withdrawn" ? Cells() : Cells{{key, older}};
            end.coverage = older == "withdrawn" ? Coverage::complete_selection : Coverage::partial;
            end.payload = -1;
            ends.push_back(end);
        }
        copies_.insert(copies_.end(), ends.begin(), ends.end());
    }

    /// The same bytes: of a file published at the same time, of a live fetch those that are in force.
    bool is_repeat(const Copy& copy) const
    {
        if (copy.origin != Origin::harvest)
            return std::any_of(copies_.begin(), copies_.end(), [&](const auto& one) {
                return one.payload == copy.payload && one.published == copy.published;
            });
        const auto before = state({});
        const auto order = in_order({});
        const auto newest =
            std::find_if(order.rbegin(), order.rend(), [&](const Copy* one) { return overlap(*one, copy); });
        const bool claims_later = newest != order.rend() && copy.confidence != Confidence::arrival &&
                                  copy.published > (*newest)->published && copy.published <= copy.observed;
        return newest != order.rend() && (*newest)->payload == copy.payload && !claims_later;
    }

    std::vector<const Copy*> in_order(const AsOf& as_of) const
    {
        std::vector<const Copy*> visible;
        for (const auto& copy : copies_)
            if ((!as_of.published || copy.published <= *as_of.published) &&
                (!as_of.known || copy.observed <= *as_of.known))
                visible.push_back(&copy);
        std::stable_sort(visible.begin(), visible.end(),
                         [](const auto* a, const auto* b) { return a->published < b->published; });
        return visible;
    }

    std::vector<Copy> copies_;
};

} // namespace skurd::test
