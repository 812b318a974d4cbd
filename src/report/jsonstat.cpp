#include "report/jsonstat.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "lib/json/json.hpp"
#include "model/correction.hpp"
#include "model/release.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace skurd {

namespace {

constexpr std::size_t cells_max = 1'000'000;

struct Axis {
    std::string id;
    std::vector<std::string> codes; ///< as they first come; periods in time

    std::size_t position(const std::string& code) const
    {
        return static_cast<std::size_t>(std::find(codes.begin(), codes.end(), code) - codes.begin());
    }
};

std::vector<Axis> axes_of(const std::vector<Observation>& observations)
{
    std::vector<Axis> axes;
    std::set<Period> periods;
    for (const auto& seen : observations) {
        axes.resize(std::max(axes.size(), seen.codes.size()));
        for (std::size_t i = 0; i < seen.codes.size(); ++i) {
            axes[i].id = seen.codes[i].first;
            if (axes[i].position(seen.codes[i].second) == axes[i].codes.size())
                axes[i].codes.push_back(seen.codes[i].second);
        }
        periods.insert(seen.period);
    }
    Axis time{"period", {}};
    for (const auto& period : periods)
        time.codes.push_back(period.text());
    axes.push_back(std::move(time));
    return axes;
}

std::size_t cell_count(const std::vector<Axis>& axes)
{
    std::size_t count = 1;
    for (const auto& axis : axes) {
        count *= axis.codes.size();
        if (count > cells_max)
            throw usage_error("a JSON-stat table of these observations has more than {} cells: select fewer",
                              cells_max);
    }
    return count;
}

std::size_t position(const std::vector<Axis>& axes, const Observation& seen)
{
    std::size_t at = 0;
    for (std::size_t i = 0; i < seen.codes.size(); ++i)
        at = at * axes[i].codes.size() + axes[i].position(seen.codes[i].second);
    return at * axes.back().codes.size() + axes.back().position(seen.period.text());
}

/// What the newest release among the observations calls each code of the axes.
class Words {
public:
    explicit Words(const std::vector<Observation>& observations)
    {
        for (const auto& seen : observations)
            for (std::size_t i = 0; seen.words && i < seen.codes.size() && i < seen.words->labels.size(); ++i) {
                auto& [published, label] = labels_[seen.codes[i]];
                if (label.empty() || published < seen.published_at) {
                    published = seen.published_at;
                    label = seen.words->labels[i];
                }
            }
    }

    /// {code: label}; empty where nothing is known.
    Json of(const Axis& axis) const
    {
        Json labels = Json::object();
        for (const auto& code : axis.codes)
            if (const auto known = labels_.find({axis.id, code}); known != labels_.end())
                labels[code] = known->second.second;
        return labels;
    }

private:
    std::map<std::pair<std::string, std::string>, std::pair<Time, std::string>> labels_;
};

/// What a series is called otherwise by its vintage than today, in one sentence; mostly "".
std::string renamed(const Observation& seen)
{
    if (!seen.words || (seen.words->label() == seen.label && seen.words->unit == seen.unit))
        return "";
    const auto unit = [](const std::string& text) { return text.empty() ? "" : fmt::format(" ({})", text); };
    return fmt::format("{}: “{}”{} as published {}, today “{}”{}", codes_text(seen.codes), seen.words->label(),
                       unit(seen.words->unit), published_day(seen.published_at, seen.confidence), seen.label,
                       unit(seen.unit));
}

Json head(const std::vector<Observation>& observations, const std::vector<Axis>& axes)
{
    const Words words(observations);
    Time updated{};
    for (const auto& seen : observations)
        updated = std::max(updated, seen.published_at);
    Json table = {{"version", "2.0"},
                  {"class", "dataset"},
                  {"label", observations.empty() ? "" : observations.front().dataset},
                  {"updated", format_time(updated)},
                  {"id", Json::array()},
                  {"size", Json::array()},
                  {"role", {{"time", {"period"}}}},
                  {"dimension", Json::object()}};
    for (const auto& axis : axes) {
        table["id"].push_back(axis.id);
        table["size"].push_back(axis.codes.size());
        table["dimension"][axis.id] = {{"category", {{"index", axis.codes}}}};
        if (auto labels = words.of(axis); !labels.empty())
            table["dimension"][axis.id]["category"]["label"] = std::move(labels);
    }
    return table;
}

/// Rows of one dataset differ where they are computed.
void add_attributions(Json& table, const std::vector<ObservationRow>& rows)
{
    std::vector<std::string> sources;
    std::vector<std::string> licences;
    const auto add = [](std::vector<std::string>& texts, const std::string& text) {
        if (!text.empty() && std::find(texts.begin(), texts.end(), text) == texts.end())
            texts.push_back(text);
    };
    const Attribution* last = nullptr;
    for (const auto& row : rows) {
        if (!row.attribution || row.attribution.get() == last)
            continue;
        last = row.attribution.get();
        add(sources, last->source.en);
        add(licences, licence_text(*last, Language::en));
    }
    if (!sources.empty())
        table["source"] = join(sources, "; ");
    if (!licences.empty())
        table["extension"] = {{"licence", join(licences, "; ")}};
}

} // namespace

std::string render_jsonstat(const std::vector<ObservationRow>& rows)
{
    std::vector<Observation> observations;
    observations.reserve(rows.size());
    for (const auto& row : rows)
        observations.push_back(row.observation);
    for (const auto& seen : observations)
        if (seen.dataset != observations.front().dataset)
            throw usage_error("JSON-stat holds one dataset, these observations are of {} and {}: select one",
                              observations.front().dataset, seen.dataset);
    const auto axes = axes_of(observations);
    std::vector<std::string> values(cell_count(axes), "null");
    auto table = head(observations, axes);
    add_attributions(table, rows);
    std::set<std::string> told;
    for (const auto& seen : observations) {
        const auto at = position(axes, seen);
        if (const auto note = renamed(seen); !note.empty() && told.insert(note).second)
            table["note"].push_back(note);
        if (seen.value.number)
            values[at] = seen.value.number->text();
        if (const auto status = seen.value.symbol.text + (seen.correction ? "†" : ""); !status.empty())
            table["status"][std::to_string(at)] = status;
        if (seen.correction)
            table["note"].push_back(fmt::format(
                "† {}: {}", target_text(*seen.correction),
                correction_text(*seen.correction, is_corrected(seen.value, *seen.correction), Language::en)));
    }
    // The JSON library would write numbers through a double; the digits are put in by hand.
    auto text = json_line(table);
    text.back() = ',';
    return text + fmt::format("\"value\":[{}]}}\n", fmt::join(values, ","));
}

} // namespace skurd
