#pragma once

// Catch2 2 and 3 lie in different places.
#if __has_include(<catch2/catch.hpp>)
#    include <catch2/catch.hpp>
#else
#    include <catch2/catch_all.hpp>
#endif
