#include "decode/workbook/xlsx_parts.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "decode/workbook/cell_text.hpp"
#include "lib/zip/zip_archive.hpp"

#include <algorithm>
#include <utility>

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

/// xl/workbook.xml: the sheets, and the relationships they are found by.
class WorkbookPart final : public XmlHandler {
public:
    explicit WorkbookPart(const SheetLimits& limits) : limits_(limits) {}

    void start(std::string_view element, const XmlAttributes& attributes) override
    {
        if (!std::exchange(has_begun_, true) && element != "workbook")
            throw error("this is a document of Office, but no workbook of Excel (xlsx)");
        if (element == "workbookPr") {
            is_from_1904 = is_true(attribute(attributes, "date1904"));
        } else if (element == "calcPr") {
            computes_on_load = is_true(attribute(attributes, "fullCalcOnLoad"));
        } else if (element == "sheet") {
            if (sheets.size() == limits_.sheets)
                throw error("the workbook has more than {} sheets", limits_.sheets);
            const auto state = attribute(attributes, "state", "visible");
            SheetInfo sheet;
            sheet.name = unescaped(attribute(attributes, "name"));
            sheet.visibility = state == "visible" ? SheetInfo::Visibility::shown : SheetInfo::Visibility::hidden;
            sheets.push_back(std::move(sheet));
            ids.emplace_back(attribute(attributes, "id"));
        }
    }
    void end(std::string_view) override {}
    void text(std::string_view) override {}

    std::vector<SheetInfo> sheets;
    std::vector<std::string> ids;
    bool is_from_1904 = false;
    bool computes_on_load = false;

private:
    static bool is_true(std::string_view value) { return value == "1" || value == "true" || value == "on"; }

    const SheetLimits& limits_;
    bool has_begun_ = false;
};

/// The name of an entry that a part's relationship points at: relative to the part's folder, or from the root.
std::string entry_of(const std::string& folder, const std::string& target)
{
    const auto stated = replace_all(target, "\\", "/");
    const auto path = stated.starts_with('/') ? stated : folder + stated;
    std::vector<std::string> parts;
    for (const auto part : split(path, '/'))
        if (part == ".." && !parts.empty())
            parts.pop_back();
        else if (part != ".." && part != "." && !part.empty())
            parts.emplace_back(part);
    return join(parts, "/");
}

class Xlsx final : public Workbook {
public:
    Xlsx(std::string_view bytes, const SheetLimits& limits)
        : archive_(bytes, {}, ForeignEntries::pass_over), limits_(limits)
    {
        const auto part = find("", "_rels/.rels", "officeDocument");
        if (part.empty())
            throw error("this ZIP file is no workbook: it names no document");
        if (to_lower(part).ends_with(".bin"))
            throw error("this is a binary workbook of Excel (xlsb), which is not read: save it as xlsx");
        folder_ = part.substr(0, part.rfind('/') + 1);
        relationships_file_ = folder_ + "_rels/" + part.substr(folder_.size()) + ".rels";
        WorkbookPart workbook(limits_);
        read_xml(archive_.read(part), workbook);
        sheets_ = std::move(workbook.sheets);
        ids_ = std::move(workbook.ids);
        context_.from_1904 = workbook.is_from_1904;
        context_.computes_on_load = workbook.computes_on_load;
        relationships_ = relationships(relationships_file_);
        for (std::size_t i = 0; i < sheets_.size(); ++i)
            if (const auto* place = place_of(i); place && place->type != "worksheet")
                sheets_[i].content = SheetInfo::Content::other;
    }

    const std::vector<SheetInfo>& sheets() const override { return sheets_; }

    Sheet read(std::size_t sheet) override
    {
        check_has_cells(sheets_[sheet]);
        const auto& name = sheets_[sheet].name;
        const auto* const place = place_of(sheet);
        if (!place)
            throw error("the workbook does not say where sheet '{}' is", excerpt(name));
        if (const auto strings = find(folder_, relationships_file_, "sharedStrings");
            context_.strings.empty() && !strings.empty())
            context_.strings = read_shared_strings(archive_.read(strings), limits_);
        if (const auto styles = find(folder_, relationships_file_, "styles");
            context_.formats.empty() && !styles.empty())
            context_.formats = read_cell_formats(archive_.read(styles), limits_);
        return read_xlsx_sheet(archive_.read(entry_of(folder_, place->target)), name, context_, limits_);
    }

private:
    std::vector<Relationship> relationships(const std::string& file)
    {
        Relationships read;
        if (archive_.has(file))
            read_xml(archive_.read(file), read);
        return std::move(read.all);
    }

    const Relationship* place_of(std::size_t sheet) const
    {
        const auto found = std::find_if(relationships_.begin(), relationships_.end(),
                                        [&](const auto& relationship) { return relationship.id == ids_[sheet]; });
        return found == relationships_.end() ? nullptr : &*found;
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
    std::vector<Relationship> relationships_;
    std::vector<SheetInfo> sheets_;
    std::vector<std::string> ids_; ///< of the sheets' relationships
    XlsxContext context_;
};

} // namespace

std::unique_ptr<Workbook> open_xlsx(std::string_view bytes, const SheetLimits& limits)
{
    return std::make_unique<Xlsx>(bytes, limits);
}

} // namespace skurd
