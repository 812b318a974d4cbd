// A Parquet file is the word PAR1, then for each row group the pages of its columns, then the footer (schema, and
// where each page is), the footer's length in four bytes, and PAR1 again. Headers and footer are structs of Thrift's
// compact protocol: each field is a byte of (how far from the field before, type), then its value; integers are
// variable in length, signed ones folded (zigzag); a struct ends with 0. A page begins with its definition levels,
// which say row by row whether a value is there: their length in four bytes, then a bit for each row, packed in
// groups of eight. https://github.com/apache/parquet-format has the names of the fields that are numbered here.
#include "report/parquet.hpp"

#include "base/error.hpp"
#include "base/time_text.hpp"
#include "lib/zstd/zstd.hpp"

#include <bit>
#include <chrono>
#include <limits>

namespace skurd {

namespace {

constexpr std::string_view mark = "PAR1";

template <typename Number>
void put_little_endian(std::string& to, Number number)
{
    for (std::size_t byte = 0; byte < sizeof(Number); ++byte)
        to += static_cast<char>((number >> (8 * byte)) & 0xff);
}

/// A struct of Thrift's compact protocol; its fields are added in ascending order.
class CompactStruct {
public:
    CompactStruct& number32(int field, std::int64_t value) { return integer(field, 5, value); }
    CompactStruct& number64(int field, std::int64_t value) { return integer(field, 6, value); }

    CompactStruct& flag(int field, bool value)
    {
        begin(field, value ? 1 : 2);
        return *this;
    }

    CompactStruct& text(int field, std::string_view value)
    {
        begin(field, 8);
        bytes_ += texts({value});
        return *this;
    }

    CompactStruct& nested(int field, const CompactStruct& value)
    {
        begin(field, 12);
        bytes_ += value.done();
        return *this;
    }

    /// `type`: of the elements, which are written already.
    CompactStruct& list(int field, int type, std::size_t count, std::string_view elements)
    {
        begin(field, 9);
        if (count < 15) {
            bytes_ += static_cast<char>(count << 4 | static_cast<unsigned>(type));
        } else {
            bytes_ += static_cast<char>(0xf0 | type);
            bytes_ += unsigned_text(count);
        }
        bytes_ += elements;
        return *this;
    }

    std::string done() const { return bytes_ + '\0'; }

    static std::string texts(std::initializer_list<std::string_view> values)
    {
        std::string all;
        for (const auto value : values)
            all.append(unsigned_text(value.size())).append(value);
        return all;
    }

    static std::string numbers(std::initializer_list<std::int64_t> values)
    {
        std::string all;
        for (const auto value : values)
            all += folded(value);
        return all;
    }

private:
    static std::string unsigned_text(std::uint64_t value)
    {
        std::string text;
        for (; value >= 0x80; value >>= 7)
            text += static_cast<char>(value | 0x80);
        return text + static_cast<char>(value);
    }

    static std::string folded(std::int64_t value)
    {
        return unsigned_text(static_cast<std::uint64_t>(value) << 1 ^ static_cast<std::uint64_t>(value >> 63));
    }

    CompactStruct& integer(int field, int type, std::int64_t value)
    {
        begin(field, type);
        bytes_ += folded(value);
        return *this;
    }

    void begin(int field, int type)
    {
        bytes_ += static_cast<char>((field - last_) << 4 | type);
        last_ = field;
    }

    std::string bytes_;
    int last_ = 0;
};

constexpr int of_structs = 12;
constexpr int of_numbers = 5;
constexpr int of_texts = 8;

/// The numbers of enumerations of the format.
constexpr int plain = 0;
constexpr int rle = 3;
constexpr int zstd_codec = 6;
constexpr int is_optional = 1;

int physical_type(ParquetType type)
{
    switch (type) {
    case ParquetType::integer:
    case ParquetType::instant:
        return 2;
    case ParquetType::real:
        return 5;
    case ParquetType::date:
        return 1;
    case ParquetType::text:
        break;
    }
    return 6;
}

/// What the bytes mean, in the older and in the newer way of saying so; numbers mean themselves.
void add_meaning(CompactStruct& element, ParquetType type)
{
    constexpr int utf8 = 0;
    constexpr int date = 6;
    constexpr int microseconds = 10;
    if (type == ParquetType::text) {
        element.number32(6, utf8).nested(10, CompactStruct().nested(1, {}));
    } else if (type == ParquetType::date) {
        element.number32(6, date).nested(10, CompactStruct().nested(6, {}));
    } else if (type == ParquetType::instant) {
        const auto unit = CompactStruct().nested(2, {});
        element.number32(6, microseconds)
            .nested(10, CompactStruct().nested(8, CompactStruct().flag(1, true).nested(2, unit)));
    }
}

std::string schema_elements(const std::vector<ParquetColumn>& columns)
{
    auto all = CompactStruct().text(4, "skurd").number32(5, static_cast<std::int64_t>(columns.size())).done();
    for (const auto& column : columns) {
        CompactStruct element;
        element.number32(1, physical_type(column.type)).number32(3, is_optional).text(4, column.name);
        add_meaning(element, column.type);
        all += element.done();
    }
    return all;
}

std::string definition_levels(std::string_view present)
{
    std::string bits;
    const auto groups = (present.size() + 7) / 8;
    for (auto header = groups << 1 | 1; header != 0; header >>= 7)
        bits += static_cast<char>(header < 0x80 ? header : (header & 0x7f) | 0x80);
    for (std::size_t group = 0; group < groups; ++group) {
        unsigned byte = 0;
        for (std::size_t bit = 0; bit < 8 && 8 * group + bit < present.size(); ++bit)
            byte |= static_cast<unsigned>(present[8 * group + bit]) << bit;
        bits += static_cast<char>(byte);
    }
    std::string levels;
    put_little_endian(levels, static_cast<std::uint32_t>(bits.size()));
    return levels + bits;
}

Time instant_from(std::string_view text, const ParquetColumn& column)
{
    if (const auto time = parse_time(text))
        return *time;
    throw error("column {}: '{}' is no {}", column.name, text, column.type == ParquetType::date ? "date" : "instant");
}

} // namespace

ParquetWriter::ParquetWriter(std::vector<ParquetColumn> columns, Sink sink, std::size_t group_bytes)
    : columns_(std::move(columns)), sink_(std::move(sink)), group_bytes_(group_bytes), values_(columns_.size())
{
    put(mark);
}

void ParquetWriter::put(std::string_view bytes)
{
    sink_(bytes);
    offset_ += static_cast<std::int64_t>(bytes.size());
}

ParquetWriter::Values& ParquetWriter::next_present()
{
    auto& values = values_[column_];
    values.present += '\1';
    return values;
}

void ParquetWriter::end_value()
{
    if (++column_ < columns_.size())
        return;
    column_ = 0;
    if (++rows_ == rows_per_group || bytes_ > group_bytes_)
        write_group();
}

void ParquetWriter::add_null()
{
    values_[column_].present += '\0';
    end_value();
}

void ParquetWriter::add(std::int64_t number)
{
    put_little_endian(next_present().plain, static_cast<std::uint64_t>(number));
    bytes_ += sizeof number;
    end_value();
}

void ParquetWriter::add(double number)
{
    static_assert(std::numeric_limits<double>::is_iec559);
    put_little_endian(next_present().plain, std::bit_cast<std::uint64_t>(number));
    bytes_ += sizeof number;
    end_value();
}

void ParquetWriter::add(std::string_view text)
{
    const auto& column = columns_[column_];
    if (column.type == ParquetType::date) {
        const auto day = std::chrono::floor<std::chrono::days>(instant_from(text, column)).time_since_epoch().count();
        put_little_endian(next_present().plain, static_cast<std::uint32_t>(day));
    } else if (column.type == ParquetType::instant) {
        return add(instant_from(text, column));
    } else {
        auto& values = next_present();
        put_little_endian(values.plain, static_cast<std::uint32_t>(text.size()));
        values.plain += text;
    }
    bytes_ += text.size();
    end_value();
}

void ParquetWriter::add(Time instant)
{
    const std::chrono::microseconds since = instant.time_since_epoch();
    put_little_endian(next_present().plain, static_cast<std::uint64_t>(since.count()));
    bytes_ += sizeof since;
    end_value();
}

ParquetWriter::Chunk ParquetWriter::write_chunk(const Values& values)
{
    const auto page = definition_levels(values.present) + values.plain;
    const auto packed = zstd_compress(page);
    const auto rows = static_cast<std::int64_t>(values.present.size());
    const auto data_page = CompactStruct().number32(1, rows).number32(2, plain).number32(3, rle).number32(4, rle);
    const auto header = CompactStruct()
                            .number32(1, 0) // a data page
                            .number32(2, static_cast<std::int64_t>(page.size()))
                            .number32(3, static_cast<std::int64_t>(packed.size()))
                            .nested(5, data_page)
                            .done();
    const Chunk chunk{offset_, static_cast<std::int64_t>(header.size() + page.size()),
                      static_cast<std::int64_t>(header.size() + packed.size())};
    put(header);
    put(packed);
    return chunk;
}

void ParquetWriter::write_group()
{
    auto& group = groups_.emplace_back();
    group.rows = static_cast<std::int64_t>(rows_);
    for (auto& values : values_) {
        group.chunks.push_back(write_chunk(values));
        values.present.clear();
        values.plain.clear();
    }
    rows_ = 0;
    bytes_ = 0;
}

std::string ParquetWriter::footer() const
{
    std::int64_t rows = 0;
    std::string groups;
    for (const auto& group : groups_) {
        std::string chunks;
        std::int64_t bytes = 0;
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            const auto& chunk = group.chunks[i];
            const auto meta = CompactStruct()
                                  .number32(1, physical_type(columns_[i].type))
                                  .list(2, of_numbers, 2, CompactStruct::numbers({plain, rle}))
                                  .list(3, of_texts, 1, CompactStruct::texts({columns_[i].name}))
                                  .number32(4, zstd_codec)
                                  .number64(5, group.rows)
                                  .number64(6, chunk.plain_bytes)
                                  .number64(7, chunk.packed_bytes)
                                  .number64(9, chunk.offset);
            chunks += CompactStruct().number64(2, chunk.offset).nested(3, meta).done();
            bytes += chunk.plain_bytes;
        }
        groups += CompactStruct()
                      .list(1, of_structs, columns_.size(), chunks)
                      .number64(2, bytes)
                      .number64(3, group.rows)
                      .done();
        rows += group.rows;
    }
    return CompactStruct()
        .number32(1, 2) // the format's version
        .list(2, of_structs, columns_.size() + 1, schema_elements(columns_))
        .number64(3, rows)
        .list(4, of_structs, groups_.size(), groups)
        .text(6, "skurd version " SKURD_VERSION)
        .done();
}

void ParquetWriter::finish()
{
    if (rows_ > 0)
        write_group();
    const auto end = footer();
    put(end);
    std::string length;
    put_little_endian(length, static_cast<std::uint32_t>(end.size()));
    put(length);
    put(mark);
}

} // namespace skurd
