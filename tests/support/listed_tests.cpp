#include "tests/support/listed_tests.hpp"

namespace skurd::test {

namespace {

class Listed final : public Catch::ITestInvoker {
public:
    explicit Listed(std::function<void()> body) : body_(std::move(body)) {}
    void invoke() const override { body_(); }

private:
    std::function<void()> body_;
};

} // namespace

void list_test(const std::string& name, const std::string& tags, std::function<void()> body,
               const Catch::SourceLineInfo& where)
{
    auto invoker = std::make_unique<Listed>(std::move(body));
    // Catch takes the invoker over.
    Catch::getMutableRegistryHub().registerTest(
        Catch::makeTestCase(invoker.release(), "", Catch::NameAndTags(name, tags), where));
}

std::string test_folder(const std::string& file)
{
    const std::string above = "/tests/";
    const auto begin = file.rfind(above);
    if (begin == std::string::npos)
        return "tree";
    const auto rest = file.substr(begin + above.size());
    const auto end = rest.find('/');
    return end == std::string::npos ? "tree" : rest.substr(0, end);
}

} // namespace skurd::test
