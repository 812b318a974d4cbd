#include "base/decimal.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "model/vintage.hpp"

#include <algorithm>
#include <cctype>

namespace skurd {

namespace {

/// Reads a selector from left to right; every error names the character it stands at.
class SelectorReader {
public:
    explicit SelectorReader(std::string_view text) : text_(text) {}

    Selector read()
    {
        Selector selector;
        selector.dataset = word("a dataset such as ssb/07459", "{}");
        if (at_ == text_.size())
            return selector;
        expect('{');
        do {
            auto wanted = word("a dimension", "={},|");
            for (const auto& [earlier, allowed] : selector.codes)
                if (earlier == wanted)
                    fail(fmt::format("another dimension than '{0}' (write {0}=a|b for both codes)", wanted));
            auto& [dimension, codes] = selector.codes.emplace_back();
            dimension = std::move(wanted);
            expect('=');
            do
                codes.push_back(word("a code", ",|{}"));
            while (take('|'));
        } while (take(','));
        expect('}');
        if (at_ != text_.size())
            fail("nothing more");
        return selector;
    }

private:
    std::string word(std::string_view wanted, std::string_view end_marks)
    {
        while (at_ < text_.size() && text_[at_] == ' ')
            ++at_;
        if (take('"')) {
            const auto end = text_.find('"', at_);
            if (end == std::string_view::npos)
                fail("a closing quote");
            const auto quoted = text_.substr(at_, end - at_);
            at_ = end + 1;
            return std::string(quoted);
        }
        const auto end = std::min(text_.find_first_of(end_marks, at_), text_.size());
        const auto found = trim(text_.substr(at_, end - at_));
        if (found.empty())
            fail(wanted);
        at_ = end;
        return std::string(found);
    }

    bool take(char mark)
    {
        while (at_ < text_.size() && text_[at_] == ' ')
            ++at_;
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
        throw usage_error("selector '{}': expected {} at character {} (like drop/status-report{{nr=9}})", text_,
                          wanted, at_ + 1);
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

std::string quoted(const std::string& word)
{
    return word.find_first_of("={},|\" ") == std::string::npos ? word : "\"" + word + "\"";
}

/// A dataset's name as a formula can read it: in quotes where it holds other signs than names do, or begins as a
/// number that something is divided by.
std::string dataset_text(const std::string& dataset)
{
    const auto is_plain = [](unsigned char c) {
        return c >= 0x80 || std::isalnum(c) != 0 || std::string_view("_-./").find(static_cast<char>(c)) < 4;
    };
    const bool reads_as_number = Decimal::parse(dataset.substr(0, dataset.find('/'))).has_value();
    const bool plain = std::all_of(dataset.begin(), dataset.end(), is_plain) && !reads_as_number;
    return plain ? dataset : "\"" + dataset + "\"";
}

} // namespace

std::string SeriesWords::label() const
{
    return join(labels, ", ");
}

std::string codes_text(const Codes& codes)
{
    std::vector<std::string> parts;
    for (const auto& [dimension, code] : codes)
        parts.push_back(fmt::format("{}={}", dimension, code));
    return join(parts, " ");
}

Selector Selector::parse(std::string_view text)
{
    return SelectorReader(trim(text)).read();
}

std::string Selector::text() const
{
    std::vector<std::string> conditions;
    for (const auto& [dimension, allowed] : codes) {
        std::vector<std::string> words;
        std::transform(allowed.begin(), allowed.end(), std::back_inserter(words), quoted);
        conditions.push_back(quoted(dimension) + "=" + join(words, "|"));
    }
    const auto name = dataset_text(dataset);
    return conditions.empty() ? name : name + "{" + join(conditions, ",") + "}";
}

} // namespace skurd
