#pragma once

#include "model/sign_off.hpp"
#include "store/actor_uid_store.hpp"
#include "store/annotation_store.hpp"
#include "store/flag_store.hpp"
#include "store/maintenance.hpp"
#include "store/run_store.hpp"
#include "store/sign_off_store.hpp"
#include "store/verdict_store.hpp"
#include "tests/store/store_fixture.hpp"

namespace skurd::test {

inline Verdict verdict_of(int indicator)
{
    Verdict verdict;
    verdict.indicator = indicator;
    verdict.from = Period::year(2016);
    verdict.to = Period::year(2018);
    verdict.sentence = {"gikk opp", "went up"};
    return verdict;
}

/// A store in which somebody said and did one of everything.
struct Told : StoreFixture {
    explicit Told(const std::string& url = "") : StoreFixture(url)
    {
        publish("2016-04-01", "284");
        publish("2018-04-01", "285");
        StoreSession::Transaction evaluation(store);
        VerdictStore(store).store({verdict_of(9)}, "hash");
        Flag flag;
        flag.kind = FlagKind::threshold;
        flag.key = "9 2016 2018";
        flag.period = "2018";
        flag.id = FlagStore(store).raise(flag);
        evaluation.commit();
        Annotation note;
        note.period = Period::year(2016);
        note.text = "an honest note";
        note.actor = "Kari";
        const auto id = AnnotationStore(store).add(Selector::parse("drop/table"), note);
        ActorUidStore(store).record(ActorDeed::annotation, id, "Kari", 1001);
        AnnotationStore(store).withdraw(AnnotationStore(store).add(Selector::parse("drop/table"), note), "wrong",
                                        "Ola");
        flag.state = FlagState::acknowledged;
        flag.note = "seen";
        flag.actor = "Kari";
        FlagStore(store).change(flag, "acknowledged");
        SignOff signing;
        signing.snapshot.set = 3;
        signing.snapshot.period = Period::year(2018);
        signing.signed_at = clock.now();
        signing.actor = "Kari";
        SignOffStore(store).store(signing);
    }

    void publish(std::string_view time, const char* number)
    {
        clock.advance(std::chrono::hours(1));
        Run run;
        run.job = "job";
        run.id = RunStore(store).start("job");
        const auto payload = new_payload();
        RunStore(store).add_payload(run.id, payload);
        const auto result = VintageStore(store).ingest(release_of({"2016", "2017"}, {{"9", {number, ":"}}}),
                                                       skurd::test::published(time), Origin::drop, payload, run.id);
        run.outcome = RunOutcome::new_vintage;
        run.vintage = result.vintage->id;
        RunStore(store).finish(run);
    }

    Verification verify(const std::string& head = {}) const { return StoreMaintenance(store).verify({}, {}, head); }
    std::vector<std::string> wrong(const std::string& head = {}) const { return verify(head).wrong; }

    void forge(const std::string& statements) const { skurd::test::forge(folder / "skurd.db", statements); }
};

} // namespace skurd::test
