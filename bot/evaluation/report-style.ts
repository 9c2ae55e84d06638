/** How the report looks: in the reader's light or dark, and with each miss as a card where the screen is narrow. */
export const REPORT_STYLE = `
:root { --ink: #1c2430; --soft: #5b6675; --line: #d8dde4; --ground: #fff; --card: #f5f7fa; --good: #1f7a5c; --bad: #b3462f; --warn: #8a6100; --blue: #2563a8; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6eaf0; --soft: #9aa6b5; --line: #333c48; --ground: #12161c; --card: #1a2029; --good: #56c39a; --bad: #f08a70; --warn: #e0b64f; --blue: #79b2f0; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 75rem; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; margin: .5rem 0; } h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; } h3 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
header p, figcaption, .note, .before, thead { color: var(--soft); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem .5rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; font-weight: normal; }
.figures { max-width: 46rem; }
.figures td, .figures thead th { text-align: right; white-space: nowrap; overflow-wrap: normal; }
.figures th { overflow-wrap: normal; }
.indented { padding-left: 1.75rem; color: var(--soft); }
.passed td:first-child { color: var(--good); } .failed, .failed td:first-child { color: var(--bad); font-weight: 600; }
.plots { display: grid; gap: 1.5rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 21rem), 1fr)); }
figure { margin: 0 0 1rem; } figcaption { font-size: .9rem; margin-bottom: .25rem; }
svg { display: block; width: 100%; max-width: 30rem; height: auto; }
.tick, .count { font: 12px system-ui, sans-serif; fill: var(--soft); text-anchor: middle; } .count { fill: var(--ink); }
.end { text-anchor: end; } .start { text-anchor: start; }
.grid { stroke: var(--line); } .ideal { stroke: var(--soft); stroke-dasharray: 4 4; }
.curve { fill: none; stroke: var(--blue); stroke-width: 2; } .dot { fill: var(--blue); }
rect.good { fill: var(--good); } rect.bad { fill: var(--bad); }
.misses { table-layout: fixed; } .misses td { font-size: .9rem; }
.misses th:nth-child(1) { width: 32%; } .misses th:nth-child(2) { width: 17%; } .misses th:nth-child(3) { width: 21%; } .misses th:nth-child(4) { width: 30%; }
.question { margin: .25rem 0; font-size: 1rem; } .before { margin: .25rem 0; } .before::before { content: "earlier: "; } .note { margin: .25rem 0; }
blockquote { margin: 0 0 .5rem; padding-left: .6rem; border-left: 3px solid var(--line); }
code { font-size: .85em; }
.tag { padding: .05rem .4rem; border: 1px solid currentColor; border-radius: .6rem; font-size: .8rem; white-space: nowrap; color: var(--soft); }
.missed-danger, .false-alarm, .wrong-answer { color: var(--bad); } .missed-danger { font-weight: 700; } .not-right { color: var(--warn); }
@media (max-width: 45rem) {
  .misses thead { display: none; }
  .misses tr { display: block; margin: 0 0 1rem; padding: .5rem; background: var(--card); border-radius: .5rem; }
  .misses td, .misses td:first-child { display: block; width: auto; border: 0; padding: .2rem .25rem; }
  .misses td:not(:first-child)::before { content: attr(data-label) ": "; color: var(--soft); }
}
`.trim();
