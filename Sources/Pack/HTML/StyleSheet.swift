/// The one style sheet. The foot of printed sheets is text of the page, so that the whole differs
/// from page to page and the content security policy names its digest.
enum StyleSheet {
  static func text(footer: String) -> String {
    base + """
      @page { size: A4; margin: 16mm 14mm 18mm;
        @bottom-left { content: "\(quoted(footer))"; font: 7.5pt \(sans); color: #444; }
        @bottom-right { content: counter(page) " / " counter(pages); font: 7.5pt \(sans); } }

      """
  }

  /// For a CSS string: everything but plain ASCII as a code point.
  private static func quoted(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", " ", ".", ",", ":", "-", "/", "·": String(scalar)
      default: "\\" + String(scalar.value, radix: 16) + " "
      }
    }.joined()
  }

  private static let sans =
    "-apple-system, \"Segoe UI\", Roboto, \"Noto Sans\", \"Helvetica Neue\", Arial, "
    + "\"PingFang TC\", \"Microsoft JhengHei\", \"Noto Sans CJK TC\", sans-serif"

  private static let base = """

    :root { --ink: #17212b; --soft: #53616e; --rule: #d5dbe1; --tint: #f4f6f8; --deep: #14496b; }
    * { box-sizing: border-box; }
    html { font: 16px/1.55 \(sans); color: var(--ink); background: #fff; }
    body { margin: 0 auto; max-width: 76rem; padding: 0 2rem 3rem;
      font-variant-numeric: tabular-nums lining-nums; overflow-wrap: break-word; }
    .skip { position: absolute; left: -99rem; }
    .skip:focus { left: 1rem; top: 1rem; background: #fff; padding: .5rem 1rem; z-index: 1;
      outline: 2px solid var(--deep); }
    header { display: flex; flex-wrap: wrap; gap: .25rem 1.75rem; align-items: baseline;
      padding: 1.1rem 0 .8rem; border-bottom: 1px solid var(--rule); margin-bottom: 2.2rem; }
    header nav { font-size: .875rem; }
    nav ul { display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; list-style: none; margin: 0;
      padding: 0; }
    .brand { font-weight: 650; letter-spacing: .01em; }
    a { color: var(--deep); text-underline-offset: .18em; text-decoration-thickness: 1px; }
    a:focus-visible { outline: 2px solid var(--deep); outline-offset: 2px; }
    [aria-current] { color: var(--ink); font-weight: 650; text-decoration: none; }
    h1 { font-size: 1.9rem; line-height: 1.2; letter-spacing: -.015em; margin: 0 0 .4rem;
      font-weight: 680; }
    h1 [lang] { display: block; font-size: 1.15rem; font-weight: 500; color: var(--soft);
      letter-spacing: .02em; margin-top: .3rem; }
    h2 { font-size: 1.2rem; line-height: 1.3; margin: 2.6rem 0 .7rem; font-weight: 660; }
    h3 { font-size: 1rem; margin: 1.8rem 0 .5rem; font-weight: 660; }
    p, ol, .note { max-width: 46rem; }
    p { margin: .5rem 0 .9rem; }
    ol { padding-left: 1.4rem; } li { margin: .25rem 0; } nav li { margin: 0; }
    .way a { display: inline-block; border: 1.5px solid var(--deep); border-radius: 4px;
      padding: .45rem .9rem; font-weight: 600; text-decoration: none; }
    h2 [lang] { font-weight: 500; color: var(--soft); }
    .points { max-width: 46rem; padding-left: 1.4rem; }
    .links { columns: 20rem; font-size: .875rem; padding-left: 1.2rem; }
    .note, .small { color: var(--soft); font-size: .875rem; }
    .warning { border-left: 4px solid var(--ink); padding: .6rem 1rem; background: var(--tint);
      max-width: 46rem; }
    dl { display: grid; grid-template-columns: minmax(9rem, max-content) 1fr; gap: .3rem 1.5rem;
      margin: .8rem 0 1.2rem; font-size: .9375rem; }
    dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
    code, pre, .path { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono",
      "Noto Sans Mono CJK TC", monospace; font-size: .8125em; font-weight: 400; }
    code { overflow-wrap: anywhere; }
    pre { background: var(--tint); border: 1px solid var(--rule); border-radius: 4px;
      padding: .8rem 1rem; white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.6; }
    .scroll { overflow-x: auto; margin: .6rem 0 1.4rem; }
    table { border-collapse: collapse; font-size: .875rem; line-height: 1.4; width: 100%; }
    caption { text-align: left; color: var(--soft); padding: 0 0 .5rem; }
    th, td { text-align: left; vertical-align: top; padding: .42rem .9rem .42rem 0; }
    thead th { font-weight: 600; color: var(--soft); border-bottom: 1.5px solid var(--ink);
      vertical-align: bottom; }
    tbody tr { border-bottom: 1px solid var(--rule); }
    tbody th { font-weight: 550; }
    .number { text-align: right; white-space: nowrap; padding-right: 1.6rem; }
    th:last-child, td:last-child { padding-right: 0; }
    td code, th code { font-size: .8125rem; } td p, th p { margin: .2rem 0 0; font-weight: 400; }
    .word, .word code { white-space: nowrap; } .broad { min-width: 9rem; }
    .steps { margin: 0; padding-left: 1.1rem; } .steps li { margin: 0; }
    td.path, tbody th.path { overflow-wrap: anywhere; line-height: 1.5; min-width: 10rem;
      font-size: .78rem; }
    thead th.path { font: inherit; font-weight: 600; }
    .mark { display: inline-block; border: 1px solid var(--soft); border-radius: 3px;
      padding: 0 .45rem; white-space: nowrap; font-size: .8125rem; line-height: 1.5; }
    .strong { border: 2px solid var(--ink); font-weight: 680; }
    .chart { margin: 1.2rem 0 2rem; } .chart table { font-size: .8125rem; }
    .chart td, .chart th { padding-top: .22rem; padding-bottom: .22rem; }
    figure { margin: .6rem 0 1.2rem; max-width: 46rem; } figcaption { font-weight: 600;
      padding-bottom: .6rem; } figure p { font-size: .875rem; margin: .6rem 0 0; }
    svg { width: 100%; height: auto; display: block; }
    .slip { display: flow-root; margin: 1rem 0; break-inside: avoid; }
    .slip svg { width: 48mm; border: 1px solid var(--rule); }
    .slip pre { font-size: .8125rem; }
    .dense { font-size: .75rem; width: auto; } .dense .number { padding-right: .8rem; }
    .narrow { max-width: 38rem; } .months { width: auto; }
    .months th, .months td { text-align: center; padding: .2rem; }
    .months thead th { padding: .2rem .35rem .4rem; }
    .months tr > :first-child { padding-left: 0; }
    .months tbody th { text-align: left; padding-right: 1rem; white-space: nowrap; }
    .months td { min-width: 2.15rem; border: 1px solid #fff; font-size: .8125rem; }
    .months thead th:first-child { text-align: left; }
    .actual { background: #dbe7ef; }
    .estimated { background: repeating-linear-gradient(135deg, #fff 0 3px, #b9c6d0 3px 5px);
      font-weight: 650; }
    .missing { background: var(--ink); color: #fff; font-weight: 700; }
    .outside { color: #66727d; }
    .key { display: flex; flex-wrap: wrap; gap: .4rem 1.6rem; font-size: .875rem; padding: 0;
      list-style: none; max-width: none; }
    .key span { display: inline-block; min-width: 2rem; text-align: center; margin-right: .5rem;
      padding: .1rem .3rem; font-size: .8125rem; }
    .tie-text { font-size: .9375rem; line-height: 1.75; max-width: 60rem; }
    .tie-line { display: grid; grid-template-columns: 3.2rem minmax(0, 1fr); }
    .tie-line:target, .tie:target { outline: 2px solid var(--deep); outline-offset: 2px; }
    .tie-number { color: var(--soft); font-size: .75rem; text-align: right; padding-right: .9rem;
      -webkit-user-select: none; user-select: none; }
    .tie { color: inherit; text-decoration: none; border-bottom: 2px solid var(--rule);
      white-space: nowrap; }
    .tie-sign { font-size: .7em; vertical-align: super; line-height: 0; padding-left: .1em;
      color: var(--soft); font-weight: 650; }
    .exact { border-bottom-color: var(--deep); } .rounded { border-bottom: 2px dashed var(--deep); }
    .bound { border-bottom: 2px dotted var(--deep); }
    .scope { border-bottom: 3px double #8a5a00; } .unmatched { border-bottom: 1px solid #9aa5af; }
    .aside { border-bottom: none; color: var(--soft); }
    .conflict { border: 2px solid #a4161a; padding: 0 .2rem; font-weight: 680; }
    .conflict .tie-sign { color: #a4161a; }
    footer { margin-top: 3.5rem; padding-top: .8rem; border-top: 1px solid var(--rule);
      color: var(--soft); font-size: .8125rem; overflow-wrap: anywhere; }
    @media screen and (max-width: 60rem) { body { padding: 0 1rem; } }
    @media print {
      html { font-size: 9.5pt; } body { padding: 0; max-width: none; }
      header nav, footer, .skip { display: none; } header { margin-bottom: 1rem; }
      h2, h3 { break-after: avoid; } tr, figure, dt, dd { break-inside: avoid; }
      thead { display: table-header-group; } .scroll { overflow: visible; }
      figure { max-width: 15.5cm; } .chart .dense { font-size: .68rem; }
      .dense .number { padding-right: .3rem; }
      td.path, tbody th.path { min-width: 6rem; font-size: .72rem; }
      .number { padding-right: 1rem; } th, td { padding-right: .7rem; }
      a { color: inherit; text-decoration: none; }
      main a:not([href^="#"])::after { content: " (" attr(href) ")"; font-size: .85em; color: #444;
        overflow-wrap: anywhere; }
      .tie-text { font-size: 8.5pt; line-height: 1.6; max-width: none; }
      .tie-line { break-inside: avoid; }
      .actual, .estimated, .missing, svg { print-color-adjust: exact;
        -webkit-print-color-adjust: exact; }
    }

    """
}
