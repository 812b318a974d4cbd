#include "model/attribution.hpp"

#include "tests/support/catch.hpp"

#include <vector>

using namespace skurd;

namespace {

const Attribution ssb = {{"Statistisk sentralbyrå", "Statistics Norway"}, {"CC BY 4.0", "CC BY 4.0"}};
const Attribution kdi = {{"KDI", "KDI"}, {}};

Attribution of(const Attributions& known, const std::vector<std::string>& datasets)
{
    return known.of(datasets);
}

} // namespace

TEST_CASE("what is not known of an attribution is said")
{
    CHECK(attribution_text(ssb, Language::nb) == "Statistisk sentralbyrå (CC BY 4.0)");
    CHECK(attribution_text(kdi, Language::nb) == "KDI (lisens ukjent)");
    CHECK(attribution_text({}, Language::en) == "source not stated (licence unknown)");
}

TEST_CASE("a dataset has its own attribution, else that of its source, else none")
{
    Attributions known;
    known.add_source("ssb", ssb);
    known.add("drop/kdi", kdi);
    CHECK(known.of("ssb/07459") == ssb);
    CHECK(known.of("drop/kdi") == kdi);
    CHECK(known.of("drop/other") == Attribution{});
    CHECK(known.of("ssb") == ssb);
}

TEST_CASE("a number made from several datasets names each source once, with the licences in the same order")
{
    Attributions known;
    known.add_source("ssb", ssb);
    known.add("drop/kdi", kdi);
    CHECK(of(known, {"ssb/1", "ssb/2"}) == ssb);
    CHECK(of(known, {}) == Attribution{});
    const auto both = of(known, {"ssb/1", "drop/kdi", "ssb/2", "drop/x"});
    CHECK(both.source.nb == "Statistisk sentralbyrå; KDI; kilde ikke oppgitt");
    CHECK(both.licence.en == "CC BY 4.0; licence unknown; licence unknown");
    known.add("drop/y", {{"Y", "Y"}, ssb.licence});
    CHECK(of(known, {"ssb/1", "drop/y"}).licence.nb == "CC BY 4.0");
}

TEST_CASE("two statements of one dataset stand beside each other")
{
    Attributions known;
    known.add("drop/kdi", kdi);
    known.add("drop/kdi", kdi);
    CHECK(known.of("drop/kdi") == kdi);
    known.add("drop/kdi", ssb);
    CHECK(known.of("drop/kdi").licence.nb == "lisens ukjent; CC BY 4.0");
}
