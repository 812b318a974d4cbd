#include "tests/store/answers.hpp"

#include "base/text.hpp"
#include "base/time_text.hpp"
#include "lib/openssl/sha256.hpp"
#include "store/annotation_store.hpp"
#include "store/catalogue_store.hpp"
#include "store/correction_store.hpp"
#include "store/dataset_schema_store.hpp"
#include "store/flag_store.hpp"
#include "store/observation_store.hpp"
#include "store/payload_store.hpp"
#include "store/quarantine_store.hpp"
#include "store/run_store.hpp"
#include "store/sign_off_store.hpp"
#include "store/verdict_store.hpp"
#include "store/vintage_store.hpp"
#include "tests/store/store_fixture.hpp"

#include <fmt/format.h>

namespace skurd::test {

namespace {

std::string text_of(const std::optional<Time>& time)
{
    return time ? format_time(*time) : "-";
}

std::string text_of(const std::optional<Decimal>& number)
{
    return number ? number->text() : "-";
}

/// Collects lines under headings.
class Answers {
public:
    explicit Answers(const StoreSession& store) : store_(store) {}

    std::string all()
    {
        observations();
        vintages();
        runs();
        flags();
        verdicts();
        notes();
        sign_offs();
        rest();
        for (const char* view : {"current_observation", "observation_history", "current_indicator",
                                 "indicator_history", "open_flag", "source_health", "corrected_observation",
                                 "open_correction", "observation_note", "metadata_history", "series_name"})
            show(view);
        return std::move(text_);
    }

private:
    void heading(const std::string& text) { text_ += "# " + text + "\n"; }

    template <typename... Fields>
    void line(const Fields&... fields)
    {
        std::string line;
        ((line += fmt::format("{}|", fields)), ...);
        line.pop_back();
        text_ += line + "\n";
    }

    void observation(const Observation& seen)
    {
        line(seen.series, codes_text(seen.codes), seen.label, seen.unit, seen.period.text(),
             StoreFixture::word(seen.value), to_string(seen.value.symbol.meaning), seen.vintage,
             format_time(seen.published_at), to_string(seen.confidence), format_time(seen.observed_at),
             text_of(seen.superseded_at));
    }

    void observations()
    {
        const ObservationStore observations(store_);
        const auto selector = Selector::parse("drop/small");
        std::vector<AsOf> clocks = {{}};
        for (const char* day : {"2016-03-31", "2016-04-01", "2017-06-01", "2018-06-01", "2019-06-01", "2020-04-15"})
            clocks.push_back({at(day), {}});
        for (const auto& vintage : VintageStore(store_).list("drop/small")) {
            clocks.push_back({{}, vintage.observed_at});
            clocks.push_back({at("2018-12-31"), vintage.observed_at});
        }
        for (const auto& clock : clocks) {
            heading("as of " + text_of(clock.published) + " known at " + text_of(clock.known));
            for (const auto& seen : observations.as_of(selector, clock))
                observation(seen);
            for (const auto& note : VintageStore(store_).notes("drop/small", clock))
                line("note", note);
        }
        heading("published from 2018");
        for (const auto& seen : observations.as_of(selector, {}, at("2018-01-01")))
            observation(seen);
        heading("history");
        for (const auto& seen : observations.history(selector))
            observation(seen);
    }

    void vintages()
    {
        const VintageStore vintages(store_);
        heading("vintages of " + vintages.datasets().at(0));
        for (const auto& v : vintages.list("")) {
            line(v.id, v.dataset, format_time(v.published.published_at), v.published.field,
                 to_string(v.published.confidence), format_time(v.observed_at), format_time(v.last_confirmed_at),
                 to_string(v.origin), v.payload_hash, v.content_hash, v.value_hash, v.run, v.made_from);
            const auto release = vintages.release(v.id);
            std::string cells;
            for (const auto& cell : release.cells)
                cells += (cell.number() ? cell.number()->text() : cell.state == Cell::State::absent ? "" : "?") + " ";
            line("release", release.series_count(), release.periods.size(), cells);
        }
    }

    void runs()
    {
        heading("runs");
        const RunStore runs(store_);
        for (const auto& run : runs.list("", 100)) {
            line(run.id, run.job, run.dataset, format_time(run.started_at), text_of(run.finished_at),
                 to_string(run.outcome), run.message, run.vintage);
            for (const auto& hash : runs.payloads(run.id))
                line("payload", hash, PayloadStore(store_).find(hash).origin_url,
                     Sha256::of(PayloadStore(store_).bytes(hash)) == hash);
        }
        for (const auto& health : runs.health())
            line(health.job, health.last ? health.last->id : 0, text_of(health.last_success), health.failures_in_row);
    }

    void flags()
    {
        heading("flags");
        for (const auto& flag : FlagStore(store_).list(Ended::included)) {
            line(flag.id, to_string(flag.kind), to_string(flag.state), flag.key, flag.indicator, flag.period,
                 flag.inputs, flag.text_nb, flag.text_en, format_time(flag.raised_at), format_time(flag.changed_at),
                 flag.note, flag.actor);
            for (const auto& event : FlagStore(store_).events(flag.id))
                line("event", format_time(event.at), event.event, to_string(event.state), event.text_nb, event.note,
                     event.actor);
        }
    }

    void verdict(const Verdict& v)
    {
        line(v.indicator, v.definition, to_string(v.comparison), v.from.text(), v.to.text(), v.years,
             text_of(v.old_value), text_of(v.new_value), fmt::format("{}", fmt::join(v.vintages, ",")),
             to_string(v.outcome), text_of(v.change), v.unit, v.rule, v.reason, v.sentence.nb, v.sentence.en,
             v.near_miss.nb, v.caveat.en, text_of(v.margin), v.within_margin, v.provisional);
    }

    void verdicts()
    {
        heading("verdicts");
        for (const auto& found : VerdictStore(store_).newest(0))
            verdict(found);
    }

    void notes()
    {
        heading("annotations");
        for (const auto& a : AnnotationStore(store_).list(std::nullopt, Ended::included))
            line(a.id, to_string(a.kind), target_text(a), a.text, a.actor, format_time(a.made_at),
                 text_of(a.withdrawn_at), a.withdrawn_why, a.withdrawn_by);
        heading("corrections");
        for (const auto& c : CorrectionStore(store_).list(std::nullopt, Ended::included)) {
            line(c.id, target_text(c), c.expected.text(), c.corrected.text(), c.reason, c.actor,
                 format_time(c.made_at), text_of(c.ended_at), c.ended_why, c.ended_by, c.ended_vintage);
            if (const auto cell = CorrectionStore(store_).cell(c))
                observation(*cell);
        }
    }

    void sign_offs()
    {
        heading("sign-offs");
        for (const auto& listed : SignOffStore(store_).list()) {
            const auto s = SignOffStore(store_).find(listed.id);
            line(s.id, s.snapshot.set, s.snapshot.period.text(), s.snapshot.name.nb, format_time(s.signed_at),
                 s.actor, s.note, s.catalogue_hash);
            for (const auto& row : s.snapshot.rows) {
                line(row.number, row.indicator, row.label.nb, row.unit);
                for (const auto& [period, value] : row.values)
                    line("value", period.text(), StoreFixture::word(value.value), value.definition, value.vintage,
                         format_time(value.published_at));
                for (const auto& change : row.changes)
                    verdict(change);
            }
            for (const auto& r : s.renderings)
                line(r.format, r.language, r.payload_hash, PayloadStore(store_).bytes(r.payload_hash).size());
        }
    }

    void rest()
    {
        heading("quarantine");
        for (const auto& q : QuarantineStore(store_).list(Ended::included))
            line(q.id, q.job, q.payload_hash, q.name, q.reason, format_time(q.at), q.run, to_string(q.kind),
                 text_of(q.ended_at), q.ended_by, q.ended_why);
        heading("dataset schema and drift");
        if (const auto schema = DatasetSchemaStore(store_).accepted("drop/small"))
            for (const auto& dimension : schema->dimensions)
                for (const auto& category : dimension.categories)
                    line(dimension.id, dimension.label, category.code, category.label, schema->job_hash);
        for (const auto& one : DatasetSchemaStore(store_).drift(""))
            line(one.dataset, format_time(one.seen_at), one.run, one.drift.dimension, one.drift.text_nb,
                 one.drift.text_en);
        heading("catalogues");
        for (const auto& catalogue : CatalogueStore(store_).list()) {
            line(catalogue.hash, catalogue.current);
            for (const auto& [name, body] : CatalogueStore(store_).files(catalogue.hash))
                line(name, Sha256::of(body));
        }
    }

    /// But for the columns that views gained since.
    void show(const std::string& view)
    {
        heading("view " + view);
        SqliteDatabase database(store_.folder() / "skurd.db", SqliteDatabase::Access::read);
        trust_schema(database);
        Statement names(database, "SELECT group_concat(name, '|') FROM pragma_table_info('" + view +
                                      "') WHERE name NOT IN ('commit_seq', 'next_vintage_id')");
        names.step();
        line(names.text(0));
        const auto columns = std::count(names.view(0).begin(), names.view(0).end(), '|') + 1;
        std::string order = "1";
        for (int i = 2; i <= columns; ++i)
            order += fmt::format(", {}", i);
        const auto fields_shown = replace_all(names.text(0), "|", ", ");
        Statement row(database, "SELECT " + fields_shown + " FROM " + view + " ORDER BY " + order);
        while (row.step()) {
            std::string fields;
            for (int i = 0; i < columns; ++i)
                fields += (i == 0 ? "" : "|") + (row.is_null(i) ? std::string("NULL") : row.text(i));
            line(fields);
        }
    }

    const StoreSession& store_;
    std::string text_;
};

} // namespace

std::string answers(const StoreSession& store)
{
    return Answers(store).all();
}

} // namespace skurd::test
