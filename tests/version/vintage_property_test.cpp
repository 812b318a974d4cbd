// The property that versions stand on: whatever comes in whatever order, every question is answered as a full copy of
// every release would answer it. Tried on the algorithm over plain maps, often, and on the store, with its SQL.
#include "tests/support/catch.hpp"
#include "tests/version/memory_versions.hpp"
#include "tests/version/store_on_trial.hpp"
#include "tests/version/trial.hpp"

using namespace skurd;
using namespace skurd::test;

TEST_CASE("the algorithm of versions answers every as-of question as a full copy of every release does", "[version]")
{
    MemoryStore tried;
    check_sequences(tried, 2 * SKURD_SEQUENCES, Sort::placed);
}

TEST_CASE("the store answers every as-of question as a full copy of every release does", "[version]")
{
    StoreOnTrial tried;
    check_sequences(tried, SKURD_SEQUENCES, Sort::placed);
}

TEST_CASE("after a live fetch every cell it covers reads as it said, and the past stays as it was", "[version]")
{
    MemoryStore tried;
    check_sequences(tried, 2 * SKURD_SEQUENCES, Sort::live);
}

TEST_CASE("the store places live fetches as full copies are placed", "[version]")
{
    StoreOnTrial tried;
    check_sequences(tried, SKURD_SEQUENCES / 2, Sort::live);
}

TEST_CASE("files among live fetches hold until a fetch that confirmed the older numbers", "[version]")
{
    MemoryStore tried;
    check_sequences(tried, 2 * SKURD_SEQUENCES, Sort::mixed);
}

TEST_CASE("the store answers as full copies do of files among live fetches", "[version]")
{
    StoreOnTrial tried;
    check_sequences(tried, SKURD_SEQUENCES / 2, Sort::mixed);
}
