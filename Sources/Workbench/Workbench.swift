// Workbench: the engagement, and the only writer of its state.
//
// Purpose. An engagement is a folder; its state is one SQLite file in it. Every step of the work
// (ingest, check, reconcile, plan, sample, worksheet, evaluate, pack) is a method of `Engagement`
// in `Steps/`; `Store/` holds the tables and the one door through which they change.
//
// Invariants
// 1. `Store.commit` joins a state change with its trail entry in one transaction. There is no other
//    way to write, so killing the process at any instant leaves the state before or the state
//    after.
// 2. Nothing is updated and nothing is deleted: triggers on every table refuse it. A correction is
//    a new row with a later event.
// 3. A source is copied to `.assure/sources/<sha256>` before the transaction that names it; the
//    copy of a file that is refused is taken back, and one that a killed command left is harmless
//    and is taken up by the next ingest of the same file.
// 4. Filters of policies run on a connection of their own, read-only, under an authorizer that
//    allows reading the dataset's table and its registers and nothing else.
// 5. Rows read = records accepted + rows rejected, checked in the transaction that stores them.
// 6. Records of a table that gave way to a later delivery stay where they are, and no figure counts
//    them: whatever reads records leaves out `SupersessionTable.replaced`.
// 7. A pack that has its name is in the trail, or in `.assure/packing`, from where the next command
//    puts it there.
// 8. What people do around the figures (notes, declarations, requests, evidence) is folded from the
//    log by `Workflow` and stands in no table.
// 9. After the report's date only what puts the file together is recorded, after the lock only
//    additions: `PhaseGate` in the door of the store, and triggers behind it.
// 10. What is or may be personal in an event stands in its leaf as a salted digest
//    (`PersonalFacts`), its value beside it; whoever reads events reads `TrailTables.told`, whoever
//    hashes them the leaves.
// 11. Time enters through `Moment.now` alone, which honours SOURCE_DATE_EPOCH.
//
// Nothing below `assure` computes twice: command line and pack are views of what the steps return.
