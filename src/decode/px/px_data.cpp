// The cells of a PX file. Without KEYS all of them follow one another, row-major. With KEYS each row begins with what
// it is of, a value or code in quotes for each variable of STUB, and rows of nothing but zeros are left out.
#include "base/stopping.hpp"
#include "base/text.hpp"
#include "decode/px/parts.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace skurd::px {

namespace {

constexpr std::string_view delimiters = " \t\r\n,;";

struct Token {
    std::string_view text;
    bool quoted = false;
};

/// Splits DATA. Delimiters are blanks, and in old files commas and semicolons as well; the last semicolon is the end.
class Tokens {
public:
    explicit Tokens(std::string_view data, std::size_t line) : rest_(data), line_(line)
    {
        const auto end = rest_.find_last_not_of(" \t\r\n\x1a");
        if (end == std::string_view::npos || rest_[end] != ';')
            throw error("DATA does not end with a semicolon: the file was cut short, fetch it again");
        rest_ = rest_.substr(0, end);
    }

    bool next(Token& token)
    {
        throw_if_stopped();
        skip();
        if (rest_.empty())
            return false;
        token.quoted = rest_.front() == '"';
        if (token.quoted)
            rest_.remove_prefix(1);
        const auto end = token.quoted ? rest_.find('"') : std::min(rest_.find_first_of(delimiters), rest_.size());
        if (end == std::string_view::npos)
            throw error("line {}: a text in quotes begins here and does not end", line_);
        token.text = rest_.substr(0, end);
        rest_.remove_prefix(end + (token.quoted ? 1 : 0));
        return true;
    }

    std::size_t line() const { return line_; }

private:
    void skip()
    {
        while (!rest_.empty() && delimiters.find(rest_.front()) != std::string_view::npos) {
            line_ += rest_.front() == '\n' ? 1 : 0;
            rest_.remove_prefix(1);
        }
    }

    std::string_view rest_;
    std::size_t line_;
};

/// Reads single cells.
class CellReader {
public:
    CellReader(const Keywords& keywords, std::vector<std::string>& symbols) : index_(symbols)
    {
        for (std::size_t dots = 1; dots <= shown_.size(); ++dots) {
            shown_[dots - 1] = keywords.text(fmt::format("DATASYMBOL{}", dots));
            if (shown_[dots - 1].empty())
                shown_[dots - 1] = std::string(dots, '.');
        }
        nil_ = keywords.text("DATASYMBOLNIL");
        if (nil_.empty())
            nil_ = "-";
    }

    Cell read(const Token& token, std::size_t line)
    {
        if (const auto number = Decimal::parse(token.text))
            return Cell::of(*number);
        if (token.text == "-")
            return Cell::missing(index_(nil_));
        if (!token.text.empty() && token.text.size() <= shown_.size() &&
            token.text.find_first_not_of('.') == std::string_view::npos)
            return Cell::missing(index_(shown_[token.text.size() - 1]));
        if (!token.quoted || token.text.empty() || token.text.size() > symbol_max)
            throw error("line {}: '{}' in DATA is neither a number nor a symbol in quotes", line,
                        excerpt(token.text));
        const bool is_shown = std::find(shown_.begin(), shown_.end(), token.text) != shown_.end();
        if (!is_shown && token.text.find_first_of("0123456789") != std::string_view::npos)
            throw error("line {}: '{}' in DATA has digits, but is not written as PX writes numbers: without quotes, "
                        "with a point before decimals",
                        line, excerpt(token.text));
        return Cell::missing(index_(token.text));
    }

private:
    static constexpr std::size_t symbol_max = 40;

    std::array<std::string, 6> shown_; ///< what one to six dots are shown as
    std::string nil_;
    SymbolIndex index_;
};

void read_all_cells(Tokens& tokens, CellReader& reader, Cube& cube)
{
    const auto count = cube.cells.size();
    std::size_t at = 0;
    for (Token token; tokens.next(token); ++at) {
        if (at == count)
            throw error("line {}: DATA has more cells than the {} that the values multiply to", tokens.line(), count);
        cube.cells[at] = reader.read(token, tokens.line());
    }
    if (at != count)
        throw error("DATA has {} cells, but the values multiply to {}", at, count);
}

/// How the rows of a file with KEYS name the values of one variable.
using Positions = std::unordered_map<std::string, std::size_t>;

std::vector<Positions> key_positions(const Keywords& keywords, const Variables& variables)
{
    std::vector<Positions> all;
    for (std::size_t i = 0; i < variables.stubs; ++i) {
        const auto& variable = variables.all[i];
        auto& positions = all.emplace_back();
        if (variable.name.empty()) // the contents, which no row names
            continue;
        const auto codes = keywords.texts("CODES", {variable.name});
        const bool by_code = keywords.text("KEYS", {variable.name}) == "CODES" && !codes.empty();
        const auto& names = by_code ? codes : variable.values;
        for (std::size_t at = 0; at < names.size(); ++at)
            positions.emplace(names[at], at);
    }
    return all;
}

/// Which row of the table the tokens name, the first of them already read.
std::size_t read_keys(Token& token, Tokens& tokens, const Variables& variables, const std::vector<Positions>& keys)
{
    std::size_t row = 0;
    bool first = true;
    for (std::size_t i = 0; i < variables.stubs; ++i) {
        if (variables.all[i].name.empty())
            continue;
        if (!first && !tokens.next(token))
            throw error("line {}: DATA ends within the keys of a row", tokens.line());
        first = false;
        const auto found = keys[i].find(std::string(token.text));
        if (!token.quoted || found == keys[i].end())
            throw error("line {}: '{}' is to be a value of '{}' (KEYS), and is none", tokens.line(),
                        excerpt(token.text), excerpt(variables.all[i].name));
        row = row * variables.all[i].values.size() + found->second;
    }
    return row;
}

void read_keyed_cells(const Keywords& keywords, const Variables& variables, Tokens& tokens, CellReader& reader,
                      Cube& cube, std::vector<std::string>* notes)
{
    if (keywords.texts("STUB").empty())
        throw error("KEYS name the rows by the variables of STUB, and there are none");
    const auto keys = key_positions(keywords, variables);
    std::size_t width = 1;
    for (auto i = variables.stubs; i < variables.all.size(); ++i)
        width *= variables.all[i].values.size();
    const auto rows = cube.cells.size() / width;
    std::vector<bool> given(rows);
    for (Token token; tokens.next(token);) {
        const auto line = tokens.line();
        const auto row = read_keys(token, tokens, variables, keys);
        if (given[row])
            throw error("line {}: a row with these keys was there before", line);
        given[row] = true;
        for (std::size_t i = 0; i < width; ++i) {
            if (!tokens.next(token))
                throw error("line {}: the row has {} cells, and the heading {}", line, i, width);
            cube.cells[row * width + i] = reader.read(token, tokens.line());
        }
    }
    const auto left_out = static_cast<std::size_t>(std::count(given.begin(), given.end(), false));
    for (std::size_t i = 0; i < cube.cells.size(); ++i)
        if (!given[i / width])
            cube.cells[i] = Cell::of(Decimal());
    if (left_out > 0 && notes)
        notes->push_back(
            fmt::format("{} of {} rows are left out of DATA, which by its KEYS makes them zeros", left_out, rows));
}

/// Zeros behind the decimals that a value is published with are the file's padding: "1110887.00" is 1110887.
void drop_padding(const Variables& variables, std::optional<int> shown, Cube& cube)
{
    std::vector<std::size_t> strides(variables.all.size(), 1);
    for (auto i = variables.all.size(); i-- > 1;)
        strides[i - 1] = strides[i] * variables.all[i].values.size();
    for (std::size_t at = 0; at < cube.cells.size(); ++at) {
        throw_if_stopped();
        auto& cell = cube.cells[at];
        if (!cell.has_number() || cell.scale == 0)
            continue;
        auto decimals = shown;
        for (std::size_t i = 0; i < variables.all.size(); ++i) {
            const auto& categories = variables.all[i].dimension.categories;
            if (const auto own = categories[at / strides[i] % categories.size()].decimals)
                decimals = own;
        }
        for (; decimals && cell.scale > *decimals && cell.mantissa % 10 == 0; --cell.scale)
            cell.mantissa /= 10;
    }
}

} // namespace

void read_data(const Keywords& keywords, const Variables& variables, Cube& cube, std::vector<std::string>* notes)
{
    cube.cells.resize(cube.cell_count());
    Tokens tokens(keywords.data(), keywords.data_line());
    CellReader reader(keywords, cube.symbols);
    if (keywords.all("KEYS").empty())
        read_all_cells(tokens, reader, cube);
    else
        read_keyed_cells(keywords, variables, tokens, reader, cube, notes);
    auto shown = keywords.decimals("SHOWDECIMALS");
    drop_padding(variables, shown ? shown : keywords.decimals("DECIMALS"), cube);
}

} // namespace skurd::px
