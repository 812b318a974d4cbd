#include "app/followed.hpp"
#include "app/orders.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "connectors/job_text.hpp"

#include <algorithm>

namespace skurd {

namespace {

/// "ssb/07459" as a job's id: "ssb-07459".
std::string plain_id(const std::string& dataset)
{
    std::string id;
    for (const char c : to_lower(dataset)) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
        if (plain)
            id += c;
        else if (!id.empty() && id.back() != '-')
            id += '-';
    }
    return id.substr(0, 80);
}

/// The job that the source's browser writes, up to what is selected, under another id and switched on. `dataset` is
/// its key, "" for the usual one.
std::string head_of(const TableDescription& description, const std::string& id, const std::string& dataset)
{
    constexpr std::string_view selection = "[source.select]\n";
    const auto end = description.job.find(selection);
    if (end == std::string::npos)
        throw error("the job for table {} selects nothing: see connectors/README.md", description.table.id);
    std::string head;
    const auto written = description.job.substr(0, end);
    for (const auto line : split(written, '\n')) {
        const auto key = trim(line.substr(0, line.find('=')));
        if (key == "id" || key == "enabled")
            continue;
        head += std::string(line) + "\n";
        if (line == "[job]")
            head += "id = " + toml_quoted(id) + "\n";
        if (line == "[source]" && !dataset.empty())
            head += "dataset = " + toml_quoted(dataset) + "\n";
    }
    return head.substr(0, head.size() - 1) + std::string(selection);
}

std::string job_for(const TableDescription& description, const std::string& head, const FollowedSelection& selection)
{
    auto text = head;
    for (const auto& [dimension, codes] : chosen_codes(description.dimensions, selection))
        text += select_line(dimension->id, dimension->role == Role::time ? std::vector<std::string>{"*"} : codes) +
                " # " + excerpt(dimension->label) + "\n";
    return text;
}

/// "SSB" of "ssb/07459"; a host as it is.
std::string publisher_of(const std::string& dataset)
{
    auto name = dataset.substr(0, dataset.find('/'));
    if (name.find('.') == std::string::npos)
        std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::toupper(c); });
    return name;
}

} // namespace

Followed follow_table(Context& context, const QueriedSource& source, const std::string& table,
                      const FollowedSelection& selection)
{
    const auto description = ask_source(context, DescribeOrder{source, table}).description;
    if (description.job.empty() || description.dataset.empty())
        throw usage_error("{} writes no jobs: see connectors/{}/README.md", source.source, source.source);
    if (description.table.discontinued)
        throw error("table {} is discontinued: nothing new comes", table);
    Followed followed;
    const auto id = plain_id(description.dataset);
    followed.job = free_job_id(context, id, description.dataset);
    const auto end = followed.job.substr(id.size()); // "-2" where the dataset is harvested otherwise already
    const auto dataset = description.dataset + end;
    const auto key = end.empty() ? "" : dataset.substr(dataset.find('/') + 1);
    followed.job_text = job_for(description, head_of(description, followed.job, key), selection);
    followed.publisher = publisher_of(description.dataset);
    describe_series(followed, dataset, description.dimensions, selection);
    HarvestOrder order;
    order.jobs = {followed.job};
    followed.harvest = order;
    return followed;
}

} // namespace skurd
