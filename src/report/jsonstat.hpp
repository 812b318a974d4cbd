#pragma once

#include "model/dataset_description.hpp"
#include "model/observation_row.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace skurd {

/// Observations of one dataset as a JSON-stat 2.0 dataset (json-stat.org/full): title, source and notes; dimensions
/// in the dataset's order with labels, units, decimals and roles, then time by the name that the source has for it;
/// cells of no observation are null. Numbers keep their digits. A number that is gone has the status "withdrawn",
/// where the source had no symbol for that; what symbols mean is in `extension.status`. Codes have the labels of the
/// newest release among the observations; a series that is called otherwise today has a note of the table that says
/// both. One that a person corrected, or would, has the status "†" after its own, and a note of the table says what.
/// `source` names whom the numbers are credited to, in English, `extension.licence` the licence, or says that it is
/// unknown, `extension.dataset` the dataset. Takes 16 bytes for each observation, and some 100 for each series.
class JsonstatTable {
public:
    /// Throws Error (usage) for an observation of another dataset than the first's, and for more periods or symbols
    /// than any table has.
    void add(const ObservationRow& row);

    bool empty() const { return cells_.empty(); }
    const std::string& dataset() const { return dataset_; }
    Time newest() const { return newest_; } ///< publication among the observations

    /// Hands the text on piece by piece, once. Without a description (of a computed number) the dataset's name is its
    /// title, and time is called `period`. Throws Error where nothing was added, and (usage) for a table of more than
    /// a million cells, for two observations of one cell, and for series of which one has a dimension that another
    /// lacks.
    void write(const std::optional<DatasetDescription>& description,
               const std::function<void(std::string_view)>& out);

private:
    /// Small, since there are many.
    struct CellAt {
        std::int64_t mantissa = 0;
        std::uint32_t series = 0; ///< in the order they came
        std::uint16_t period = 0; ///< likewise
        std::uint8_t status = 0;  ///< of statuses_
        std::int8_t scale = -1;   ///< -1 where there is no number
    };
    static_assert(sizeof(CellAt) == 16);
    struct Axis {
        std::string id;
        std::vector<std::string> codes; ///< in the order they came; periods in time
        std::unordered_map<std::string, std::uint32_t> places;
    };
    struct Grid;

    void begin_series(const Observation& seen);
    void add_words(const Observation& seen);
    void add_notes(const ObservationRow& row);
    void add_attribution(const ObservationRow& row);
    std::uint8_t status_of(const Observation& seen);
    void note(const std::string& text);
    Grid sort(const std::string& time);
    std::string head(const std::optional<DatasetDescription>& description, const Grid& grid) const;

    std::string dataset_;
    Time newest_{};
    std::deque<CellAt> cells_;
    std::vector<Axis> axes_; ///< but for time
    /// By their places on the axes, up to the last that they have a code of.
    std::map<std::vector<std::uint32_t>, std::uint32_t> series_;
    std::map<Period, std::uint16_t> periods_;
    std::map<std::string, std::uint8_t> statuses_ = {{"", std::uint8_t(0)}};
    std::map<std::string, std::string> meanings_; ///< of symbols
    std::map<std::pair<std::string, std::string>, std::pair<Time, std::string>> labels_; ///< of codes, and since when
    std::vector<std::string> notes_;
    std::set<std::string> told_;
    std::vector<std::string> sources_;
    std::vector<std::string> licences_;

    // Of the row that came last:
    const Attribution* attribution_ = nullptr;
    std::uint32_t at_ = 0; ///< its series
    Codes codes_;
    const SeriesWords* words_ = nullptr;
    Time published_{};
};

/// The same in one text, of rows that are at hand.
std::string render_jsonstat(const std::vector<ObservationRow>& rows,
                            const std::optional<DatasetDescription>& description = {});

} // namespace skurd
