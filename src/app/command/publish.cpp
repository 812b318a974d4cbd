// The command publish: a snapshot for readers.
#include "publish/publish.hpp"

#include "app/commands.hpp"
#include "base/file_system.hpp"
#include "base/folder_owner.hpp"
#include "daemon/settings.hpp"
#include "store/store_files.hpp"
#include "view/published_json.hpp"

#include <filesystem>

namespace skurd {

namespace {

struct PublishOptions {
    std::optional<std::int64_t> since;
    bool names = false;
    std::string folder; ///< "" = as the configuration says
};

std::string published_text(const Published& published, bool wants_names)
{
    const auto& snapshot = published.snapshot;
    const bool has_names = snapshot.names == PeoplesNames::included;
    if (!published.is_new)
        return fmt::format("{}: was published before, {} people's names, and is left as it is{}\n", published.folder,
                           has_names ? "with" : "without",
                           has_names == wants_names ? "" : "; to have it otherwise, publish into another folder");
    return fmt::format("{}: {} files, {}; changes since commit {}{}\ncontent head: {}\nlog head:     {}\n",
                       published.folder, published.files, byte_size_text(published.bytes), *published.since,
                       published.removed > 0 ? fmt::format("; {} older removed", published.removed) : "",
                       snapshot.content_head, snapshot.log_head);
}

ExitCode publish_now(Context& context, const PublishOptions& options)
{
    const auto installation = context.installation();
    const auto settings = read_settings(installation).publish;
    PublishRequest request;
    request.bounds = settings.bounds;
    if (!options.folder.empty()) {
        request.folder = std::filesystem::absolute(options.folder);
    } else {
        require_state_folder(installation.state);
        request.folder = settings.folder_in(installation.state);
        become_owner_of(installation.state); // who has to be able to remove it
    }
    request.since = options.since;
    request.names = options.names ? PeoplesNames::included : PeoplesNames::left_out;
    const ReadContext read(context);
    request.attributions = read.attributions();
    Published published;
    {
        const ProgressLine progress;
        published = publish(read.store, request, [&](const std::string& text) { progress("publishing: " + text); });
    }
    if (context.json)
        print_json(to_json(published));
    else
        std::cout << published_text(published, options.names);
    return ExitCode::good;
}

} // namespace

void add_publish(CLI::App& command, Context& context)
{
    auto options = std::make_shared<PublishOptions>(); // lives as long as the callback
    command
        .add_option("--since", options->since,
                    "Tell what changed since this commit; default: since the newest one published before")
        ->check(CLI::NonNegativeNumber);
    command.add_flag("--names", options->names, "With the names of people who annotated, corrected and signed");
    command.add_option("--to", options->folder, "Another folder than the configuration's ([publish] folder)");
    command.footer(
        "Makes FOLDER/<number of the newest commit>/ with skurd.db (to be read only, without payloads and\n"
        "runs), every view as CSV and Parquet, changes.csv and changes.json, datapackage.json, CSVW metadata\n"
        "and SHA256SUMS; FOLDER/latest points to it. Nothing is done where that commit was published before.\n"
        "Harvests go on meanwhile. With [publish] after_harvest = true it is done after each harvest that\n"
        "changed something. `skurd verify FOLDER/latest/skurd.db` checks it.");
    command.callback(
        [&context, options] { context.action = [&context, options] { return publish_now(context, *options); }; });
}

} // namespace skurd
