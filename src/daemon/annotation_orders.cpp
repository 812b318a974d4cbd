#include "daemon/annotation_orders.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "model/annotation.hpp"
#include "model/correction.hpp"
#include "model/indicator.hpp"
#include "query/target.hpp"
#include "store/annotation_store.hpp"
#include "store/correction_store.hpp"
#include "store/store_session.hpp"

namespace skurd {

namespace {

std::string text_in(const Json& order, const char* name)
{
    const auto found = order.find(name);
    return found != order.end() && found->is_string() ? found->get<std::string>() : "";
}

std::int64_t id_in(const Json& order, const char* name)
{
    const auto found = order.find(name);
    return found != order.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

std::optional<Period> period_in(const Json& order)
{
    return Period::parse(text_in(order, "period"));
}

Decimal number_in(const Json& order, const char* name)
{
    const auto text = text_in(order, name);
    if (const auto number = Decimal::parse(replace_all(text, ",", ".")))
        return *number;
    throw usage_error("--{} '{}' is not a number (like 46.2 or 46,2)", name, excerpt(text));
}

std::int64_t annotate(StoreSession& store, const Catalogue& catalogue, const Json& order)
{
    Annotation annotation;
    const auto kind = annotation_kind_from(text_in(order, "kind"));
    if (!kind)
        throw usage_error("unknown kind of annotation '{}' (known: revision, error correction, break, note)",
                          excerpt(text_in(order, "kind")));
    annotation.kind = *kind;
    annotation.text = text_in(order, "text");
    annotation.person = text_in(order, "by");
    annotation.period = period_in(order);
    annotation.vintage = id_in(order, "vintage");
    return AnnotationStore(store).add(read_series(text_in(order, "target"), catalogue), annotation);
}

std::int64_t correct(StoreSession& store, const Catalogue& catalogue, const Json& order)
{
    Correction correction;
    const auto period = period_in(order);
    if (!period)
        throw usage_error("--period must say which number is corrected");
    correction.period = *period;
    correction.expected = number_in(order, "expected");
    correction.corrected = number_in(order, "to");
    correction.reason = text_in(order, "reason");
    correction.person = text_in(order, "by");
    return CorrectionStore(store).add(read_series(text_in(order, "target"), catalogue), correction);
}

} // namespace

std::optional<Json> execute_annotation(StoreSession& store, const Catalogue& catalogue, const Json& order)
{
    const auto command = text_in(order, "command");
    if (command == "annotate")
        return Json{{"exit", 0}, {"annotation", annotate(store, catalogue, order)}};
    if (command == "correct")
        return Json{{"exit", 0}, {"correction", correct(store, catalogue, order)}};
    if (command != "withdraw" && command != "end")
        return std::nullopt;
    const char* what = command == "end" ? "correction" : "annotation";
    const auto id = id_in(order, what);
    const auto reason = text_in(order, "reason");
    const auto by = checked_note("the name", text_in(order, "by")); // without one a correction ends by itself
    if (command == "end")
        CorrectionStore(store).end(id, reason, by, 0);
    else
        AnnotationStore(store).withdraw(id, reason, by);
    return Json{{"exit", 0}, {what, id}};
}

} // namespace skurd
