// Assurance: the nouns of the job and the arithmetic over them.
//
// Purpose. What an engagement is made of (period, unit, dataset, record, locator, KPI, population,
// exception, plan, result, misstatement) as values, and the calculations that lead from records to
// a figure and from a figure to a conclusion.
//
// The flow, in the order of the folders
//   Calendar/  civil days, months, periods          Units/    units as types, declared conversions
//   Policy/    datasets, KPIs, sampling rules, read from YAML and checked when they are loaded
//   Records/   locators, field values, records      Figures/  printed figures; one pass over a
//                                                             dataset for all its KPIs, factors,
//                                                             reconciliation and its bridge
//   Relations/ printed figures against each other   Disclosure/ restatements, targets, index, notes
//   Testing/   population tests, one a file          Sampling/ plan, worksheet results, evaluation
//
// Invariants
// 1. Nothing here reads a file, a clock, a database or chance: bytes, dates and seeds are passed
//    in.
// 2. A reported figure is never binary floating point; every rounding names its rule.
// 3. Three kinds of wrong: an `Exception` is a finding about the audited matter and is a value; an
//    operation that cannot go on throws an `AssureError` with a code and a remedy; a bug stops.
// 4. A printed figure is the interval of what rounds to it; a verdict over printed figures says
//    whether it holds at face value, within rounding, cannot hold, or cannot be told.
// 5. An effect that is not known is `unquantified`, never nil and never zero.
//
// Must not import Ingest, Pack or Workbench.
