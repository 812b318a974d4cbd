#pragma once

#include <string_view>

namespace skurd {

/// The HTML report's style sheet, without the colours of the outcomes. Sizes are in rem, so that it stands being
/// zoomed; tables that are wider than the window scroll by themselves; on paper each table begins a page.
constexpr std::string_view html_style = R"css(
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem; max-width: 92rem; background: #fff; color: #1a1a1e;
  font: 1rem/1.45 system-ui, "Segoe UI", "Noto Sans", "Liberation Sans", Arial, sans-serif; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .75rem; }
h2 { font-size: 1.25rem; margin: 2.25rem 0 .5rem; }
h3 { font-size: 1.05rem; margin: 1.25rem 0 .25rem; }
p, ul { max-width: 60rem; }
a { color: #0b4f8a; }
.preface { border-left: .3rem solid #8a6d00; background: #fdf7df; padding: .5rem .9rem; margin: .5rem 0; }
nav ul { columns: 22rem; padding-left: 1.1rem; }
.wide { overflow-x: auto; }
.wide:focus-visible { outline: .15rem solid #0b4f8a; }
table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
th, td { padding: .35rem .55rem; border-bottom: 1px solid #c9cbd1; text-align: left; vertical-align: top; }
thead th { border-bottom: 2px solid #55575f; vertical-align: bottom; background: #f3f4f6; }
th[scope=row] { font-weight: 400; }
.n { text-align: right; white-space: nowrap; }
.table .label { width: 26rem; }
.table th.course { min-width: 9.4rem; }
.table td.n { min-width: 4.5rem; }
.table td.n:first-child { min-width: 2.5rem; }
#differences table { width: 100%; }
#differences td.n { width: 6rem; text-align: left; }
#differences .label { width: 35%; }
.label { min-width: 15rem; max-width: 30rem; }
#summary td { white-space: pre-wrap; }
.unit, .remark { display: block; font-size: .8rem; color: #45474f; }
.change { min-width: 12rem; }
.change .figure { white-space: nowrap; }
.mark { display: inline-block; white-space: nowrap; font-weight: 600; }
.change .remark { color: inherit; }
.whole { white-space: nowrap; }
.chart { width: 8.25rem; height: 2.5rem; display: block; }
.chart polyline { fill: none; stroke: #0b4f8a; stroke-width: 1.5; }
.chart circle { fill: #0b4f8a; }
.chart .break { stroke: #6b2a00; stroke-width: 1; stroke-dasharray: 3 2; }
.notes, .legend { font-size: .9rem; margin: .35rem 0; }
.notes { max-width: 75rem; padding-left: 1.1rem; }
@media print {
  @page { size: A4 landscape; margin: 11mm; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  html { font-size: 7.5pt; }
  h2 { margin-top: 0; }
  th, td { padding: .2rem .5rem; }
  .chart { height: 1.9rem; width: 6.3rem; }
  body { padding: 0; max-width: none; }
  nav { display: none; }
  .wide { overflow: visible; }
  section.table, #differences { break-before: page; }
  thead { display: table-header-group; }
  tr, h2, h3 { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  .table table { width: 100%; }
  .label, .change, .table td.n { min-width: 0; }
}
)css";

} // namespace skurd
