#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <type_traits>

namespace skurd {

/// The words of an enumeration stand once, right after it:
///
///     enum class FlagState { open, acknowledged, closed };
///     template <> inline constexpr auto enum_words<FlagState> = word_table<FlagState>({
///         {FlagState::open, "open"}, {FlagState::acknowledged, "acknowledged"}, {FlagState::closed, "closed"}});
///
/// to_string() writes them and from_word() reads them back. A table that leaves out an enumerator, names one twice or
/// out of order, or gives two the same word, does not compile.
template <typename Enum>
inline constexpr auto enum_words = nullptr;

template <typename Enum>
concept HasWords = !std::is_null_pointer_v<std::remove_const_t<decltype(enum_words<Enum>)>>;

template <typename Enum>
struct EnumWord {
    Enum value;
    std::string_view word;
};

/// Whether a value of an enumeration has a name: compilers print an enumerator as it is called, any other value as
/// what it is cast from, "(skurd::FlagState)3". Clang begins what has no namespace's name with a parenthesis as well.
template <auto candidate>
consteval bool is_enumerator()
{
    constexpr std::string_view name = __PRETTY_FUNCTION__;
    constexpr std::string_view before = "candidate = ";
    constexpr auto printed = name.substr(name.find(before) + before.size());
    return !printed.starts_with('(') || printed.starts_with("(anonymous namespace)");
}

/// For enumerations that count from 0 without gaps.
template <typename Enum, std::size_t size>
consteval std::array<std::string_view, size> word_table(const EnumWord<Enum> (&rows)[size])
{
    std::array<std::string_view, size> words{};
    for (std::size_t i = 0; i < size; ++i) {
        if (rows[i].value != static_cast<Enum>(i))
            throw "the enumerators do not stand in their order";
        if (std::find(words.begin(), words.begin() + i, rows[i].word) != words.begin() + i)
            throw "two enumerators have one word";
        words[i] = rows[i].word;
    }
    if (is_enumerator<static_cast<Enum>(size)>())
        throw "an enumerator has no word";
    return words;
}

template <HasWords Enum>
constexpr std::string_view to_string(Enum value)
{
    return enum_words<Enum>.at(static_cast<std::size_t>(value));
}

/// The enumerator whose word it is; nothing for a word of none.
template <HasWords Enum>
constexpr std::optional<Enum> from_word(std::string_view word)
{
    const auto& words = enum_words<Enum>;
    const auto found = std::find(words.begin(), words.end(), word);
    return found == words.end() ? std::nullopt : std::optional(static_cast<Enum>(found - words.begin()));
}

} // namespace skurd
