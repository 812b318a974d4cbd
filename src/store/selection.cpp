#include "store/selection.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "store/columns.hpp"
#include "store/series.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

namespace skurd {

namespace {

/// How many known words an error lists; a table may have thousands of codes.
constexpr std::size_t listed_max = 12;
/// Up to this many series are looked up one by one where the selector names codes for every dimension.
constexpr std::size_t looked_up_max = 10'000;

using Ids = std::vector<std::int64_t>;

/// Throws the Error for a word that the one-column query does not give.
[[noreturn]] void fail_unknown(Statement& query, std::string_view what, const std::string& word)
{
    std::vector<std::string> known;
    while (query.step())
        known.push_back(query.text(0));
    const auto hint = did_you_mean(word, known);
    std::sort(known.begin(), known.end());
    const bool cut = known.size() > listed_max;
    known.resize(std::min(known.size(), listed_max));
    throw usage_error("unknown {} '{}'{} (known: {}{})", what, word, hint,
                      known.empty() ? "none yet; run skurd harvest" : join(known, ", "), cut ? ", …" : "");
}

std::int64_t dataset_of(Database& database, const Selector& selector)
{
    if (const auto id = find_dataset(database, selector.dataset))
        return id;
    Statement names(database, "SELECT name FROM dataset");
    fail_unknown(names, "dataset", selector.dataset);
}

std::int64_t dimension_of(Database& database, std::int64_t dataset, const Selector& selector, const std::string& code)
{
    Statement known(database, "SELECT id FROM dimension WHERE dataset_id = $1 AND code = $2");
    if (known.bind(dataset, code).step())
        return known.integer(0);
    Statement codes(database, "SELECT code FROM dimension WHERE dataset_id = $1");
    codes.bind(dataset);
    fail_unknown(codes, "dimension of " + selector.dataset, code);
}

std::int64_t category_of(Database& database, std::int64_t dataset, std::int64_t dimension, const Selector& selector,
                         const std::string& dimension_code, const std::string& code)
{
    Statement known(database,
                    "SELECT id FROM category WHERE /*: dataset_id = $3 AND */ dimension_id = $1 AND code = $2");
    if (known.bind(dimension, code, dataset).step())
        return known.integer(0);
    Statement codes(database, "SELECT code FROM category WHERE /*: dataset_id = $2 AND */ dimension_id = $1");
    codes.bind(dimension, dataset);
    fail_unknown(codes, fmt::format("code of {} in {}", dimension_code, selector.dataset), code);
}

/// Dimension id -> allowed category ids. A dimension named twice must fit both times.
using Conditions = std::map<std::int64_t, Ids>;

Conditions conditions_of(Database& database, std::int64_t dataset, const Selector& selector)
{
    Conditions conditions;
    for (const auto& [dimension_code, codes] : selector.codes) {
        const auto dimension = dimension_of(database, dataset, selector, dimension_code);
        Ids allowed;
        for (const auto& code : codes)
            allowed.push_back(category_of(database, dataset, dimension, selector, dimension_code, code));
        std::sort(allowed.begin(), allowed.end());
        allowed.erase(std::unique(allowed.begin(), allowed.end()), allowed.end());
        const auto [entry, is_first] = conditions.try_emplace(dimension, allowed);
        if (is_first)
            continue;
        Ids both;
        std::set_intersection(entry->second.begin(), entry->second.end(), allowed.begin(), allowed.end(),
                              std::back_inserter(both));
        entry->second = std::move(both);
    }
    return conditions;
}

Ids all_series(Database& database, std::int64_t dataset)
{
    Ids found;
    Statement row(database, "SELECT id FROM series WHERE dataset_id = $1");
    row.bind(dataset);
    while (row.step())
        found.push_back(row.integer(0));
    std::sort(found.begin(), found.end());
    return found;
}

Ids series_with(Database& database, std::int64_t dataset, const Ids& categories)
{
    Ids found;
    Statement row(database, "SELECT series_id FROM series_code WHERE /*: dataset_id = $2 AND */ category_id = $1");
    for (const auto category : categories) {
        row.bind(category, dataset);
        while (row.step())
            found.push_back(row.integer(0));
    }
    std::sort(found.begin(), found.end());
    return found;
}

/// Every combination of the conditions' categories by its key: independent of how many other series there are.
Ids looked_up(Database& database, std::int64_t dataset, const Conditions& conditions)
{
    Ids found;
    Ids combination(conditions.size());
    Statement row(database, "SELECT id FROM series WHERE dataset_id = $1 AND key = $2");
    const auto walk = [&](const auto& self, Conditions::const_iterator at, std::size_t depth) -> void {
        if (at == conditions.end()) {
            if (row.bind(dataset, series_key(combination)).step())
                found.push_back(row.integer(0));
            return;
        }
        for (const auto category : at->second) {
            combination[depth] = category;
            self(self, std::next(at), depth + 1);
        }
    };
    walk(walk, conditions.begin(), 0);
    std::sort(found.begin(), found.end());
    return found;
}

bool can_look_up(Database& database, std::int64_t dataset, const Conditions& conditions)
{
    std::size_t combinations = 1;
    for (const auto& [dimension, categories] : conditions)
        combinations = std::min(combinations * categories.size(), looked_up_max + 1);
    Statement count(database, "SELECT count(*) FROM dimension WHERE dataset_id = $1");
    return combinations <= looked_up_max && count.bind(dataset).step() &&
           static_cast<std::size_t>(count.integer(0)) == conditions.size();
}

} // namespace

Selection select_series(Database& database, const Selector& selector)
{
    Selection selection{dataset_of(database, selector), {}};
    const auto conditions = conditions_of(database, selection.dataset, selector);
    if (conditions.empty()) {
        selection.series = all_series(database, selection.dataset);
        return selection;
    }
    if (can_look_up(database, selection.dataset, conditions)) {
        selection.series = looked_up(database, selection.dataset, conditions);
        return selection;
    }
    selection.series = series_with(database, selection.dataset, conditions.begin()->second);
    for (auto next = std::next(conditions.begin()); next != conditions.end(); ++next) {
        const auto other = series_with(database, selection.dataset, next->second);
        Ids both;
        std::set_intersection(selection.series.begin(), selection.series.end(), other.begin(), other.end(),
                              std::back_inserter(both));
        selection.series = std::move(both);
    }
    return selection;
}

bool knows(Database& database, const Selector& selector)
{
    const auto dataset = find_dataset(database, selector.dataset);
    Statement known(database,
                    "SELECT 1 FROM category AS c JOIN dimension AS d ON d.id = c.dimension_id"
                    " WHERE /*: c.dataset_id = $1 AND */ d.dataset_id = $1 AND d.code = $2 AND c.code = $3");
    for (const auto& [dimension, codes] : selector.codes)
        for (const auto& code : codes)
            if (!known.bind(dataset, dimension, code).step())
                return false;
    return dataset != 0;
}

SeriesNames::SeriesNames(Database& database)
    : codes_(database, "SELECT sc.category_id FROM series_code AS sc JOIN dimension AS d ON d.id = sc.dimension_id"
                       " WHERE /*: sc.dataset_id = $2 AND d.dataset_id = $2 AND */ sc.series_id = $1"
                       " ORDER BY d.position"),
      category_(database, "SELECT d.code, c.code, c.label, c.unit, d.dataset_id FROM category AS c"
                          " JOIN dimension AS d ON d.id = c.dimension_id"
                          " WHERE /*: c.dataset_id = $2 AND d.dataset_id = $2 AND */ c.id = $1"),
      version_(database, "SELECT published_at, seq, label, unit FROM label_version"
                         " WHERE dataset_id = $1 AND dimension = $2 AND category = $3 ORDER BY published_at, seq")
{
}

SeriesName SeriesNames::operator()(std::int64_t dataset, std::int64_t series)
{
    SeriesName name;
    at_hand_.clear();
    was_renamed_ = false;
    codes_.bind(series, dataset);
    while (codes_.step())
        at_hand_.push_back(&part(dataset, codes_.integer(0)));
    for (const auto* one : at_hand_) {
        name.codes.emplace_back(one->dimension, one->code);
        name.words.labels.push_back(one->label);
        if (name.words.unit.empty())
            name.words.unit = one->unit;
        was_renamed_ = was_renamed_ || !one->versions.empty();
    }
    words_ = std::make_shared<const SeriesWords>(name.words);
    return name;
}

std::shared_ptr<const SeriesWords> SeriesNames::words_at(Time published_at, std::int64_t seq)
{
    if (!was_renamed_)
        return words_;
    if (auto then = words_of(published_at, seq); then != *words_)
        words_ = std::make_shared<const SeriesWords>(std::move(then));
    return words_;
}

SeriesWords SeriesNames::words_of(Time published_at, std::int64_t seq) const
{
    SeriesWords words;
    for (const auto* one : at_hand_) {
        const auto* label = &one->label;
        const auto* unit = &one->unit;
        for (const auto& version : one->versions)
            // Before its first words a category was not there; a number is never of a time before that.
            if (&version == &one->versions.front() ||
                std::pair(version.published_at, version.seq) <= std::pair(published_at, seq)) {
                label = &version.label;
                unit = &version.unit;
            }
        words.labels.push_back(*label);
        if (words.unit.empty())
            words.unit = *unit;
    }
    return words;
}

std::vector<WordsSpan> SeriesNames::spans() const
{
    std::set<std::pair<Time, std::int64_t>> places;
    for (const auto* one : at_hand_)
        for (const auto& version : one->versions)
            if (&version != &one->versions.front())
                places.emplace(version.published_at, version.seq);
    std::vector<WordsSpan> found = {{"", 0, words_of(Time::min(), 0)}};
    for (const auto& [published_at, seq] : places)
        if (auto words = words_of(published_at, seq); words != found.back().words)
            found.push_back({format_time(published_at), seq, std::move(words)});
    return found;
}

const SeriesNames::Part& SeriesNames::part(std::int64_t dataset, std::int64_t category)
{
    const auto [entry, is_new] = parts_.try_emplace(category);
    if (is_new && category_.bind(category, dataset).step()) {
        entry->second = {category_.text(0), category_.text(1),    category_.text(2),
                         category_.text(3), category_.integer(4), {}};
        entry->second.versions = versions_of(entry->second);
    }
    return entry->second;
}

std::vector<SeriesNames::Version> SeriesNames::versions_of(const Part& part)
{
    std::vector<Version> found;
    version_.bind(part.dataset, part.dimension, part.code);
    while (version_.step())
        found.push_back({time_from(version_.view(0)), version_.integer(1), version_.text(2), version_.text(3)});
    if (found.size() == 1)
        found.clear();
    return found;
}

} // namespace skurd
