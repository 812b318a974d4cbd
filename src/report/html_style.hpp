#pragma once

#include <string_view>

namespace skurd {

/// The HTML report's style sheet, without the colours of the outcomes. Sizes are in rem, so that it stands being
/// zoomed; tables that are wider than the window scroll by themselves; on paper headings stay with their tables,
/// whose heads come again on every page.
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
.state { color: #45474f; margin: 0 0 .75rem; }
.preface { border-left: .3rem solid #8a6d00; background: #fdf7df; padding: .5rem .9rem; margin: .5rem 0; }
nav ul { columns: 22rem; padding-left: 1.1rem; }
.wide { overflow-x: auto; }
.wide:focus-visible { outline: .15rem solid #0b4f8a; }
table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
th, td { padding: .35rem .55rem; border-bottom: 1px solid #c9cbd1; text-align: left; vertical-align: top; }
thead th { border-bottom: 2px solid #55575f; vertical-align: bottom; background: #f3f4f6; }
th[scope=row] { font-weight: 400; }
.n { text-align: right; white-space: nowrap; }
.table .label { width: 24rem; }
.table th.course { width: 11.1rem; min-width: 11.1rem; }
.table td.n { width: 4.5rem; min-width: 4.5rem; }
.table td.n:first-child { width: 2.5rem; min-width: 2.5rem; }
.table .measured { width: 6rem; }
#sources td:last-child { min-width: 15rem; }
#differences table { width: 100%; }
#differences td.n { width: 6rem; text-align: left; }
#differences .label { width: 35%; }
.label { min-width: 13rem; max-width: 30rem; }
#summary td { white-space: pre-wrap; }
.unit, .remark { display: block; font-size: .8rem; color: #45474f; }
.change { min-width: 10.5rem; }
.change .figure { white-space: nowrap; }
.mark { display: inline-block; white-space: nowrap; font-weight: 600; }
.change .remark { color: inherit; }
.whole { white-space: nowrap; }
.chart { width: 10rem; height: 2.5rem; display: block; }
.ends { display: flex; flex-wrap: wrap; justify-content: space-between; column-gap: .5rem; width: 10rem;
  font-size: .7rem; color: #45474f; white-space: nowrap; }
.chart polyline { fill: none; stroke: #0b4f8a; stroke-width: 1.5; }
.chart circle { fill: #0b4f8a; }
.chart .break { stroke: #6b2a00; stroke-width: 1; stroke-dasharray: 3 2; }
.notes, .legend { font-size: .9rem; margin: .35rem 0; }
.notes { max-width: 75rem; padding-left: 1.1rem; }
@media (max-width: 40rem) {
  body { padding: 1rem .75rem; }
  h1 { font-size: 1.35rem; }
  .label { min-width: 10rem; }
  .change { min-width: 8rem; }
  nav ul { columns: auto; }
}
@media print {
  @page { size: A4 landscape; margin: 11mm 11mm 15mm; font: 7pt "Liberation Sans", Arial, sans-serif; color: #45474f; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  html { font-size: 7.5pt; }
  body { padding: 0; max-width: none; }
  h2 { margin-top: 1.5rem; }
  h2, h3, thead { break-after: avoid; }
  tr, h2, h3, .preface, .notes li { break-inside: avoid; }
  thead { display: table-header-group; }
  tbody tr:first-child, tbody tr:nth-last-child(3), tbody tr:nth-last-child(2) { break-after: avoid; }
  th, td { padding: .2rem .5rem; }
  nav { display: none; }
  .wide { overflow: visible; }
  .table table { width: 100%; }
  .label, .change, .table td.n, #sources td { min-width: 0; }
  .chart { height: 1.9rem; }
  .ends { width: 12.5rem; font-size: .8rem; }
  .table th.course { width: 13.6rem; }
  .notes { break-before: avoid; max-width: none; columns: 2; column-gap: 2rem; }
  p { orphans: 3; widows: 3; }
}
)css";

} // namespace skurd
