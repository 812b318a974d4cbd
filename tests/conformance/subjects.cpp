#include "tests/conformance/subject_test.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <iostream>
#include <set>

namespace skurd::test {

namespace {

constexpr std::size_t reason_size_min = 20;

const std::vector<std::pair<Trouble, std::string_view>>& names()
{
    static const std::vector<std::pair<Trouble, std::string_view>> all = {
        {Trouble::storm, "storm"},
        {Trouble::too_many, "too many"},
        {Trouble::too_many_long, "too many for a day"},
        {Trouble::reset, "reset"},
        {Trouble::truncated, "truncated"},
        {Trouble::too_long, "too long"},
        {Trouble::too_short, "too short"},
        {Trouble::html, "html"},
        {Trouble::empty, "empty"},
        {Trouble::not_found, "not found"},
    };
    return all;
}

bool is_step(const std::string& step)
{
    const auto is = [&](const auto& entry) { return entry.second == step; };
    return step == "discovery" || step == "pace" || std::any_of(names().begin(), names().end(), is);
}

} // namespace

const std::vector<Trouble>& all_troubles()
{
    static const auto all = [] {
        std::vector<Trouble> troubles;
        for (const auto& [trouble, name] : names())
            troubles.push_back(trouble);
        return troubles;
    }();
    return all;
}

std::string_view name_of(Trouble trouble)
{
    return names().at(static_cast<std::size_t>(trouble)).second;
}

const std::vector<Subject>& subjects()
{
    static const auto all = [] {
        auto list = table_subjects();
        for (auto* more : {&file_subjects, &local_subjects})
            for (auto& subject : more())
                list.push_back(std::move(subject));
        return list;
    }();
    return all;
}

bool leaves_out(const Subject& subject, std::string_view step)
{
    for (const auto& [what, reason] : subject.left_out) {
        if (!is_step(what))
            FAIL(subject.name << " leaves out '" << what << "', which is no step");
        if (reason.size() < reason_size_min)
            FAIL(subject.name << " leaves out '" << what << "' without a reason");
    }
    const auto found = subject.left_out.find(std::string(step));
    if (found == subject.left_out.end())
        return false;
    static std::set<std::string> told; // once for each, however often a loop asks
    if (told.insert(subject.name + found->first).second)
        std::cout << "left out: " << subject.name << ", " << step << ": " << found->second << "\n";
    return true;
}

SubjectTests::SubjectTests(const std::string& title, const std::string& step, void (*body)(const Subject&),
                           const Catch::SourceLineInfo& where)
    : listed_([=] {
          for (const auto& subject : subjects())
              if (!subject.left_out.contains(step))
                  list_test(
                      title + ": " + subject.name, "[conformance][" + subject.connector + "]",
                      [&subject, body] { body(subject); }, where);
      })
{
}

} // namespace skurd::test
