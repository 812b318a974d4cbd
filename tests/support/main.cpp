#if __has_include(<catch2/catch.hpp>)
#    define CATCH_CONFIG_RUNNER
#    include <catch2/catch.hpp>
#else
#    include <catch2/catch_session.hpp>
#endif

#include <spdlog/spdlog.h>

int main(int argc, char** argv)
{
    spdlog::set_level(spdlog::level::off); // what fails is said by the tests
    return Catch::Session().run(argc, argv);
}
