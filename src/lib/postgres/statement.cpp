#include "lib/postgres/statement.hpp"

#include "base/error.hpp"
#include "base/one_line.hpp"
#include "lib/postgres/cancelling.hpp"

#include <libpq-fe.h>

namespace skurd {

namespace {

constexpr int binary_format = 1;
constexpr std::uint64_t null_length = ~std::uint64_t(0); // -1, in four bytes

} // namespace

PostgresParameters::PostgresParameters(const PostgresConnection& connection, std::shared_ptr<const PostgresPlan> plan)
    : connection_(&connection), plan_(std::move(plan)), values_(plan_->parameters.size(), nullptr),
      formats_(plan_->parameters.size(), binary_format)
{
}

void PostgresParameters::bind(int index, PostgresValue value)
{
    if (index < 1 || static_cast<std::size_t>(index) > values_.size())
        throw StoreError(fmt::format("{}: parameter ${} of {} is bound, in: {}", connection_->location(), index,
                                     values_.size(), in_one_line(plan_->sql)));
    values_[static_cast<std::size_t>(index) - 1] = std::move(value);
}

void PostgresParameters::append_row(std::string& to) const
{
    append_big_endian(to, values_.size(), 2);
    for (std::size_t i = 0; i < values_.size(); ++i) {
        if (std::holds_alternative<std::nullptr_t>(values_[i])) {
            append_big_endian(to, null_length, 4);
            continue;
        }
        const auto at = to.size();
        append_big_endian(to, 0, 4);
        if (!append_encoded(to, plan_->parameters[i], values_[i]))
            refuse(i);
        std::string length;
        append_big_endian(length, to.size() - at - 4, 4);
        to.replace(at, 4, length);
    }
}

void PostgresParameters::encode()
{
    std::vector<std::size_t> places;
    encoded_.clear();
    lengths_.clear();
    for (std::size_t i = 0; i < values_.size(); ++i) {
        places.push_back(encoded_.size());
        const bool is_null = std::holds_alternative<std::nullptr_t>(values_[i]);
        if (!is_null && !append_encoded(encoded_, plan_->parameters[i], values_[i]))
            refuse(i);
        lengths_.push_back(is_null ? -1 : static_cast<int>(encoded_.size() - places.back()));
    }
    pointers_.clear();
    for (std::size_t i = 0; i < values_.size(); ++i)
        pointers_.push_back(lengths_[i] < 0 ? nullptr : encoded_.c_str() + places[i]);
}

void PostgresParameters::refuse(std::size_t place) const
{
    throw StoreError(fmt::format("{}: the value for parameter ${} is none of its type, or has a NUL byte, in: {}",
                                 connection_->location(), place + 1, in_one_line(plan_->sql)));
}

PostgresStatement::PostgresStatement(PostgresConnection& connection, std::string_view sql)
    : connection_(&connection), parameters_(connection, connection.plan(sql))
{
}

void PostgresStatement::bind(int index, PostgresValue value)
{
    parameters_.bind(index, std::move(value));
}

bool PostgresStatement::step()
{
    const auto& plan = parameters_.plan();
    if (!result_) {
        parameters_.encode();
        const CancelOnStop cancelling(*connection_);
        connection_->count_round_trip();
        result_ = connection_->checked(
            PQexecPrepared(connection_->handle(), plan.name.c_str(), static_cast<int>(parameters_.size()),
                           parameters_.pointers(), parameters_.lengths(), parameters_.formats(), plan.binary ? 1 : 0),
            plan.sql);
        row_ = -1;
    }
    if (++row_ < PQntuples(result_.get()))
        return true;
    reset();
    return false;
}

void PostgresStatement::reset() noexcept
{
    result_.reset();
    row_ = -1;
}

std::string_view PostgresStatement::bytes(int column) const
{
    if (!result_ || row_ < 0 || column < 0 || column >= PQnfields(result_.get()) ||
        PQgetisnull(result_.get(), row_, column) != 0)
        return {};
    return {PQgetvalue(result_.get(), row_, column),
            static_cast<std::size_t>(PQgetlength(result_.get(), row_, column))};
}

/// What is not asked for in binary form comes as text.
unsigned PostgresStatement::type(int column) const
{
    return parameters_.plan().binary ? parameters_.plan().columns[static_cast<std::size_t>(column)]
                                     : postgres_type::text;
}

bool PostgresStatement::is_null(int column) const
{
    return bytes(column).data() == nullptr;
}

std::int64_t PostgresStatement::integer(int column) const
{
    const auto value = bytes(column);
    return value.data() ? decode_integer(type(column), value) : 0;
}

double PostgresStatement::real(int column) const
{
    const auto value = bytes(column);
    return value.data() ? decode_real(type(column), value) : 0;
}

std::string_view PostgresStatement::view(int column) const
{
    const auto value = bytes(column);
    if (!value.data())
        return {};
    made_.resize(parameters_.plan().columns.size());
    return decode_text(type(column), value, made_[static_cast<std::size_t>(column)]);
}

} // namespace skurd
