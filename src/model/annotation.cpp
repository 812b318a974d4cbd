#include "model/annotation.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "model/enum_text.hpp"

namespace skurd {

namespace {

/// C0, DEL, and C1 (U+0080 to U+009F, two bytes).
bool is_control(std::string_view text, std::size_t at)
{
    const auto byte = static_cast<unsigned char>(text[at]);
    const auto next = at + 1 < text.size() ? static_cast<unsigned char>(text[at + 1]) : 0U;
    return byte < 0x20 || byte == 0x7f || (byte == 0xc2 && next >= 0x80 && next <= 0x9f);
}

} // namespace

bool is_about(const Annotation& annotation, const Observation& observation)
{
    return annotation.dataset == observation.dataset &&
           (annotation.series == 0 || annotation.series == observation.series) &&
           (!annotation.period || *annotation.period == observation.period) &&
           (annotation.vintage == 0 || annotation.vintage == observation.vintage);
}

bool stands(const Annotation& annotation, std::optional<Time> moment)
{
    if (!moment)
        return !annotation.withdrawn_at;
    return annotation.made_at <= *moment && (!annotation.withdrawn_at || *moment < *annotation.withdrawn_at);
}

std::string target_text(const Annotation& annotation)
{
    auto text = annotation.dataset;
    if (!annotation.codes.empty())
        text += " " + codes_text(annotation.codes);
    if (annotation.period)
        text += " " + annotation.period->text();
    if (annotation.vintage == 0)
        return text;
    return annotation.period ? fmt::format("{} (vintage {})", text, annotation.vintage)
                             : fmt::format("{} vintage {}", text, annotation.vintage);
}

std::string annotation_text(const Annotation& annotation, Language language)
{
    return fmt::format("{}: {} ({})", enum_text(annotation.kind, language), annotation.text,
                       said_by(annotation.actor, annotation.made_at));
}

std::string said_by(const std::string& actor, Time at)
{
    return actor.empty() ? format_date(at) : fmt::format("{}, {}", actor, format_date(at));
}

std::optional<Time> moment_of(const AsOf& as_of)
{
    return as_of.known ? as_of.known : as_of.published;
}

std::string checked_note(std::string_view what, std::string_view words)
{
    if (words.size() > note_bytes_max)
        throw usage_error("{} has {} bytes, more than {}: say it shorter", what, words.size(), note_bytes_max);
    if (!is_valid_utf8(words))
        throw usage_error("{} is not UTF-8: set the terminal's encoding to it", what);
    const auto text = trim(words);
    if (text.empty())
        throw usage_error("{} must not be empty", what);
    for (std::size_t at = 0; at < text.size(); ++at)
        if (is_control(text, at))
            throw usage_error("{} has a control character after '{}': write it on one line, as plain text", what,
                              excerpt(text.substr(0, at)));
    return std::string(text);
}

} // namespace skurd
