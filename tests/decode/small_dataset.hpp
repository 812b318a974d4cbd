#pragma once

#include <stdexcept>
#include <string>

namespace skurd::test {

/// A small valid JSON-stat 2.0 dataset in the manner of SSB: 2 regions by 2 years, one missing cell, members in an
/// order that puts cells before what they need. Tests put other text in place of parts of it.
inline const std::string small_dataset = R"({
  "version": "2.0", "class": "dataset", "label": "09999: Høner, etter region og år",
  "source": "Statistisk byrå", "updated": "2024-02-27T07:00:00Z", "note": ["Tall for høner"],
  "status": {"3": ".."},
  "value": [12.50, 7, -0.3, null],
  "dimension": {
    "Region": {"label": "region", "note": ["Grenser per 1.1."],
      "category": {"index": {"0": 1, "0301": 0}, "label": {"0301": "Oslo", "0": "Hele landet"},
        "note": {"0301": ["Ny grense"]}, "child": {"0": ["0301"]}, "coordinates": {"0301": [10.7, 59.9]}},
      "extension": {"elimination": true, "show": "value"}},
    "Tid": {"label": "år",
      "category": {"index": ["2022", "2023"], "label": {"2022": "2022", "2023": "2023"},
        "unit": {"2022": {"base": "høner", "decimals": 1}}}}
  },
  "id": ["Region", "Tid"], "size": [2, 2], "role": {"time": ["Tid"], "geo": ["Region"]},
  "extension": {"px": {"tableid": "09999", "language": "no", "decimals": 1}, "discontinued": null}
})";

/// The small dataset with one part of it replaced.
inline std::string altered(const std::string& part, const std::string& other)
{
    const auto at = small_dataset.find(part);
    if (at == std::string::npos)
        throw std::logic_error("the small dataset has no " + part);
    return std::string(small_dataset).replace(at, part.size(), other);
}

} // namespace skurd::test
