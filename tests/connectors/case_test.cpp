#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "config/job.hpp"
#include "connectors/exchange.hpp"
#include "decode/csv/cube_csv.hpp"
#include "run/exchange_bundle.hpp"
#include "tests/support/listed_tests.hpp"
#include "tests/support/temp_dir.hpp"

#include <algorithm>
#include <filesystem>

// Runs connectors/<source>/cases/<case>: bytes in, cells out. The files of a case are described in
// connectors/README.md. With SKURD_UPDATE_CASES=1 the expected files are written anew instead of compared.

using namespace skurd;
namespace fs = std::filesystem;

namespace {

bool updating()
{
    const char* set = std::getenv("SKURD_UPDATE_CASES");
    return set && std::string_view(set) == "1";
}

std::vector<fs::path> cases()
{
    std::vector<fs::path> found;
    for (const auto& source : fs::directory_iterator(SKURD_SOURCE_DIR "/connectors"))
        if (fs::is_directory(source.path() / "cases"))
            for (const auto& one : fs::directory_iterator(source.path() / "cases"))
                found.push_back(one.path());
    std::sort(found.begin(), found.end());
    return found;
}

/// Lines "key<separator> value" as pairs.
std::vector<std::pair<std::string, std::string>> pairs(const std::string& text, char separator)
{
    std::vector<std::pair<std::string, std::string>> found;
    for (const auto line : split(text, '\n'))
        if (const auto at = line.find(separator); at != std::string::npos)
            found.emplace_back(trim(line.substr(0, at)), trim(line.substr(at + 1)));
    return found;
}

std::string describe(const Request& request)
{
    if (request.kind == Request::Kind::file)
        return fmt::format("FILE {} {}\n", request.url, request.pattern);
    if (request.kind == Request::Kind::program)
        return fmt::format("PROGRAM {}\n", join(request.arguments, " "));
    return fmt::format("{} {}\n{}", request.method, request.url, request.body.empty() ? "" : request.body + "\n");
}

/// response-N.<ext>, with what response-N.head says of it.
Response read_response(const fs::path& folder, int n, const Request& request)
{
    Response response;
    response.received_at = *parse_time("2026-01-02T03:04:05Z");
    const auto stem = fmt::format("response-{}", n);
    bool found = false;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().stem() != stem || entry.path().extension() == ".head")
            continue;
        response.body = test::read_file(entry.path());
        response.url = request.kind == Request::Kind::file ? entry.path().filename().string() : request.url;
        response.media_type = entry.path().extension() == ".json" ? "application/json" : "";
        found = true;
    }
    if (!found)
        throw error("{}: {}.* is missing", folder.filename().string(), stem);
    for (const auto& [key, value] : pairs(test::read_file(folder / (stem + ".head")), ':')) {
        if (key == "status")
            response.status = std::stoi(value);
        else if (key == "type")
            response.media_type = value;
        else if (key == "name")
            response.url = value;
        else if (key == "modified")
            response.modified_at = parse_time(value).value();
        else if (key == "received")
            response.received_at = parse_time(value).value();
        else
            throw error("{}.head: unknown line '{}' (known: status, type, name, modified, received)", stem, key);
    }
    return response;
}

std::string describe(const std::vector<SourceFinding>& findings)
{
    std::string text;
    for (const auto& finding : findings)
        text += fmt::format("# {}: {}\n", to_string(finding.kind), finding.text_en);
    return text;
}

std::string describe(const Decoded& decoded)
{
    auto text = fmt::format("# dataset: {}\n# published: {} {} ({})\n", decoded.dataset,
                            format_time(decoded.claim.published_at), to_string(decoded.claim.confidence),
                            decoded.claim.field);
    if (decoded.modified)
        text += fmt::format("# modified: {} ({})\n", format_time(decoded.modified->published_at),
                            decoded.modified->field);
    text += describe(decoded.findings);
    for (const auto& note : decoded.notes)
        text += fmt::format("# note: {}\n", note);
    for (const auto& cube : decoded.cubes)
        write_cube_csv(cube, text);
    return text;
}

std::string without_notes(const std::string& text)
{
    std::string kept;
    for (const auto line : split(text, '\n'))
        if (!line.starts_with("# note: "))
            kept += std::string(line) + "\n";
    return kept;
}

/// Where two texts part: the line and both versions of it.
std::string difference(const std::string& expected, const std::string& actual)
{
    const auto old_lines = split(expected, '\n');
    const auto new_lines = split(actual, '\n');
    std::size_t at = 0;
    while (at < old_lines.size() && at < new_lines.size() && old_lines[at] == new_lines[at])
        ++at;
    const auto line = [&](const auto& lines) { return at < lines.size() ? lines[at] : "(no such line)"; };
    return fmt::format("line {}:\n  expected: {}\n  actual:   {}\nthe whole of it:\n{}", at + 1, line(old_lines),
                       line(new_lines), actual);
}

/// A run of a case; every comparison goes through same().
class Case {
public:
    explicit Case(fs::path folder) : folder_(std::move(folder)) {}

    void run()
    {
        try {
            step_through();
        } catch (const Error& failure) {
            end("expected.error", full_message(failure) + "\n");
        }
        check_leftovers();
    }

private:
    void step_through()
    {
        auto job =
            Job::read(Section::parse(test::read_file(folder_ / "job.toml"), "job.toml"), folder_.filename().string());
        JobSections sections{job.id, job.source, job.layout, "/var/lib/skurd/drop"};
        const auto connector = create_connector(job.connector, job.connector_where, sections);
        job.whole.reject_unknown_keys();
        if (fs::exists(folder_ / "expected.check"))
            return check(*connector);
        ConnectorState state;
        for (const auto& [key, value] : pairs(test::read_file(folder_ / "state.txt"), '='))
            state[key] = value;
        Exchange exchange(*connector, state);
        go_through(exchange);
        if (const auto* unchanged = std::get_if<Unchanged>(&exchange.end()))
            return end("expected.unchanged", unchanged->why + "\n" + describe(unchanged->findings));
        if (const auto* failure = std::get_if<Failure>(&exchange.end()))
            return end("expected.error", failure->why + "\n" + describe(failure->findings));
        end("expected.csv", describe(connector->decode(state, exchange.responses())));
    }

    /// A case of `skurd check --online`.
    void check(const Connector& connector)
    {
        Exchange exchange([&](std::span<const Response> so_far) { return connector.next_check(so_far); });
        go_through(exchange);
        end("expected.check", check_text(connector.check(exchange.responses())));
    }

    void go_through(Exchange& exchange)
    {
        while (const auto* request = exchange.next()) {
            ++asked_;
            same(fmt::format("request-{}.txt", asked_), describe(*request));
            exchange.answer(read_response(folder_, asked_, *request));
        }
    }

    void same(const std::string& name, std::string actual)
    {
        const auto file = folder_ / name;
        const auto expected = test::read_file(file);
        if (expected.find("# note: ") == std::string::npos && fs::exists(file))
            actual = without_notes(actual);
        const bool equal = fs::exists(file) && trim(expected) == trim(actual);
        if (!equal && updating())
            test::write_file(file, actual);
        INFO(name << " differs in " << difference(expected, actual));
        CHECK((equal || updating()));
    }

    void end(const std::string& name, const std::string& actual)
    {
        for (const auto* other : {"expected.csv", "expected.error", "expected.unchanged", "expected.check"}) {
            if (updating() && other != name)
                fs::remove(folder_ / other);
            INFO("the case ends as " << name << ": " << actual);
            CHECK((other == name || !fs::exists(folder_ / other)));
        }
        same(name, actual);
    }

    /// A request or response that the connector never came to.
    void check_leftovers() const
    {
        for (const auto* name : {"request", "response"})
            for (const auto& entry : fs::directory_iterator(folder_)) {
                const auto stem = entry.path().stem().string();
                INFO(entry.path().filename().string() << " is not used");
                if (stem.starts_with(fmt::format("{}-", name)))
                    CHECK(std::stoi(stem.substr(stem.find('-') + 1)) <= asked_);
            }
    }

    fs::path folder_;
    int asked_ = 0;
};

/// A test for each: "case ssb/one-region ends as it should", tagged [case] and with the connector.
const test::ListedTests connector_cases([] {
    for (const auto& folder : cases()) {
        const auto source = folder.parent_path().parent_path().filename().string();
        test::list_test(
            fmt::format("case {}/{} ends as it should", source, folder.filename().string()),
            fmt::format("[connectors][case][{}]", source), [folder] { Case(folder).run(); }, CATCH_INTERNAL_LINEINFO);
    }
});

} // namespace

TEST_CASE("there are cases of connectors", "[connectors]")
{
    CHECK(cases().size() > 100);
}

TEST_CASE("every connector has a page, a sample job that works, and cases", "[connectors]")
{
    for (const auto& kind : connector_kinds()) {
        const auto folder = fs::path(SKURD_SOURCE_DIR "/connectors") / kind.name;
        CAPTURE(folder.string());
        CHECK(fs::exists(folder / "README.md"));
        CHECK(fs::exists(folder / "cases"));
        CHECK(test::read_file(folder / "../README.md").find(fmt::format("[{0}]({0}/README.md)", kind.name)) !=
              std::string::npos);
        auto job = Job::read(Section::load(folder / "sample.toml"), "sample");
        JobSections sections{job.id, job.source, job.layout, "/var/lib/skurd/drop"};
        const auto connector = create_connector(job.connector, job.connector_where, sections);
        job.whole.reject_unknown_keys();
        CHECK(job.connector == kind.name);
        CHECK(std::holds_alternative<Request>(connector->next({}, {})));
    }
}
