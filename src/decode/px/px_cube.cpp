// Dimensions of a PX file. Keywords refer to variables and values by their names in the main language, so these are
// kept beside the codes until all is read. What digits in a time code mean is told by TIMEVAL alone.
#include "base/text.hpp"
#include "decode/px/parts.hpp"
#include "model/period.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace skurd::px {

namespace {

constexpr std::size_t variables_max = 100;
constexpr std::size_t categories_max = 1'000'000;

/// "Q1" of TLIST(Q1): the letter of a canonical period, or 0 for years and what is not known.
struct TimeScale {
    std::string word;
    char letter = 0;
    std::size_t digits = 0; ///< of the part of the year
};
constexpr std::pair<std::string_view, std::pair<char, std::size_t>> scales[] = {
    {"H1", {'H', 1}}, {"T1", {'T', 1}}, {"Q1", {'Q', 1}}, {"M1", {'M', 2}}, {"W1", {'W', 2}}};

/// "20241" as "2024Q1"; what is not of that many digits stays.
std::string period_code(const std::string& code, const TimeScale& scale)
{
    constexpr std::size_t year_digits = 4;
    if (scale.letter == 0 || !all_digits(code) || code.size() != year_digits + scale.digits)
        return code;
    return code.substr(0, year_digits) + scale.letter + code.substr(year_digits);
}

bool is_period(const std::string& code)
{
    const auto period = Period::parse(code);
    return period && period->kind() != PeriodKind::other;
}

/// The scale of TIMEVAL("år")=TLIST(Q1),"20241",… or TLIST(A1,"1994"-"1996").
TimeScale scale_of(const Keyword& timeval)
{
    const auto list = timeval.values.empty() ? "" : timeval.values.front();
    const auto open = list.find('(');
    const auto end = open == std::string::npos ? open : list.find_first_of(",)", open);
    TimeScale scale;
    if (end != std::string::npos)
        scale.word = trim(list.substr(open + 1, end - open - 1));
    for (const auto& [word, meaning] : scales)
        if (word == scale.word)
            std::tie(scale.letter, scale.digits) = meaning;
    return scale;
}

/// The codes of time as periods: by their digits, or, where those are names, those of TIMEVAL in the same order.
void read_time(const Keyword& timeval, Variable& variable)
{
    const auto scale = scale_of(timeval);
    auto& categories = variable.dimension.categories;
    const auto all_periods = [&] {
        return std::all_of(categories.begin(), categories.end(), [](const auto& c) { return is_period(c.code); });
    };
    for (auto& category : categories)
        category.code = period_code(category.code, scale);
    if (all_periods() || timeval.values.size() != categories.size() + 1)
        return;
    for (std::size_t i = 0; i < categories.size(); ++i)
        categories[i].code = period_code(timeval.values[i + 1], scale);
}

std::optional<bool> eliminable(const Keywords& keywords, const std::string& name)
{
    const auto* elimination = keywords.find("ELIMINATION", {name});
    if (!elimination || elimination->values.empty())
        return std::nullopt;
    return elimination->values.front() != "NO";
}

/// "urn:ssb:classification:klass:110,urn:ssb:conceptvariable:…": the first that is of a classification.
std::string classification(const std::string& meta_id)
{
    for (const auto id : split(meta_id, ','))
        if (id.find(":classification:") != std::string_view::npos)
            return std::string(trim(id));
    return "";
}

void read_role(const Keywords& keywords, Variable& variable)
{
    auto& dimension = variable.dimension;
    const auto type = keywords.text("VARIABLE-TYPE", {variable.name});
    const auto* timeval = keywords.find("TIMEVAL", {variable.name});
    if (timeval)
        read_time(*timeval, variable);
    if (timeval || type == "T" || type == "Time")
        dimension.role = Role::time;
    else if (keywords.text("CONTVARIABLE") == variable.name)
        dimension.role = Role::metric;
    else if (type == "G" || type == "Geographical" || keywords.find("MAP", {variable.name}))
        dimension.role = Role::geo;
}

void check_codes(const Dimension& dimension, std::size_t line)
{
    std::set<std::string_view> seen;
    for (const auto& category : dimension.categories) {
        if (category.code.empty())
            throw error("line {}: an empty code of '{}'", line, excerpt(dimension.label));
        if (!seen.insert(category.code).second)
            throw error("line {}: the code '{}' of '{}' is there twice", line, excerpt(category.code),
                        excerpt(dimension.label));
    }
}

Variable read_variable(const Keywords& keywords, const std::string& name)
{
    if (name.empty())
        throw error("a variable without a name stands in STUB or HEADING");
    const auto* values = keywords.find("VALUES", {name});
    const auto* codes = keywords.find("CODES", {name});
    if (!values && !codes)
        throw error("the variable '{}' has no VALUES", excerpt(name));
    if (!values)
        values = codes;
    if (codes && codes->values.size() != values->values.size())
        throw error("line {}: {} CODES of '{}', but {} VALUES", codes->line, codes->values.size(), excerpt(name),
                    values->values.size());
    Variable variable{name, values->values, {}};
    auto& dimension = variable.dimension;
    const auto id = keywords.text("VARIABLECODE", {name});
    dimension.id = id.empty() ? name : id;
    dimension.label = name;
    for (std::size_t i = 0; i < values->values.size(); ++i)
        dimension.categories.push_back({codes ? codes->values[i] : values->values[i], values->values[i], "",
                                        keywords.decimals("PRECISION", {name, values->values[i]})});
    dimension.eliminable = eliminable(keywords, name);
    dimension.classification = classification(keywords.text("META-ID", {name}));
    read_role(keywords, variable);
    check_codes(dimension, (codes ? codes : values)->line);
    return variable;
}

/// What the contents' values say of units, decimals and base periods; else what the whole file says.
void describe_contents(const Keywords& keywords, Variable& contents)
{
    auto shown = keywords.decimals("SHOWDECIMALS");
    if (!shown)
        shown = keywords.decimals("DECIMALS");
    const auto own_or_common = [&](std::string_view keyword, const std::string& value) {
        const auto own = keywords.text(keyword, {value});
        return own.empty() ? keywords.text(keyword) : own;
    };
    for (std::size_t i = 0; i < contents.values.size(); ++i) {
        auto& category = contents.dimension.categories[i];
        category.unit = own_or_common("UNITS", contents.values[i]);
        category.base = own_or_common("BASEPERIOD", contents.values[i]);
        if (!category.decimals)
            category.decimals = shown;
    }
}

/// What the numbers are where no variable says so.
Variable whole_contents(const Keywords& keywords)
{
    auto matrix = keywords.text("MATRIX");
    auto label = keywords.text("CONTENTS");
    if (matrix.empty())
        matrix = label.empty() ? "value" : label;
    Variable contents{"", {label}, {}};
    contents.dimension.id = contents.dimension.label = "ContentsCode";
    contents.dimension.role = Role::metric;
    contents.dimension.categories.push_back({matrix, label.empty() ? matrix : label, "", std::nullopt});
    return contents;
}

} // namespace

Variables read_variables(const Keywords& keywords)
{
    Variables read;
    auto names = keywords.texts("STUB");
    read.stubs = names.size();
    const auto heading = keywords.texts("HEADING");
    names.insert(names.end(), heading.begin(), heading.end());
    if (names.empty())
        throw error("neither STUB nor HEADING says what the variables are");
    if (names.size() > variables_max)
        throw error("{} variables; {} are read", names.size(), variables_max);
    std::set<std::string> ids;
    std::size_t categories = 0;
    for (const auto& name : names) {
        read.all.push_back(read_variable(keywords, name));
        categories += read.all.back().values.size();
        if (categories > categories_max)
            throw error("the variables have more than {} values", categories_max);
        if (!ids.insert(read.all.back().dimension.id).second)
            throw error("two variables are called '{}'", excerpt(read.all.back().dimension.id));
    }
    const auto contents = std::find_if(read.all.begin(), read.all.end(),
                                       [](const auto& v) { return v.dimension.role == Role::metric; });
    if (contents != read.all.end()) {
        describe_contents(keywords, *contents);
    } else if (!ids.contains("ContentsCode")) {
        read.all.insert(read.all.begin(), whole_contents(keywords)); // of one value: no cell moves
        describe_contents(keywords, read.all.front());
        ++read.stubs;
    }
    return read;
}

} // namespace skurd::px
