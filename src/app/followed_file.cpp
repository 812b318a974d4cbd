#include "app/describe_file.hpp"
#include "app/files.hpp"
#include "app/followed.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "decode/layout/propose_layout.hpp"
#include "run/jobs.hpp"

namespace skurd {

namespace {

LayoutProposal proved_layout(const std::string& file, const std::string& bytes, const std::string& file_name)
{
    LayoutProposal proposal;
    try {
        proposal = propose_layout(bytes, file_name);
    } catch (const Error&) {
        std::throw_with_nested(error("{}", file));
    }
    if (!proposal.is_proved())
        throw error("{}: what is proposed for it needs a person's eye: {}. Write the job with `skurd describe {} "
                    "--job`, edit it, and use `skurd drop`",
                    file, join(proposal.findings.texts(LayoutFinding::Weight::doubt), "; "), file);
    return proposal;
}

/// What the file says, read by the job.
Decoded decoded_by(Context& context, const std::string& job_text, const std::string& id, const Response& response)
{
    const auto drop_folder = (context.installation().state / "drop").string();
    const auto job = make_job(job_text, id + ".toml", id, drop_folder);
    return job.connector->decode({}, {&response, 1});
}

} // namespace

Followed follow_file(Context& context, const std::string& file, const FollowedSelection& selection)
{
    const std::filesystem::path path(file);
    DropOrder order;
    order.bytes = read_given_file(path, order_bytes_max);
    order.file_name = path.filename().string();
    order.modified = std::chrono::floor<std::chrono::seconds>(
        std::chrono::file_clock::to_sys(std::filesystem::last_write_time(path)));
    const auto proposal = proved_layout(file, order.bytes, order.file_name);
    Followed followed;
    const auto id = proposed_job_id(order.file_name);
    followed.job = free_job_id(context, id, "drop/" + id);
    followed.job_text = proposed_job(proposal, order.file_name, followed.job);
    Response response;
    response.url = order.file_name;
    response.body = order.bytes;
    response.received_at = context.clock.now();
    response.modified_at = *order.modified;
    const auto decoded = decoded_by(context, followed.job_text, followed.job, response);
    followed.publisher = order.file_name;
    describe_series(followed, decoded.dataset, decoded.cubes.front().dimensions, selection);
    order.job = followed.job;
    followed.harvest = std::move(order);
    return followed;
}

} // namespace skurd
