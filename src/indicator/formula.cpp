#include "indicator/formula.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace skurd {

namespace {

struct Function {
    std::string_view name;
    Formula::Kind kind;
    std::size_t fewest;
    std::size_t most;
};

constexpr std::size_t any_number = 1000;
constexpr std::array<Function, 9> functions = {{{"sum", Formula::Kind::sum, 1, any_number},
                                                {"mean", Formula::Kind::mean, 1, any_number},
                                                {"share", Formula::Kind::share, 2, 2},
                                                {"growth", Formula::Kind::growth, 1, 1},
                                                {"deflate", Formula::Kind::deflate, 2, 2},
                                                {"previous", Formula::Kind::previous, 1, 1},
                                                {"next", Formula::Kind::next, 1, 1},
                                                {"coalesce", Formula::Kind::coalesce, 2, any_number},
                                                {"earlier", Formula::Kind::earlier, 0, 0}}};

bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool is_in_name(char c)
{
    return is_letter(c) || is_digit(c) || c == '_' || c == '-' || c == '.' || c == '/';
}

/// Reads a formula from left to right; every error names the character it stands at.
class FormulaReader {
public:
    explicit FormulaReader(std::string_view text) : text_(text) {}

    Formula read()
    {
        if (text_.size() > formula_bytes_max)
            throw usage_error("a formula of {} bytes is too long: {} is the most", text_.size(), formula_bytes_max);
        auto formula = expression();
        if (skip_space(); at_ != text_.size())
            fail("an operator (+ - * /) or the end");
        check_places(formula, Formula::Kind::number);
        return formula;
    }

private:
    /// coalesce() is a whole formula, since which source a number is from must show in what is judged; earlier() is
    /// an argument of it; a number of the formula itself states nothing of any period.
    void check_places(const Formula& formula, Formula::Kind inside)
    {
        using Kind = Formula::Kind;
        for (const auto& operand : formula.operands) {
            at_ = operand.at;
            if (operand.kind == Kind::coalesce)
                fail("coalesce(…) around the whole formula, not inside it,");
            if (formula.kind == Kind::coalesce && operand.kind == Kind::number)
                fail("a series or an indicator in coalesce(…), which a number is not,");
            check_places(operand, formula.kind);
        }
        at_ = formula.at;
        if (formula.kind == Kind::earlier && inside != Kind::coalesce)
            fail("earlier() as an argument of coalesce(…), and nowhere else,");
    }

    Formula expression()
    {
        auto left = term();
        while (true) {
            skip_space();
            if (take('+'))
                left = joined(Formula::Kind::add, std::move(left), term());
            else if (take('-'))
                left = joined(Formula::Kind::subtract, std::move(left), term());
            else
                return left;
        }
    }

    Formula term()
    {
        auto left = factor();
        while (true) {
            skip_space();
            if (take('*'))
                left = joined(Formula::Kind::multiply, std::move(left), factor());
            else if (take('/'))
                left = joined(Formula::Kind::divide, std::move(left), factor());
            else
                return left;
        }
    }

    Formula factor()
    {
        if (++depth_ > formula_depth_max)
            fail(fmt::format("no more than {} brackets inside one another", formula_depth_max));
        skip_space();
        const auto start = at_;
        Formula found;
        if (take('-')) {
            found.kind = Formula::Kind::negate;
            found.operands.push_back(factor());
            found.at = start;
        } else {
            found = primary();
        }
        --depth_;
        return found;
    }

    Formula primary()
    {
        const auto start = at_;
        if (take('(')) {
            auto inner = expression();
            expect(')');
            return inner;
        }
        if (at_ < text_.size() && is_digit(text_[at_]) && !begins_dataset())
            return number();
        if (at_ == text_.size() || (!is_letter(text_[at_]) && !is_digit(text_[at_]) && text_[at_] != '"'))
            fail("a series such as ssb/07459{Region=0}, a number, a function or an opening bracket");
        const auto name = word();
        skip_space();
        if (at_ < text_.size() && text_[at_] == '(' && name.find('/') == std::string_view::npos)
            return call(name, start);
        if (name.find('/') == std::string_view::npos && text_[start] != '"') {
            at_ = start;
            fail("a dataset such as ssb/07459, or a function with its brackets");
        }
        return series(start);
    }

    /// Whether what begins with a digit is a dataset, "127.0.0.1/07459" or "12/07459{Region=0}", and not a number
    /// that something is divided by: "100/ssb/07459", "12/5". What can be both is a number; quotes make it a dataset.
    bool begins_dataset() const
    {
        auto end = at_;
        while (end < text_.size() && is_in_name(text_[end]))
            ++end;
        const auto name = text_.substr(at_, end - at_);
        const auto slash = name.find('/');
        if (slash == std::string_view::npos)
            return false;
        if (!Decimal::parse(name.substr(0, slash)))
            return true;
        return end < text_.size() && text_[end] == '{' && name.find('/', slash + 1) == std::string_view::npos;
    }

    std::string_view word()
    {
        const auto start = at_;
        if (text_[at_] == '"')
            skip_quoted();
        else
            while (at_ < text_.size() && is_in_name(text_[at_]))
                ++at_;
        return text_.substr(start, at_ - start);
    }

    Formula number()
    {
        const auto start = at_;
        while (at_ < text_.size() && (is_digit(text_[at_]) || text_[at_] == '.'))
            ++at_;
        const auto value = Decimal::parse(text_.substr(start, at_ - start));
        if (!value || text_[at_ - 1] == '.') {
            at_ = start;
            fail("a number such as 2.5");
        }
        Formula formula;
        formula.kind = Formula::Kind::number;
        formula.at = start;
        formula.number = *value;
        return formula;
    }

    /// What follows a dataset's name, up to the closing brace.
    Formula series(std::size_t start)
    {
        const auto name_end = at_;
        if (take('{')) {
            while (at_ < text_.size() && text_[at_] != '}') {
                if (text_[at_] == '"')
                    skip_quoted();
                else
                    ++at_;
            }
            expect('}');
        } else {
            at_ = name_end;
        }
        const auto text = text_.substr(start, at_ - start);
        try {
            auto formula = Formula::of(Selector::parse(text));
            formula.at = start;
            return formula;
        } catch (const Error& failure) {
            throw usage_error("formula '{}': the series {}: {}", text_, place_in(text_, start), failure.what());
        }
    }

    Formula call(std::string_view name, std::size_t start)
    {
        if (name == "indicator")
            return other_indicator(start);
        const auto function =
            std::find_if(functions.begin(), functions.end(), [&](const auto& f) { return f.name == name; });
        if (function == functions.end()) {
            at_ = start;
            fail("a function: coalesce, deflate, earlier, growth, indicator, mean, next, previous, share or sum");
        }
        expect('(');
        Formula formula;
        formula.kind = function->kind;
        formula.at = start;
        if (function->most == 0) {
            expect(')');
            return formula;
        }
        do {
            if (function->kind == Formula::Kind::deflate && formula.operands.size() == 2) {
                formula.base_year = base_year();
                break;
            }
            if (formula.operands.size() == function->most)
                fail(fmt::format("a closing bracket: {} takes {} argument{}", name, function->most,
                                 function->most == 1 ? "" : "s"));
            formula.operands.push_back(expression());
        } while (take(','));
        if (formula.operands.size() < function->fewest)
            fail(fmt::format("another argument: {} takes {}", name, function->fewest));
        if (function->kind == Formula::Kind::deflate && formula.base_year == 0)
            fail("', base = ' and a year, such as base = 2018");
        expect(')');
        return formula;
    }

    Formula other_indicator(std::size_t start)
    {
        expect('(');
        Formula formula;
        formula.kind = Formula::Kind::indicator;
        formula.at = start;
        formula.indicator = whole_number("an indicator's number", 9999);
        if (take('/'))
            fail(fmt::format("the series of that indicator itself: which ones {} stands for is known from the store "
                             "alone, so a formula cannot name one",
                             formula.indicator));
        expect(')');
        return formula;
    }

    int base_year()
    {
        skip_space();
        const auto start = at_;
        if (at_ == text_.size() || word() != "base") {
            at_ = start;
            fail("base = and a year");
        }
        expect('=');
        const int year = whole_number("a year such as 2018", 2999);
        if (year < 1800)
            fail("a year such as 2018");
        return year;
    }

    int whole_number(std::string_view wanted, int most)
    {
        skip_space();
        int value = 0;
        const auto [end, failure] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), value);
        if (failure != std::errc() || value < 1 || value > most)
            fail(wanted);
        at_ = static_cast<std::size_t>(end - text_.data());
        return value;
    }

    static Formula joined(Formula::Kind kind, Formula left, Formula right)
    {
        Formula formula;
        formula.kind = kind;
        formula.at = left.at;
        formula.operands.push_back(std::move(left));
        formula.operands.push_back(std::move(right));
        return formula;
    }

    void skip_quoted()
    {
        const auto end = text_.find('"', at_ + 1);
        if (end == std::string_view::npos)
            fail("a closing quote to this one");
        at_ = end + 1;
    }

    void skip_space() { at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size()); }

    bool take(char mark)
    {
        skip_space();
        if (at_ == text_.size() || text_[at_] != mark)
            return false;
        ++at_;
        return true;
    }

    void expect(char mark)
    {
        if (!take(mark))
            fail(fmt::format("'{}'", mark));
    }

    [[noreturn]] void fail(std::string_view wanted) const
    {
        throw usage_error("formula '{}': expected {} {}", text_, wanted, place_in(text_, at_));
    }

    std::string_view text_;
    std::size_t at_ = 0;
    int depth_ = 0;
};

} // namespace

std::string place_in(std::string_view text, std::size_t byte)
{
    const auto before = text.substr(0, byte);
    const auto characters = std::count_if(before.begin(), before.end(),
                                          [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
    return fmt::format("at character {}", characters + 1);
}

Formula parse_formula(std::string_view text)
{
    return FormulaReader(trim(text)).read();
}

} // namespace skurd
