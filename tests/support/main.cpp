#define CATCH_CONFIG_RUNNER
#include "tests/support/listed_tests.hpp"
#include "tests/support/postgres_server.hpp"
#include "tests/support/store_engine.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <iostream>

namespace {

/// Each test has the tag of the folder it lies in, whatever others it has: `skurd_tests "[store]"`.
void tag_by_folder(const Catch::IConfig& config)
{
    // As Catch does it itself for --filenames-as-tags. NOLINTNEXTLINE(*-const-cast)
    for (auto& test : const_cast<std::vector<Catch::TestCase>&>(Catch::getAllTestCasesSorted(config))) {
        auto tags = test.tags;
        if (auto folder = skurd::test::test_folder(test.lineInfo.file);
            std::find(tags.begin(), tags.end(), folder) == tags.end())
            tags.push_back(std::move(folder));
        setTags(test, tags);
    }
}

} // namespace

int main(int argc, char** argv)
{
    spdlog::set_level(spdlog::level::off); // what fails is said by the tests
    if (skurd::test::on_postgres() && !skurd::test::PostgresServer::is_installed()) {
        std::cout << "skipped: PostgreSQL is not on this machine\n";
        return 0;
    }
    Catch::Session session;
    if (const int failure = session.applyCommandLine(argc, argv))
        return failure;
    for (const auto& add : skurd::test::ListedTests::all())
        add();
    tag_by_folder(session.config());
    return session.run();
}
