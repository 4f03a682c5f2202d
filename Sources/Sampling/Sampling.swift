// Sampling: audit sampling as pure mathematics over sequences.
//
// Purpose. How many items, which items, and what the items found say about the whole. The order
// of the folders is the order of the work:
//
//   Tickets        a number per key from a public seed (Rivest); the order that draws follow
//   Planning       sizes: attributes, quantities, variables, statutory tables, the risk model
//   Selection      which items: consistent, interval, cell, sieve, modified sieve, strata, sites
//   Evaluation     what the results carry: exact attribute bounds, Stringer, cell, variables
//   Distributions  tails and quantiles, and tails enclosed between two bounds
//
// Invariants
// 1. Nothing here reads a file, a clock, a database or chance. Seeds, starts and records come in.
// 2. Where a number decides a size, a selection or a tie, it is an exact fraction or lies between
//    two outward-rounded bounds; binary floating point never stands before a ceiling.
//    A probability equal to 1 - confidence suffices.
// 3. A reported bound may be a `Double`, good to 1e-9 relative or better.
// 4. A draw from tickets depends on seed and keys alone: not on order, platform or the other keys.
//    Parts drawn apart and merged are the whole drawn at once.
// 5. Impossible input is refused with a ``SamplingError``; nothing is dropped silently: items that
//    can't be selected are returned with their totals.
// 6. No method has a default confidence.
//
// Sources: AICPA Audit Guide Audit Sampling (2017); Rivest, Consistent sampling with replacement
// (2018, arXiv 1808.10016); Hoogduin, Hall and Tsay (2010); the others stand at their routines.
//
// Imports Exact, and nothing else of ours.
