#include "app/followed_indicator.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "connectors/job_text.hpp"
#include "query/catalogue.hpp"

#include <algorithm>

namespace skurd {

namespace {

constexpr int plain_number_max = 9999;

/// The first number above all that are taken.
template <typename Numbered>
int next_number(const std::vector<Numbered>& taken)
{
    int most = 0;
    for (const auto& one : taken)
        if (one.number <= plain_number_max)
            most = std::max(most, one.number);
    return most + 1;
}

std::string thresholds_line(const NewIndicator& wanted)
{
    if (!wanted.threshold)
        return "";
    const bool is_share = wanted.kind == IndicatorKind::share;
    return fmt::format("thresholds = {{ share_points = \"{}\", percent = \"{}\" }}\n",
                       is_share ? wanted.threshold->text() : "1.0", is_share ? "2.5" : wanted.threshold->text());
}

std::string for_each_lines(const NewIndicator& wanted)
{
    if (wanted.for_each.empty())
        return "";
    const auto codes = wanted.codes.empty() ? "" : select_line("codes", wanted.codes) + "\n";
    return fmt::format("for_each  = {}\n{}", toml_quoted(wanted.for_each), codes);
}

std::string indicator_text(const NewIndicator& wanted)
{
    const auto label = toml_quoted(wanted.label);
    return fmt::format("[part]\nid = {}\n\n[[indicator]]\nnumber    = {}\n{}label     = {}\ntype      = \"effect\"\n"
                       "kind      = \"{}\"\nunit      = {}\ndirection = \"{}\"\nbaseline  = \"{}\"\n"
                       "source    = {}\n{}\n[[indicator.definition]]\nfrom           = \"1900-01-01\"\n"
                       "earlier_values = \"read\"\nformula        = {}\n",
                       toml_quoted(wanted.part), wanted.number, for_each_lines(wanted), label, to_string(wanted.kind),
                       toml_quoted(wanted.unit), to_string(wanted.direction), wanted.baseline.text(),
                       toml_quoted(wanted.source), thresholds_line(wanted), toml_quoted(wanted.formula));
}

std::string set_text(const NewIndicator& wanted, int number, bool has_heading)
{
    auto text = fmt::format("[part]\nid = {}\n", toml_quoted(wanted.part));
    if (!has_heading)
        text += "nb = \"Egne tall\"\nen = \"Our numbers\"\n";
    return text + fmt::format("\n[[set]]\nnumber   = {}\ntitle    = {{ nb = \"Egne indikatorer\", en = \"Our "
                              "indicators\" }}\nbaseline = \"{}\"\nparts    = [{}]\n",
                              number, wanted.baseline.first_year(), toml_quoted(wanted.part));
}

/// The first number above those of all indicators, and of what stands for several.
int next_number(const Catalogue& catalogue)
{
    auto next = next_number(catalogue.indicators);
    for (const auto& one : catalogue.templates)
        next = std::max(next, one.indicator.number + 1);
    return next;
}

/// The newest set that has the indicator as a member; nothing where none has.
std::optional<int> set_of(const Catalogue& catalogue, int indicator)
{
    for (auto set = catalogue.sets.rbegin(); set != catalogue.sets.rend(); ++set)
        if (set->number_of(indicator) ||
            std::find(set->templates.begin(), set->templates.end(), indicator) != set->templates.end())
            return set->number;
    return std::nullopt;
}

} // namespace

PlannedIndicator plan_indicator(const Installation& installation, const NewIndicator& wanted, const std::string& stem)
{
    const auto before = has_catalogue(installation) ? load_catalogue(installation) : Catalogue();
    auto numbered = wanted;
    if (numbered.number == 0)
        numbered.number = next_number(before);
    PlannedIndicator planned;
    planned.number = numbered.number;
    planned.files = {{stem + ".toml", indicator_text(numbered)}};
    // A catalogue without any set cannot be read; one is written then as where no set takes the part.
    if (!before.sets.empty())
        if (const auto set = set_of(load_catalogue(installation, planned.files), planned.number)) {
            planned.set = *set;
            return planned;
        }
    planned.set = next_number(before.sets);
    planned.files.push_back(
        {stem + "-set.toml", set_text(numbered, planned.set, before.parts.contains(wanted.part))});
    load_catalogue(installation, planned.files);
    return planned;
}

} // namespace skurd
