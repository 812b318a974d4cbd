#include "decode/workbook/xlsx_parts.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "lib/zip/zip_archive.hpp"

namespace skurd {

namespace {

/// A relationship of a part: where it points, by its id (ECMA-376 part 2, 9.3).
struct Relationship {
    std::string id;
    std::string type; ///< the last word of its URI: "worksheet", "sharedStrings"
    std::string target;
};

class Relationships final : public XmlHandler {
public:
    void start(std::string_view element, const XmlAttributes& attributes) override
    {
        if (element != "Relationship")
            return;
        const auto type = attribute(attributes, "Type");
        all.push_back({std::string(attribute(attributes, "Id")), std::string(type.substr(type.rfind('/') + 1)),
                       std::string(attribute(attributes, "Target"))});
    }
    void end(std::string_view) override {}
    void text(std::string_view) override {}

    std::vector<Relationship> all;
};

/// xl/workbook.xml: the sheets' names, and the relationships they are found by.
class WorkbookPart final : public XmlHandler {
public:
    explicit WorkbookPart(const SheetLimits& limits) : limits_(limits) {}

    void start(std::string_view element, const XmlAttributes& attributes) override
    {
        if (element == "workbookPr") {
            const auto from_1904 = attribute(attributes, "date1904");
            is_from_1904 = from_1904 == "1" || from_1904 == "true";
        } else if (element == "sheet") {
            if (names.size() == limits_.sheets)
                throw error("the workbook has more than {} sheets", limits_.sheets);
            names.emplace_back(attribute(attributes, "name"));
            ids.emplace_back(attribute(attributes, "id"));
        }
    }
    void end(std::string_view) override {}
    void text(std::string_view) override {}

    std::vector<std::string> names;
    std::vector<std::string> ids;
    bool is_from_1904 = false;

private:
    const SheetLimits& limits_;
};

/// The name of an entry that a part's relationship points at: relative to the part's folder, or from the root.
std::string entry_of(const std::string& folder, const std::string& target)
{
    if (target.starts_with('/'))
        return target.substr(1);
    auto base = folder;
    auto rest = std::string_view(target);
    while (rest.starts_with("../") && !base.empty()) {
        rest.remove_prefix(3);
        base.pop_back();
        base.erase(base.rfind('/') == std::string::npos ? 0 : base.rfind('/') + 1);
    }
    return base + std::string(rest);
}

class Xlsx final : public Workbook {
public:
    Xlsx(std::string_view bytes, const SheetLimits& limits) : archive_(bytes), limits_(limits)
    {
        const auto part = find("", "_rels/.rels", "officeDocument");
        if (part.empty())
            throw error("this ZIP file is no workbook: it names no document");
        folder_ = part.substr(0, part.rfind('/') + 1);
        relationships_file_ = folder_ + "_rels/" + part.substr(folder_.size()) + ".rels";
        WorkbookPart workbook(limits_);
        read_xml(archive_.read(part), workbook);
        names_ = std::move(workbook.names);
        ids_ = std::move(workbook.ids);
        context_.from_1904 = workbook.is_from_1904;
    }

    const std::vector<std::string>& names() const override { return names_; }

    Sheet read(std::size_t sheet) override
    {
        if (const auto strings = find(folder_, relationships_file_, "sharedStrings");
            context_.strings.empty() && !strings.empty())
            context_.strings = read_shared_strings(archive_.read(strings), limits_);
        if (const auto styles = find(folder_, relationships_file_, "styles");
            context_.formats.empty() && !styles.empty())
            context_.formats = read_cell_formats(archive_.read(styles), limits_);
        for (const auto& relationship : relationships(relationships_file_))
            if (relationship.id == ids_[sheet]) {
                if (relationship.type != "worksheet")
                    throw error("sheet '{}' is a {}, not a sheet of cells", excerpt(names_[sheet]),
                                excerpt(relationship.type));
                return read_xlsx_sheet(archive_.read(entry_of(folder_, relationship.target)), names_[sheet], context_,
                                       limits_);
            }
        throw error("the workbook does not say where sheet '{}' is", excerpt(names_[sheet]));
    }

private:
    std::vector<Relationship> relationships(const std::string& file)
    {
        Relationships read;
        if (archive_.has(file))
            read_xml(archive_.read(file), read);
        return std::move(read.all);
    }

    std::string find(const std::string& folder, const std::string& file, std::string_view type)
    {
        for (const auto& relationship : relationships(file))
            if (relationship.type == type)
                return entry_of(folder, relationship.target);
        return "";
    }

    ZipArchive archive_;
    SheetLimits limits_;
    std::string folder_; ///< of the workbook's part, with a slash
    std::string relationships_file_;
    std::vector<std::string> names_;
    std::vector<std::string> ids_; ///< of the sheets' relationships
    XlsxContext context_;
};

} // namespace

std::unique_ptr<Workbook> open_xlsx(std::string_view bytes, const SheetLimits& limits)
{
    return std::make_unique<Xlsx>(bytes, limits);
}

} // namespace skurd
