// The series that an indicator is to be made from. Of every dimension but time one code is needed, or several that
// are summed: those the person named, else the only one there is, else none where the source then answers for the
// total (PxWeb). What is left open is told in one error with the codes to choose from, so that one more call does it.
#include "app/followed.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "model/period_notation.hpp"
#include "run/jobs.hpp"
#include "store/vintage_store.hpp"

#include <algorithm>
#include <set>

namespace skurd {

namespace {

constexpr std::size_t shown_codes = 6;

/// "Region has 4 codes: 0 (Hele landet), 0301 (Oslo), …"
std::string choice_text(const Dimension& dimension)
{
    std::vector<std::string> codes;
    for (const auto& category : dimension.categories) {
        if (codes.size() == shown_codes)
            break;
        const bool tells = !category.label.empty() && category.label != category.code;
        codes.push_back(excerpt(category.code) + (tells ? " (" + excerpt(category.label) + ")" : ""));
    }
    return fmt::format("{} has {} codes: {}{}", excerpt(dimension.id), dimension.categories.size(), join(codes, ", "),
                       dimension.categories.size() > shown_codes ? ", …" : "");
}

/// The code that a person means by a code or a label.
std::string code_of(const Dimension& dimension, const std::string& word)
{
    std::vector<std::string> known;
    for (const auto& category : dimension.categories) {
        if (category.code == word)
            return word;
        known.push_back(category.code);
    }
    const Category* labelled = nullptr;
    for (const auto& category : dimension.categories) {
        if (category.label != word)
            continue;
        if (labelled)
            throw usage_error("--select {}: '{}' is the label of {} and of {}: name the code", dimension.id, word,
                              labelled->code, category.code);
        labelled = &category;
    }
    if (!labelled)
        throw usage_error("--select {}: there is no code '{}'{}; {}", dimension.id, word, did_you_mean(word, known),
                          choice_text(dimension));
    return labelled->code;
}

const std::vector<std::string>* selected_codes(const Selector& selector, const std::string& dimension)
{
    for (const auto& [id, codes] : selector.codes)
        if (id == dimension)
            return &codes;
    return nullptr;
}

void check_dimensions(const std::vector<Dimension>& dimensions, const FollowedSelection& selection)
{
    std::vector<std::string> known;
    for (const auto& dimension : dimensions)
        if (dimension.role != Role::time)
            known.push_back(dimension.id);
    const auto check = [&](const char* option, const std::string& id) {
        if (std::find(known.begin(), known.end(), id) == known.end())
            throw usage_error("{} {}: there is no such dimension{} (there are {}; all of time is read)", option, id,
                              did_you_mean(id, known), join(known, ", "));
    };
    for (const auto& [id, codes] : selection.codes.codes)
        check("--select", id);
    if (!selection.for_each.empty())
        check("--for-each", selection.for_each);
    if (selected_codes(selection.codes, selection.for_each))
        throw usage_error("--for-each {}: all codes of a dimension are meant, and --select names some of it: use "
                          "--codes",
                          selection.for_each);
}

std::vector<Period> periods_of(const std::vector<Dimension>& dimensions)
{
    const auto time = std::find_if(dimensions.begin(), dimensions.end(),
                                   [](const Dimension& dimension) { return dimension.role == Role::time; });
    if (time == dimensions.end())
        throw error(
            "which dimension is time is not said: write a job with `skurd describe --job` and an indicator by "
            "hand");
    std::set<Period> periods;
    const PeriodNotation notation(*time);
    for (const auto& category : time->categories)
        if (const auto period = notation.read(category); period.kind() != PeriodKind::other)
            periods.insert(period);
    return {periods.begin(), periods.end()};
}

} // namespace

std::vector<std::pair<const Dimension*, std::vector<std::string>>>
chosen_codes(const std::vector<Dimension>& dimensions, const FollowedSelection& selection)
{
    check_dimensions(dimensions, selection);
    std::vector<std::pair<const Dimension*, std::vector<std::string>>> chosen;
    std::vector<std::string> open;
    for (const auto& dimension : dimensions) {
        auto& codes = chosen.emplace_back(&dimension, std::vector<std::string>()).second;
        if (dimension.role == Role::time)
            continue;
        if (dimension.id == selection.for_each)
            codes.emplace_back("*");
        else if (const auto* wanted = selected_codes(selection.codes, dimension.id))
            for (const auto& word : *wanted)
                codes.push_back(code_of(dimension, word));
        else if (dimension.categories.size() == 1)
            codes.push_back(dimension.categories.front().code);
        else if (!dimension.eliminable.value_or(false))
            open.push_back(choice_text(dimension));
    }
    if (!open.empty())
        throw usage_error("say which series is meant, with --select DIMENSION=CODE for each: {}", join(open, "; "));
    return chosen;
}

void describe_series(Followed& followed, const std::string& dataset, const std::vector<Dimension>& dimensions,
                     const FollowedSelection& selection)
{
    Selector series{dataset, {}};
    bool has_several = false;
    for (auto& [dimension, codes] : chosen_codes(dimensions, selection)) {
        if (codes.empty())
            continue;
        has_several = has_several || codes.size() > 1;
        for (const auto& category : dimension->categories)
            if (category.code == codes.front() && followed.unit.empty())
                followed.unit = category.unit;
        series.codes.emplace_back(dimension->id, codes);
    }
    const bool adds_up = selection.kind == IndicatorKind::number || selection.kind == IndicatorKind::amount;
    if (has_several && !adds_up)
        throw usage_error("a {} is of one series: several codes of one dimension can be summed for a number or an "
                          "amount only",
                          to_string(selection.kind));
    followed.formula = has_several ? "sum(" + series.text() + ")" : series.text();
    followed.periods = periods_of(dimensions);
}

std::string free_job_id(Context& context, const std::string& id, const std::string& dataset)
{
    std::set<std::string> taken;
    for (const auto& job : load_jobs(context.installation()).jobs)
        taken.insert(job.job.id);
    std::set<std::string> datasets;
    if (const auto store = store_if_there(context))
        for (const auto& vintage : VintageStore(*store).list())
            datasets.insert(vintage.dataset);
    const auto is_free = [&](const std::string& end) {
        return !taken.contains(id + end) && !datasets.contains(dataset + end);
    };
    std::string end;
    for (int number = 2; !is_free(end); ++number)
        end = fmt::format("-{}", number);
    return id + end;
}

} // namespace skurd
