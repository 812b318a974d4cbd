#include "base/error.hpp"
#include "tests/store/store_fixture.hpp"
#include "tests/support/catch.hpp"

#include <random>
#include <set>

using namespace skurd;
using namespace skurd::test;

namespace {

using Key = std::pair<std::string, std::string>; ///< nr, period
using Cells = std::map<Key, std::string>;        ///< as StoreFixture::word writes values

/// What design calls the reference model: every release keeps a full copy of what it said, and what it withdrew.
class FullCopies {
public:
    struct Copy {
        Time published;
        Time observed;
        Cells cells;
    };

    /// What a reader sees: of each cell the last copy in the window that says something about it.
    Cells state(const AsOf& as_of, std::optional<Time> from = {}) const
    {
        Cells state;
        for (const auto& copy : copies_)
            if ((!as_of.published || copy.published <= *as_of.published) &&
                (!as_of.known || copy.observed <= *as_of.known) && (!from || copy.published >= *from))
                for (const auto& [key, word] : copy.cells)
                    state[key] = word;
        return state;
    }

    /// Takes a release in; false when it would withdraw too much.
    bool take(Cells said, const std::vector<std::string>& periods, Coverage coverage, Time published, Time observed)
    {
        std::size_t known = 0;
        std::size_t withdrawn = 0;
        std::set<std::string> series;
        for (const auto& [key, word] : said)
            series.insert(key.first);
        const auto before = state({});
        Cells gone;
        for (const auto& [key, word] : before) {
            const bool asked_for =
                coverage == Coverage::whole || std::find(periods.begin(), periods.end(), key.second) != periods.end();
            if (series.count(key.first) == 0 || !asked_for || word == "withdrawn")
                continue;
            ++known;
            if (said.count(key) == 0) {
                ++withdrawn;
                gone[key] = "withdrawn";
            }
        }
        if (coverage != Coverage::partial && withdrawn * 50 > known)
            return false;
        if (coverage != Coverage::partial)
            said.merge(gone);
        copies_.push_back({published, observed, std::move(said)});
        return true;
    }

private:
    std::vector<Copy> copies_;
};

/// Makes releases that revise, leave out, withdraw and bring back.
class ReleaseMaker {
public:
    explicit ReleaseMaker(std::mt19937& random) : random_(random) {}

    struct Made {
        Release release;
        Cells said;
        std::vector<std::string> periods;
    };

    Made next()
    {
        Made made;
        const int first = one_of(3) == 0 ? one_of(4) : 0;
        const int count = one_of(3) == 0 ? 1 + one_of(6 - first) : 6 - first;
        const int left_out = one_of(4) == 0 ? one_of(count) : -1;
        for (int i = 0; i < count; ++i)
            if (i != left_out || count == 1)
                made.periods.push_back(std::to_string(2010 + first + i));
        const int change_percent = one_of(2) == 0 ? 0 : one_of(30);
        const int gap_permille = one_of(3) == 0 ? one_of(40) : 0;
        std::map<std::string, std::vector<std::string>> rows;
        for (int nr = one_of(4); nr < 14; ++nr)
            for (const auto& period : made.periods)
                rows[std::to_string(nr)].push_back(
                    say(made.said, {std::to_string(nr), period}, change_percent, gap_permille));
        made.release = release_of(made.periods, rows, static_cast<Coverage>(one_of(3)));
        return made;
    }

private:
    int one_of(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }

    std::string say(Cells& said, const Key& key, int change_percent, int gap_permille)
    {
        auto& value = truth_[key];
        if (value.empty() || one_of(100) < change_percent) {
            const std::string words[] = {"1", "2.5", "-3.75", ":", "missing", "4.5*"};
            value = words[one_of(6)];
        }
        if (one_of(1000) < gap_permille)
            return "";
        said[key] = value;
        return value;
    }

    std::mt19937& random_;
    Cells truth_;
};

Cells read(Store& store, const AsOf& as_of, std::optional<Time> from = {})
{
    Cells cells;
    for (const auto& found : store.observations(Selector::parse("drop/table"), as_of, from))
        cells[{found.codes[0].second, found.period.text()}] = StoreFixture::word(found.value);
    return cells;
}

/// One random sequence of releases, in the order of their publication; how many answers differ from the full copies.
class Sequence {
public:
    explicit Sequence(unsigned seed) : random_(seed), maker_(random_) {}

    int run()
    {
        Store::Transaction never_committed(fixture_.store);
        Time published = at("2015-01-01");
        for (int i = 0; i < 8; ++i) {
            published += std::chrono::hours(random_() % 4 == 0 ? 0 : 24);
            fixture_.clock.advance(std::chrono::hours(random_() % 4 == 0 ? 0 : 1));
            publications_.push_back(published);
            sightings_.push_back(fixture_.clock.now());
            take(maker_.next(), published);
        }
        compare();
        return differences_;
    }

private:
    void take(const ReleaseMaker::Made& made, Time published)
    {
        if (made.said.empty())
            return;
        const bool expected =
            copies_.take(made.said, made.periods, made.release.coverage, published, fixture_.clock.now());
        bool taken = true;
        try {
            fixture_.store.accept(made.release, {published, "test", Confidence::stated}, Origin::harvest,
                                  fixture_.new_payload(), 0);
        } catch (const Error&) {
            taken = false;
        }
        differences_ += taken == expected ? 0 : 1;
    }

    void compare()
    {
        if (fixture_.store.datasets().empty())
            return;
        publications_.push_back(at("2014-01-01"));
        sightings_.push_back(at("2014-01-01"));
        for (const auto published : publications_) {
            for (const auto known : sightings_)
                check({published, known}, {});
            check({published, {}}, {});
            for (const auto from : publications_)
                check({published, {}}, from);
        }
        check({}, {});
    }

    void check(const AsOf& as_of, std::optional<Time> from)
    {
        differences_ += read(fixture_.store, as_of, from) == copies_.state(as_of, from) ? 0 : 1;
    }

    StoreFixture fixture_;
    std::mt19937 random_;
    ReleaseMaker maker_;
    FullCopies copies_;
    std::vector<Time> publications_;
    std::vector<Time> sightings_;
    int differences_ = 0;
};

} // namespace

TEST_CASE("the store answers every as-of question as a full copy of every release does", "[store]")
{
    const unsigned first_seed = 20191101;
    for (unsigned seed = first_seed; seed < first_seed + 200; ++seed) {
        CAPTURE(seed);
        const int differences = Sequence(seed).run();
        CHECK(differences == 0);
    }
}
