// Pack: the evidence pack, a folder that proves itself; written here and checked here.
//
// Purpose. From values (facts, workpapers, files, trail) to a BagIt 1.0 folder of plain files, and
// from such a folder back to a verdict, with stock commands agreeing at every step:
//
//   Content/  what goes in: one value            Text/    canonical text: JSON, Markdown, CSV
//   Pages/    HTML for people, one page a file   HTML/    markup as values, the style sheet
//   Charts/   drawings with their data           Slip/    digest and head, to print: never inside
//   Way/      START-HERE.html, VERIFY.txt        Tree/    every file from content, and back
//   Folder/   reading and writing folders        Bag/     BagIt, ours and other people's
//   Checks/   one check a file; ``PackVerifier`` runs them all
//   Redaction/  a whole pack to one without personal values, and the proof that it is that
//
// Format. RFC 8493 (BagIt 1.0) with SHA-256 and SHA-512; RFC 4180 (CSV); RFC 6962 (trail); HTML
// without script or network under a content security policy. `seal/` beside `data/`, in no
// manifest, is kept for signatures made after the pack; work-paper sign-offs will lie in
// `data/signoffs`.
//
// Invariants
// 1. The same content gives the same bytes. Time comes from the content alone; there is no host,
//    user, folder, locale, mode or order of a directory in a pack.
// 2. A folder is a pack or is not there: it is written beside its place, flushed, then renamed.
// 3. Canonical text is the content; pages and ledgers are derived and can be built again from it,
//    and the verifier does.
// 4. Reading follows no link, opens nothing outside the folder, fetches nothing, runs nothing.
// 5. What was not checked is listed as such. A pack never shows that evidence is true, sufficient
//    or complete.
// 6. A redacted pack is a function of a whole one, says that it is redacted, and passes for no
//    whole one without saying it.
// 7. Names are `[A-Za-z0-9._-]` parts, unique after case folding, so that no tool's escape rules
//    ever apply.
//
// Imports Exact, Trail, Sampling, Assurance. Must not import Workbench, GRDB or anything of SQLite:
// verification cannot lean on the store that it checks.
