#include "normalise/drift.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <iterator>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace skurd {

namespace {

using Codes = std::vector<std::string>;
using Dimensions = std::vector<Dimension>;

constexpr std::size_t named_max = 5;
constexpr std::size_t text_max = 200; ///< code points of a source's text in what is told

const Dimension* find(const Dimensions& dimensions, const std::string& id)
{
    const auto found = std::find_if(dimensions.begin(), dimensions.end(),
                                    [&](const Dimension& dimension) { return dimension.id == id; });
    return found == dimensions.end() ? nullptr : &*found;
}

/// Whether a selector reads series with this code in the dimension.
bool reads(const Selector& selector, const std::string& dimension, const std::string& code)
{
    for (const auto& [id, codes] : selector.codes)
        if (id == dimension)
            return std::find(codes.begin(), codes.end(), code) != codes.end();
    return true;
}

/// "105, 106, … (12)"
std::string named(const Codes& codes)
{
    Codes shown;
    for (std::size_t i = 0; i < std::min(codes.size(), named_max); ++i)
        shown.push_back(excerpt(codes[i]));
    if (codes.size() > named_max)
        shown.emplace_back("…");
    return join(shown, ", ");
}

std::string digits_of(const std::string& text)
{
    std::string digits;
    for (const char c : text) {
        if (c >= '0' && c <= '9')
            digits += c;
        else if (!digits.ends_with(' '))
            digits += ' ';
    }
    return digits;
}

std::string quoted(const std::string& text)
{
    return text.empty() ? "-" : excerpt(text, text_max);
}

/// Which code has a label, upper and lower case alike, where one code alone has it.
class CodesByLabel {
public:
    explicit CodesByLabel(const Dimension& dimension)
    {
        for (const auto& category : dimension.categories) {
            const auto [known, is_new] = codes_.emplace(spelling(category.label), category.code);
            if (!is_new)
                known->second.clear();
        }
    }

    /// "" where none has it, or several.
    std::string find(const std::string& label) const
    {
        const auto found = codes_.find(spelling(label));
        return found == codes_.end() ? "" : found->second;
    }

    static std::string spelling(const std::string& label) { return to_lower(trim(label)); }

private:
    std::map<std::string, std::string> codes_;
};

/// Whether one is the other with something behind it: "Akershus" and "Akershus (-2019)", "Oslo" and "Oslo kommune".
bool same_name(const std::string& a, const std::string& b)
{
    const auto one = CodesByLabel::spelling(a);
    const auto other = CodesByLabel::spelling(b);
    const auto& shorter = one.size() < other.size() ? one : other;
    const auto& longer = one.size() < other.size() ? other : one;
    const auto rest = longer.starts_with(shorter) ? longer.substr(shorter.size()) : "x";
    return rest.empty() || (!shorter.empty() && std::ispunct(static_cast<unsigned char>(rest.front()))) ||
           rest.front() == ' ';
}

/// The codes whose labels moved to other codes or came from others, in the order of `now`; `listed` has all codes
/// there are now.
Codes moved_labels(const Dimension& before, const Dimension& now, const Dimension& listed)
{
    const CodesByLabel then(before);
    const CodesByLabel there(listed);
    std::map<std::string, std::string> was;
    for (const auto& category : before.categories)
        was.emplace(category.code, category.label);
    std::set<std::string> moved;
    for (const auto& category : now.categories) {
        const auto known = was.find(category.code);
        if (known == was.end() || same_name(known->second, category.label))
            continue;
        const bool is_known = then.find(known->second) == category.code; // no other had its label
        const auto went_to = is_known ? there.find(known->second) : "";
        if (!went_to.empty())
            moved.insert({category.code, went_to});
        else if (!then.find(category.label).empty() && there.find(category.label) == category.code)
            moved.insert(category.code);
    }
    Codes codes;
    for (const auto& category : now.categories)
        if (moved.contains(category.code))
            codes.push_back(category.code);
    return codes;
}

/// One dimension as it was and as it is.
class DimensionComparison {
public:
    DimensionComparison(const Dimension& before, const Dimension& now, const SchemaComparison& schemas,
                        std::vector<Drift>& found)
        : before_(before), now_(now), schemas_(schemas), found_(found)
    {
        for (const auto& category : before.categories)
            known_.emplace(category.code, &category);
        const auto listed = std::find_if(schemas.listed.begin(), schemas.listed.end(),
                                         [&](const Dimension& dimension) { return dimension.id == now.id; });
        moved_ = moved_labels(before, now, listed == schemas.listed.end() ? now : *listed);
        is_moved_.insert(moved_.begin(), moved_.end());
        if (const auto named = schemas.gone.find(now.id); named != schemas.gone.end())
            for (const auto& code : named->second)
                named_.insert(to_lower(code));
    }

    /// Of time: which periods there are is no matter of the schema.
    void compare_labels()
    {
        add_moved(Severity::blocks_dataset);
        for (const auto& category : now_.categories)
            if (const auto known = known_.find(category.code); known != known_.end())
                compare_category(*known->second, category);
    }

    void compare()
    {
        add_moved(Severity::blocks_series);
        compare_codes();
        for (const auto& category : now_.categories)
            if (const auto known = known_.find(category.code); known != known_.end())
                compare_category(*known->second, category);
        if (before_.label != now_.label)
            add(false, {},
                fmt::format("navnet '{}' -> '{}'", excerpt(before_.label, text_max), excerpt(now_.label, text_max)),
                fmt::format("its name '{}' -> '{}'", excerpt(before_.label, text_max),
                            excerpt(now_.label, text_max)));
        if (!before_.classification.empty() && before_.classification != now_.classification)
            add(true, {},
                fmt::format("klassifikasjon {} -> {}", quoted(before_.classification), quoted(now_.classification)),
                fmt::format("classification {} -> {}", quoted(before_.classification), quoted(now_.classification)));
    }

private:
    bool in_use(const std::string& code) const
    {
        return std::any_of(schemas_.in_use.begin(), schemas_.in_use.end(),
                           [&](const Selector& selector) { return reads(selector, now_.id, code); });
    }

    /// Whether the job names the code, in whatever case, and the source was found to lack it.
    bool is_named(const std::string& code) const { return named_.contains(to_lower(code)); }

    /// `matters`: it blocks series in use, if there are any with such a code.
    void add(bool matters, Codes codes, const std::string& nb, const std::string& en)
    {
        const bool used = codes.empty() ? !schemas_.in_use.empty()
                                        : std::any_of(codes.begin(), codes.end(),
                                                      [&](const std::string& code) { return in_use(code); });
        found_.push_back({matters && used ? Severity::blocks_series : Severity::harmless, now_.id, std::move(codes),
                          fmt::format("{}: {}", name(), nb), fmt::format("{}: {}", name(), en)});
    }

    std::string name() const { return excerpt(now_.label.empty() ? now_.id : now_.label, text_max); }

    bool is_moved(const std::string& code) const { return is_moved_.contains(code); }

    void add_moved(Severity severity)
    {
        if (moved_.empty())
            return;
        const auto first = std::find_if(now_.categories.begin(), now_.categories.end(), [&](const Category& one) {
            return is_moved(one.code) && known_.contains(one.code);
        });
        const auto& was = known_.at(first->code)->label; // a label moves from a code that is there
        found_.push_back(
            {severity, now_.id, moved_,
             fmt::format("{}: navn har flyttet til andre koder, {} ({}): {} var {} og er {}", name(), moved_.size(),
                         named(moved_), excerpt(first->code), excerpt(was), excerpt(first->label)),
             fmt::format("{}: labels moved to other codes, {} ({}): {} was {} and is {}", name(), moved_.size(),
                         named(moved_), excerpt(first->code), excerpt(was), excerpt(first->label)),
             Reach::every_series});
    }

    void compare_codes()
    {
        std::set<std::string> now;
        Codes added;
        for (const auto& category : now_.categories) {
            now.insert(category.code);
            if (!known_.contains(category.code) && !is_moved(category.code))
                added.push_back(category.code);
        }
        Codes gone;
        Codes gone_in_use;
        Codes gone_named;
        for (const auto& category : before_.categories) {
            if (now.contains(category.code))
                continue;
            if (is_named(category.code))
                gone_named.push_back(category.code);
            else if (schemas_.codes_may_be_gone)
                (in_use(category.code) ? gone_in_use : gone).push_back(category.code);
        }
        if (!added.empty())
            add(false, added, fmt::format("kodeliste: {} nye ({})", added.size(), named(added)),
                fmt::format("code list: {} new ({})", added.size(), named(added)));
        for (auto* codes : {&gone, &gone_in_use})
            if (!codes->empty())
                add(true, *codes, fmt::format("kodeliste: {} borte ({})", codes->size(), named(*codes)),
                    fmt::format("code list: {} gone ({})", codes->size(), named(*codes)));
        if (!gone_named.empty())
            found_.push_back({Severity::blocks_series, now_.id, gone_named,
                              fmt::format("{}: kodeliste: {} borte ({}), som jobbfilen nevner: rett den", name(),
                                          gone_named.size(), named(gone_named)),
                              fmt::format("{}: code list: {} gone ({}) that the job file names: correct it", name(),
                                          gone_named.size(), named(gone_named))});
    }

    void compare_category(const Category& before, const Category& now)
    {
        const auto changed = [&](bool matters, const char* nb, const char* en, const std::string& old_text,
                                 const std::string& new_text) {
            const auto arrow = fmt::format("{} -> {}", quoted(old_text), quoted(new_text));
            add(matters, {now.code}, fmt::format("{} for {}: {}", nb, quoted(now.code), arrow),
                fmt::format("{} of {}: {}", en, quoted(now.code), arrow));
        };
        if (!before.unit.empty() && before.unit != now.unit)
            changed(true, "enhet", "unit", before.unit, now.unit);
        if (!before.base.empty() && before.base != now.base)
            changed(true, "basisår", "base", before.base, now.base);
        if (before.decimals && before.decimals != now.decimals)
            changed(now.decimals.value_or(0) < *before.decimals, "antall desimaler", "number of decimals",
                    std::to_string(*before.decimals), now.decimals ? std::to_string(*now.decimals) : "");
        if (before.label != now.label &&
            !is_moved(now.code)) // a number in the name of a measure is a base year, an age, a share
            changed(now_.role == Role::metric && digits_of(before.label) != digits_of(now.label), "navn", "label",
                    before.label, now.label);
    }

    const Dimension& before_;
    const Dimension& now_;
    const SchemaComparison& schemas_;
    std::vector<Drift>& found_;
    std::map<std::string, const Category*> known_;
    Codes moved_; ///< codes of `now` whose labels stood elsewhere
    std::unordered_set<std::string> is_moved_;
    std::unordered_set<std::string> named_; ///< by the job and gone, in lower case
};

bool blocks(const Drift& drift)
{
    return drift.severity != Severity::harmless;
}

using CategoriesByCode = std::unordered_map<std::string_view, const Category*>;

CategoriesByCode by_code(const Dimension& dimension)
{
    CategoriesByCode categories;
    for (const auto& category : dimension.categories)
        categories.emplace(category.code, &category);
    return categories;
}

/// Puts categories back as they were; those that were not there go.
void put_back(Dimension& dimension, const Dimension& before, const Codes& codes)
{
    const auto were = by_code(before);
    std::unordered_map<std::string_view, const Category*> wanted; // nullptr = goes
    for (const auto& code : codes) {
        const auto old = were.find(code);
        wanted.emplace(code, old == were.end() ? nullptr : old->second);
    }
    std::vector<Category> kept;
    std::unordered_set<std::string> there;
    for (auto& category : dimension.categories) {
        const auto found = wanted.find(category.code);
        if (found == wanted.end())
            kept.push_back(std::move(category));
        else if (found->second && there.insert(category.code).second)
            kept.push_back(*found->second);
    }
    for (const auto& code : codes)
        if (const auto* old = wanted.at(code); old && there.insert(code).second)
            kept.push_back(*old);
    dimension.categories = std::move(kept);
}

/// Which series of a release a drift blocks. What a drift names is marked at the categories of the dimension once, so
/// that a series is told by its positions.
class BlockedSeries {
public:
    BlockedSeries(const Release& release, const std::vector<Drift>& drift, const std::vector<Selector>& in_use)
        : release_(release)
    {
        std::vector<CategoryPlaces> places;
        for (const auto& dimension : release.dimensions) {
            marks_.emplace_back(dimension.categories.size(), Mark::none);
            auto& known = places.emplace_back();
            for (std::size_t i = 0; i < dimension.categories.size(); ++i)
                known.emplace(dimension.categories[i].code, i);
        }
        for (const auto& one : drift)
            if (blocks(one))
                mark(one, places);
        for (const auto& selector : in_use)
            read_.push_back(read_by(selector, places));
    }

    bool contains(std::size_t series) const
    {
        const auto positions = release_.positions(series);
        auto mark = every_series_;
        for (std::size_t i = 0; i < positions.size(); ++i)
            mark = std::max(mark, marks_[i][positions[i]]);
        if (mark != Mark::in_use)
            return mark == Mark::every;
        return std::any_of(read_.begin(), read_.end(), [&](const ReadCategories& read) {
            for (std::size_t i = 0; i < positions.size(); ++i)
                if (!read[i].empty() && !read[i][positions[i]])
                    return false;
            return true;
        });
    }

    bool empty() const { return !has_any_; }

private:
    /// What a drift does to series: nothing, blocks those that are in use, blocks all.
    enum class Mark : std::uint8_t { none, in_use, every };
    using CategoryPlaces = std::unordered_map<std::string_view, std::size_t>;
    using ReadCategories = std::vector<std::vector<bool>>; ///< by dimension; empty = all

    void mark(const Drift& drift, const std::vector<CategoryPlaces>& places)
    {
        has_any_ = true;
        const auto mark = drift.reach == Reach::every_series ? Mark::every : Mark::in_use;
        if (drift.codes.empty())
            every_series_ = std::max(every_series_, mark);
        for (std::size_t i = 0; i < marks_.size(); ++i)
            if (release_.dimensions[i].id == drift.dimension)
                for (const auto& code : drift.codes)
                    if (const auto place = places[i].find(code); place != places[i].end())
                        marks_[i][place->second] = std::max(marks_[i][place->second], mark);
    }

    /// The categories that a selector reads.
    ReadCategories read_by(const Selector& selector, const std::vector<CategoryPlaces>& places) const
    {
        ReadCategories read(release_.dimensions.size());
        for (std::size_t i = 0; i < read.size(); ++i)
            for (const auto& [id, codes] : selector.codes)
                if (id == release_.dimensions[i].id) {
                    read[i].assign(std::max<std::size_t>(release_.dimensions[i].categories.size(), 1), false);
                    for (const auto& code : codes)
                        if (const auto place = places[i].find(code); place != places[i].end())
                            read[i][place->second] = true;
                    break;
                }
        return read;
    }

    const Release& release_;
    std::vector<std::vector<Mark>> marks_; ///< by dimension and category
    std::vector<ReadCategories> read_;     ///< by selector
    Mark every_series_ = Mark::none;
    bool has_any_ = false;
};

} // namespace

std::vector<Drift> compare_schemas(const SchemaComparison& schemas)
{
    std::vector<Drift> found;
    const auto severity = schemas.in_use.empty() ? Severity::harmless : Severity::blocks_dataset;
    for (const auto& dimension : schemas.before)
        if (dimension.role != Role::time && !find(schemas.now, dimension.id))
            found.push_back({severity,
                             dimension.id,
                             {},
                             fmt::format("dimensjonen {} er borte", excerpt(dimension.id)),
                             fmt::format("the dimension {} is gone", excerpt(dimension.id))});
    for (const auto& dimension : schemas.now) {
        const auto* before = find(schemas.before, dimension.id);
        if (dimension.role == Role::time && before)
            DimensionComparison(*before, dimension, schemas, found).compare_labels();
        else if (before)
            DimensionComparison(*before, dimension, schemas, found).compare();
        else if (dimension.role != Role::time) // schemas of before had no time
            found.push_back({severity,
                             dimension.id,
                             {},
                             fmt::format("dimensjonen {} er ny", excerpt(dimension.id)),
                             fmt::format("the dimension {} is new", excerpt(dimension.id))});
    }
    return found;
}

std::vector<Dimension> accepted_schema(const Dimensions& before, const Dimensions& now,
                                       const std::vector<Drift>& drift)
{
    auto agreed = now;
    std::map<std::string, std::vector<std::string>> codes_of; // by dimension, to be put back
    for (const auto& one : drift) {
        if (one.severity == Severity::blocks_dataset)
            return before;
        const auto* old = find(before, one.dimension);
        const auto dimension = std::find_if(agreed.begin(), agreed.end(),
                                            [&](const Dimension& known) { return known.id == one.dimension; });
        if (!blocks(one) || !old || dimension == agreed.end())
            continue;
        if (one.codes.empty())
            dimension->classification = old->classification;
        codes_of[one.dimension].insert(codes_of[one.dimension].end(), one.codes.begin(), one.codes.end());
    }
    for (auto& dimension : agreed)
        if (const auto codes = codes_of.find(dimension.id); codes != codes_of.end())
            put_back(dimension, *find(before, dimension.id), codes->second);
    return agreed;
}

std::size_t block_series(Release& release, const std::vector<Drift>& drift, const std::vector<Selector>& in_use)
{
    const BlockedSeries blocked(release, drift, in_use);
    std::size_t count = 0;
    const auto periods = static_cast<std::ptrdiff_t>(release.periods.size());
    for (std::size_t series = 0; !blocked.empty() && series < release.series_count(); ++series) {
        if (!blocked.contains(series))
            continue;
        ++count;
        const auto first = release.cells.begin() + static_cast<std::ptrdiff_t>(series) * periods;
        std::fill(first, first + periods, Cell());
    }
    return count;
}

void put_back_words(Release& release, const std::vector<Dimension>& before, const std::vector<Drift>& drift)
{
    for (const auto& one : drift) {
        const auto* old = find(before, one.dimension);
        if (!blocks(one) || one.reach != Reach::every_series || !old)
            continue;
        for (auto& dimension : release.dimensions) {
            if (dimension.id != one.dimension)
                continue;
            const auto were = by_code(*old);
            const auto are = by_code(dimension);
            std::vector<std::string> codes;
            std::copy_if(one.codes.begin(), one.codes.end(), std::back_inserter(codes),
                         [&](const std::string& code) { return were.contains(code) && are.contains(code); });
            put_back(dimension, *old, codes);
        }
    }
}

} // namespace skurd
