// Ingest: foreign bytes in, records with locators out; testers' worksheets out and in again.
//
// Purpose. The only parser of foreign bytes. A file is opened once (`SourceFile`), recognised by
// content (`Formats/`, one format a file), streamed as tables of typed cells (`Rows/`), summed up
// for `assure tables` (`Tables/`), matched with the datasets of a policy and turned into records
// and rejects (`Records/`). A spreadsheet that has formulas is read once more: its formulas become
// trees (`Formulas/`, pure), are recalculated, and are searched for known faults (`Inspection/`).
// `Worksheet/` writes what testers fill in and reads it back.
//
// Threads. A format parses on a thread of its own and fills batches of rows (`RowPipe`); checks and
// the sink run on the caller's; a third digests the source while it copies it (`SourceCopy`). What
// a sink is told does not depend on their timing. Values go from bytes to canonical bytes
// (`QuickReading`, `RecordRow`); what is unusual in any way is read by the reference, in `String`s
// (`FieldReading`), and a test holds the two together. Plain XML is read here (`PlainMarkup`), and
// handed to libxml2 at the first token that is not plain; a test holds those two together. Records
// are stored by the sink's own thread, one lot while the next is read. A new thing that formats
// tell a `RowSink` must be passed on by `PipedSink`.
//
// Invariants
// 1. A source is never altered, and nothing outside it is opened: no network, no entity, no DTD, no
//    path or address found in it. A DOCTYPE is refused.
// 2. Rows read = records accepted + rows rejected, per table. Blank rows, rows above the header and
//    columns without a field are counted and named. Nothing is dropped without a word.
// 3. What a sink was given counts only once the reading returns: parsers deliver rows before they
//    find that a file is cut off.
// 4. Memory does not grow with rows: six batches of them are held. Every growth is bounded by
//    `Bounds`, and a bound that is met ends the reading with an error that names it.
// 5. Numbers are exact. Spreadsheet numbers are the decimal as written, or at 15 significant digits
//    where it is longer; numbers of formats without types are exactly what is written.
// 6. A formula without a stored value is unknown and never zero. Formulas are read, never run by
//    another program; what is not recalculated is counted with the reason, never guessed.
//
// Where readers of spreadsheets disagree: cells under a merge keep their values; hidden sheets and
// rows are read and named; errors are cells of their own kind; booleans are no numbers; a date is a
// day, or a day and a time; serial 60 of the 1900 system is 1900-02-29, which is no day.
//
// Sources. ECMA-376 (Office Open XML), the XML Spreadsheet Reference (Microsoft, 2001), ODF 1.3,
// RFC 4180; what real files do is in the fixtures of the tests.
//
// Must not import Pack or Workbench.
