// skurd_fuzz_seeds FOLDER: inputs to begin with, a subfolder for each target, from what tests decode anyway.
#include "tests/decode/small_dataset.hpp"
#include "tests/decode/workbooks.hpp"
#include "tests/decode/xls_bytes.hpp"
#include "tests/fuzz/feeds.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

namespace fs = std::filesystem;

namespace skurd::test {

namespace {

/// A folder of inputs, numbered as they come.
class Seeds {
public:
    explicit Seeds(fs::path folder) : folder_(std::move(folder)) {}

    void add(const std::string& target, const std::string& bytes)
    {
        fs::create_directories(folder_ / target);
        std::ofstream(folder_ / target / ("seed-" + std::to_string(++counts_[target])), std::ios::binary) << bytes;
    }

private:
    fs::path folder_;
    std::map<std::string, int> counts_;
};

std::string read(const fs::path& file)
{
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// The answers and jobs of the connectors' cases, by what they are.
void add_cases(Seeds& seeds)
{
    constexpr std::size_t answer_max = 8000; // larger ones only make it slow
    const auto layouts = static_cast<char>(drop_layouts().size());
    for (const auto& entry : fs::recursive_directory_iterator(SKURD_SOURCE_DIR "/connectors")) {
        const auto extension = entry.path().extension();
        if (!entry.is_regular_file() || entry.path().string().find("/cases/") == std::string::npos)
            continue;
        const auto bytes = read(entry.path());
        if (extension == ".json") {
            seeds.add("jsonstat", bytes);
            for (char reader = 'a'; reader <= 'q'; ++reader)
                if (bytes.size() < answer_max)
                    seeds.add("answer", reader + bytes);
        } else if (extension == ".toml") {
            seeds.add("job", bytes);
            const auto layout = bytes.find("[layout]\n");
            if (layout != std::string::npos)
                seeds.add("layout", bytes.substr(layout + 9));
        } else if (extension == ".csv" && entry.path().filename() != "expected.csv") {
            for (char i = 0; i < layouts; ++i)
                seeds.add("csv", static_cast<char>('0' + i) + bytes);
            seeds.add("describe", "c" + bytes);
            seeds.add("describe", "x" + bytes);
        } else if (extension == ".px") {
            seeds.add("px", bytes);
        } else if (extension == ".xls") {
            for (char i = 0; i < layouts; ++i)
                seeds.add("xls", static_cast<char>('0' + i) + bytes);
        } else if (extension == ".xlsx") {
            for (char i = 0; i < layouts; ++i)
                seeds.add("sheet", std::string("f") + static_cast<char>('0' + i) + bytes);
            seeds.add("zip", bytes);
        }
    }
}

std::string part(const std::vector<std::pair<std::string, std::string>>& entries, const std::string& name)
{
    for (const auto& [entry, bytes] : entries)
        if (entry == name)
            return bytes;
    return "";
}

const std::vector<std::vector<std::vector<std::string>>> tables = {
    {{"Region", "2016", "2017"}, {"Bø", "#1.5", "3 912"}, {"Ås", "%0.5", ""}},
    {{"Region", "Navn", "Kjønn", "Tid", "Verdi", "Enhet"},
     {"1", "Bø", "Menn", "@2024-03-01", "1,234.5", "kr"},
     {"1", "Bø", "Kvinner", "@2024-03-01", "#2", "kr"}},
    {{"", "Tall", ""}, {"", "Antall", "Andel"}, {"Region", "2016", "2017"}, {"Bø", "#1", "-2,5"}},
    {{"Tittel"}, {"Region", "År", "Antall ¹", "Andel menn"}, {"01 Bø", "2016", "Endret", "#3"}, {"Kilde: x"}},
    {{"Navn", "A1", "A2"}, {"Gruppe"}, {"b", "1", "2"}},
    {{"2024", "#5"}, {"Bø", "#6"}},
    {{"", "2016", ""}, {"Region", "antall", "andel"}, {"Bø", "1", "2"}},
};

void add_workbooks(Seeds& seeds)
{
    for (std::size_t i = 0; i < tables.size(); ++i) {
        const auto layout = static_cast<char>('0' + i);
        const std::vector<SheetText> sheets = {{"Tabell", tables[i], {"B1:C1"}}};
        const auto entries = xlsx_entries(sheets);
        seeds.add("sheet", std::string("x") + layout + part(entries, "xl/workbook.xml") + '\x1f' +
                               part(entries, "xl/_rels/workbook.xml.rels") + "\x1f\x1f" +
                               part(entries, "xl/styles.xml") + '\x1f' + part(entries, "xl/worksheets/s0.xml"));
        seeds.add("sheet", std::string("o") + layout + part(ods_entries(sheets), "content.xml"));
        seeds.add("sheet", std::string("f") + layout + xlsx(sheets));
        seeds.add("sheet", std::string("f") + layout + ods(sheets));
        seeds.add("zip", ods(sheets));
        std::string csv(1, layout);
        for (const auto& row : tables[i])
            for (std::size_t column = 0; column < row.size(); ++column)
                csv += row[column] + (column + 1 < row.size() ? ";" : "\n");
        seeds.add("csv", csv);
    }
}

void add_orders(Seeds& seeds)
{
    for (
        const auto* order :
        {R"({"order":"harvest","which":"named","jobs":["ssb-cpi"],"agreement":{}})",
         R"({"order":"annotate","target":"9","kind":"note","period":"2016","vintage":0,"text":"x","actor":"Kari"})",
         R"({"order":"acknowledge","flags":[1,2],"note":"x","actor":"Kari"})",
         R"({"order":"sign off","set":3,"period":"2018","note":"","actor":"Kari"})",
         R"({"order":"add signature","sign_off":1,"public_key":"-----BEGIN","signature":"AAAA","actor":""})",
         R"({"order":"forget","person":"Kari","actor":"Ola"})",
         R"({"order":"correct","target":"9","period":"2016","expected":"2","corrected":"3","reason":"r","actor":"K"})",
         R"({"order":"discard","quarantine":1,"note":"x","actor":"y"})", R"({"order":"replay","jobs":[]})",
         R"({"order":"drop","job":"js","file_name":"js.json","modified":"2020-01-01T00:00:00Z"})"})
        seeds.add("order", order);
}

/// What skurd writes into those columns itself.
void add_columns(Seeds& seeds)
{
    using namespace std::string_literals;
    for (const auto& column :
         {"z2 1-2 4\n"s, "a\x28\xb5\x2f\xfd\x00\x08\x00\x00"s, "r1-2"s, "p1 3-9"s, "c\x01\x03\x00\x14"s,
          "f\x28\xb5\x2f\xfd"s,
          R"(l{"dimensions":[{"id":"nr","label":"x","role":"none","categories":[{"code":"1","label":""}]}]})"s,
          "t2016"s, "v4.50"s})
        seeds.add("store", column);
}

/// Old workbooks with every kind of cell, of Excel 97 and 5.
void add_old_workbooks(Seeds& seeds)
{
    const auto special = [](char kind) {
        return std::string{kind, 0, 7, 0, 0, 0, '\xff', '\xff'} + std::string(8, '\0');
    };
    const auto texts = biff(0x00fc, u32(2) + u32(2) + biff_text("Oslo") + u16(3) + '\x0c' + u16(1) + u32(2) + "121" +
                                        u16(2) + u16(5) + "ph") +
                       biff(0x003c, "x");
    const auto globals = biff(0x0042, u16(1252)) + biff(0x0022, u16(0)) +
                         biff(0x0031, std::string(8, '\0') + u16(1) + std::string(6, '\0')) +
                         biff(0x041e, u16(164) + biff_text("0000")) + biff(0x00e0, u16(0) + u16(164)) +
                         biff(0x00e0, u16(0) + u16(10)) + texts;
    const auto row = biff_label(0, 0, "Region") + biff_label(0, 1, "2016") + biff_label(0, 2, "2017");
    const auto cells = row + biff(0x00fd, biff_cell(1, 0) + u32(0)) +
                       biff(0x00bd, u16(1) + u16(1) + u16(0) + u32(6) + u16(1) + u32(7) + u16(2)) +
                       biff(0x00d6, biff_cell(2, 0) + biff_text("B1") + u16(1) + u16(1) + u16(5)) +
                       biff(0x0006, biff_cell(2, 1) + special(0)) + biff(0x0207, biff_text("1,5")) +
                       biff(0x0205, biff_cell(2, 2) + std::string{7, 1}) +
                       biff(0x00e5, u16(1) + u16(0) + u16(0) + u16(1) + u16(2)) +
                       biff(0x0203, biff_cell(3, 1) + f64(2.5)) + biff(0x027e, biff_cell(3, 2) + u32(2));
    for (char layout = '0'; layout < static_cast<char>('0' + drop_layouts().size()); ++layout) {
        seeds.add("xls", layout + xls(globals, {{"Tabell", cells}, {"Skjult", "", 1}, {"Figur", "", 0, 2}}));
        seeds.add("xls", layout + xls("", {{"Tabell", biff(0x0204, biff_cell(0, 0) + u16(2) + "B\xf8")}}, 0x0500));
    }
}

} // namespace

} // namespace skurd::test

int main(int argc, char** argv)
{
    using namespace skurd::test;
    if (argc != 2)
        return 2;
    Seeds seeds(argv[1]);
    add_cases(seeds);
    add_workbooks(seeds);
    add_old_workbooks(seeds);
    add_orders(seeds);
    add_columns(seeds);
    seeds.add("jsonstat", small_dataset);
    for (const auto& layout : drop_layouts()) {
        seeds.add("layout", layout);
        seeds.add("job", "[job]\nconnector = \"drop\"\nschedule = \"20 8 * * 1-5\"\n[source]\nfiles = \"*.csv\"\n"
                         "[layout]\n" +
                             layout);
    }
    return 0;
}
