#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace skurd {

/// A change of one key of a TOML file.
struct TomlEdit {
    enum class Kind {
        replace, ///< of the key and its value
        insert,  ///< below the key, or below a table's header
        remove,  ///< of the key and its value
    };

    Kind kind = Kind::replace;
    std::uint32_t line = 0; ///< where the key begins, counted from 1
    std::string lines{};    ///< what is written, "key = value", one or more lines
};

/// The file's text with that change; `name` is what errors call it. Every other line stays byte for byte, and so does
/// a comment behind what is changed; new lines are indented as the old one, with "=" in the same column. Throws Error
/// where nothing can be changed without a person: at that line no key begins, more than one does, or its value holds
/// a comment or is a table.
std::string edit_toml(std::string_view text, const std::string& name, const TomlEdit& edit);

} // namespace skurd
