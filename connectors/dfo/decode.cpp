#include "connectors/dfo/decode.hpp"

#include "base/csv_reader.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "decode/csv/encoding.hpp"
#include "decode/csv/zipped_csv.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace skurd {

namespace {

constexpr int decimals = 3;

enum Column { year, period, chapter = 10, post = 12, post_name, agency = 23, agency_name, amount = 27, columns };

/// As the file names them, in its order.
constexpr std::array<std::string_view, columns> names = {"År",
                                                         "Periode",
                                                         "Konto_no",
                                                         "Konto",
                                                         "Programområde_id",
                                                         "Programområde",
                                                         "Programkategori_id",
                                                         "Programkategori",
                                                         "Fagdepartement_id",
                                                         "Fagdepartement",
                                                         "Kapittel_id",
                                                         "Kapittel",
                                                         "Post_id",
                                                         "Post",
                                                         "Post_type",
                                                         "Kontoklasse_id",
                                                         "Kontoklasse",
                                                         "Kontogruppe_id",
                                                         "Kontogruppe",
                                                         "Artskonto_id",
                                                         "Artskonto",
                                                         "Fagdepartement_Virksomhet_id",
                                                         "Fagdepartement_Virksomhet",
                                                         "Virksomhet_id",
                                                         "Virksomhet",
                                                         "Regnskapsfører_id",
                                                         "Regnskapsfører",
                                                         "Beløp"};

/// The codes of one dimension, ascending, with their labels.
using Labels = std::map<std::string, std::string>;

/// Where an amount belongs: chapter, post, agency or "", period.
using Key = std::array<std::string, 4>;

std::int64_t read_amount(const std::string& text, std::size_t line)
{
    const bool plain = text.find_first_not_of("0123456789,-") == std::string::npos;
    const auto number = plain ? Decimal::parse(replace_all(text, ",", ".")) : std::nullopt;
    if (!number || number->scale() > decimals)
        throw error("line {}: the amount '{}' is not a number with a decimal comma and at most {} decimals", line,
                    excerpt(text), decimals);
    auto mantissa = number->mantissa();
    for (int scale = number->scale(); scale < decimals; ++scale)
        if (__builtin_mul_overflow(mantissa, 10, &mantissa))
            throw error("line {}: the amount {} is too large", line, text);
    return mantissa;
}

/// Adds up the rows of a file one at a time.
class Accounts {
public:
    Accounts(const DfoSelection& selection, std::string encoding)
        : selection_(selection), encoding_(std::move(encoding))
    {
    }

    void add(const CsvRecord& row);
    Cube cube(std::size_t cells_max) const; ///< throws Error where the codes multiply to more

private:
    bool is_chosen(const CsvRecord& row) const;
    std::string period_of(const CsvRecord& row) const;
    std::string text(const std::string& field) const { return decode_text(field, encoding_).utf8; }

    const DfoSelection& selection_;
    std::string encoding_;
    std::array<Labels, 4> labels_;
    std::map<Key, std::int64_t> sums_;
};

bool Accounts::is_chosen(const CsvRecord& row) const
{
    const auto& id = row.fields[post];
    const auto has = [](const std::vector<std::string>& list, const std::string& code) {
        return std::find(list.begin(), list.end(), code) != list.end();
    };
    if (id.size() == 6 && all_digits(id))
        return has(selection_.chapters, id.substr(0, 4)) &&
               (selection_.posts.empty() || has(selection_.posts, id.substr(4)));
    const auto number =
        std::string(4 - std::min<std::size_t>(row.fields[chapter].size(), 4), '0') + row.fields[chapter];
    if (has(selection_.chapters, number))
        throw error("line {}: chapter {} with the post '{}', which is not six digits", row.line, number, excerpt(id));
    return false;
}

std::string Accounts::period_of(const CsvRecord& row) const
{
    const auto& text = row.fields[period];
    const bool is_month = text.size() == 6 && all_digits(text) && text.substr(4) >= "01" && text.substr(4) <= "12";
    if (!is_month)
        throw error("line {}: the period '{}' is not a month like 202401", row.line, excerpt(text));
    const auto of_year = text.substr(0, 4);
    if (of_year != row.fields[year] || (selection_.year != 0 && of_year != std::to_string(selection_.year)))
        throw error("line {}: the period {} in the year '{}' of the accounts of {}", row.line, text,
                    excerpt(row.fields[year]), selection_.year);
    return selection_.by_month ? of_year + "M" + text.substr(4) : of_year;
}

void Accounts::add(const CsvRecord& row)
{
    if (row.fields.size() != columns)
        throw error("line {}: {} fields instead of {}", row.line, row.fields.size(), static_cast<int>(columns));
    const auto value = read_amount(row.fields[amount], row.line);
    if (!is_chosen(row))
        return;
    const auto& id = row.fields[post];
    if (selection_.by_agency && row.fields[agency].empty())
        throw error("line {}: no {}", row.line, names[agency]);
    const Key key = {id.substr(0, 4), id.substr(4), selection_.by_agency ? text(row.fields[agency]) : "",
                     period_of(row)};
    labels_[0].emplace(key[0], text(row.fields[chapter + 1]));
    // What a post is called depends on the chapter.
    labels_[1].emplace(key[1], selection_.chapters.size() == 1 ? text(row.fields[post_name]) : key[1]);
    labels_[2].emplace(key[2], selection_.by_agency ? text(row.fields[agency_name]) : "");
    labels_[3].emplace(key[3], key[3]);
    auto& sum = sums_[key];
    if (__builtin_add_overflow(sum, value, &sum))
        throw error("line {}: the sum of {} is too large", row.line, id);
}

Dimension dimension_of(std::string id, std::string label, const Labels& labels)
{
    Dimension dimension;
    dimension.id = std::move(id);
    dimension.label = std::move(label);
    for (const auto& [code, text] : labels)
        dimension.categories.push_back({code, text.empty() ? code : text, "", std::nullopt});
    return dimension;
}

Cube Accounts::cube(std::size_t cells_max) const
{
    for (const auto& wanted : selection_.chapters)
        if (!labels_[0].contains(wanted))
            throw error("no row of chapter {} with the chosen posts", wanted);
    Cube cube;
    cube.label = "Statsregnskapet";
    cube.source = "DFØ";
    cube.dimensions = {dimension_of(dfo_chapter, "Kapittel", labels_[0]), dimension_of(dfo_post, "Post", labels_[1])};
    if (selection_.by_agency)
        cube.dimensions.push_back(dimension_of(dfo_agency, "Virksomhet", labels_[2]));
    Dimension measure = dimension_of(dfo_measure, "Måltall", {{"belop", "Regnskapsført beløp"}});
    measure.role = Role::metric;
    measure.categories.front().unit = "kroner";
    measure.categories.front().decimals = decimals;
    cube.dimensions.push_back(std::move(measure));
    cube.dimensions.push_back(dimension_of(dfo_period, "Periode", labels_[3]));
    cube.dimensions.back().role = Role::time;
    if (cube.cell_count() > cells_max)
        throw error("the codes multiply to {} cells, and a file of this size may have {}", cube.cell_count(),
                    cells_max);
    cube.cells.resize(cube.cell_count());
    std::array<std::map<std::string_view, std::size_t>, 4> places;
    for (std::size_t i = 0; i < places.size(); ++i)
        for (const auto& [code, text] : labels_[i])
            places[i].emplace(code, places[i].size());
    for (const auto& [key, sum] : sums_) {
        std::size_t at = 0;
        for (std::size_t i = 0; i < key.size(); ++i)
            at = at * labels_[i].size() + places[i].at(key[i]);
        cube.cells[at] = Cell::of(Decimal(sum, decimals));
    }
    return cube;
}

void check_header(CsvReader& reader, const std::string& encoding)
{
    CsvRecord header;
    if (!reader.read(header))
        throw error("an empty file");
    std::vector<std::string> found;
    for (const auto& field : header.fields)
        found.push_back(decode_text(field, encoding).utf8);
    for (std::size_t i = 0; i < std::max<std::size_t>(found.size(), columns); ++i)
        if (i >= found.size() || i >= columns || found[i] != names[i])
            throw error("column {} is '{}' and should be '{}': the file has another form than the one that is known",
                        i + 1, i < found.size() ? excerpt(found[i]) : "", i < columns ? names[i] : "");
}

} // namespace

Cube decode_dfo_csv(std::string_view csv, const DfoSelection& selection)
{
    constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
    if (csv.starts_with(byte_order_mark))
        csv.remove_prefix(byte_order_mark.size());
    const std::string encoding = is_valid_utf8(csv) ? "utf-8" : "windows-1252";
    CsvReader reader(csv);
    reader.set_separator(';');
    check_header(reader, encoding);
    Accounts accounts(selection, encoding);
    for (CsvRecord row; reader.read(row);)
        if (!row.is_blank())
            accounts.add(row);
    return accounts.cube(bounds_of(csv.size()).cells);
}

Cube decode_dfo(std::string_view zip, const DfoSelection& selection)
{
    constexpr std::size_t bytes_max = std::size_t(1) << 30; // a year is some 150 MB
    return decode_dfo_csv(read_zipped_csv(zip, bytes_max), selection);
}

} // namespace skurd
