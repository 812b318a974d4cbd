#pragma once

#include "lib/json/json_reader.hpp"
#include "model/annotation.hpp"
#include "order/results.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace skurd {

/// Say something of a vintage, a number or a period.
struct AnnotateOrder {
    static constexpr std::string_view name = "annotate";
    using Result = RecordedResult;

    std::string target; ///< an indicator's number (what it reads now) or a selector
    AnnotationKind kind = AnnotationKind::note;
    std::optional<Period> period;
    std::int64_t vintage = 0; ///< 0 = any
    std::string text;
    std::string actor;

    static AnnotateOrder read(JsonReader& json);
};
/// {"target", "kind": as to_string() has it, "period": text or null, "vintage": id or null, "text", "actor"}
Json to_json(const AnnotateOrder& order);

/// Take back what was said so.
struct WithdrawOrder {
    static constexpr std::string_view name = "withdraw";
    using Result = DoneResult;

    std::int64_t annotation = 0;
    std::string reason;
    std::string actor;

    static WithdrawOrder read(JsonReader& json);
};
Json to_json(const WithdrawOrder& order); ///< {"annotation": id, "reason", "actor"}

/// A kind of annotation by its word. Throws Error (usage) that names those there are.
AnnotationKind read_annotation_kind(const std::string& word);

} // namespace skurd
