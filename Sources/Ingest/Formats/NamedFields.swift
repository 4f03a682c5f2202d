import Assurance

/// Records whose fields carry the column's name: `mysqldump --xml`, Oracle and JDBC exports, World
/// Bank and UN downloads, SQuirreL SQL, ADO recordsets.
///
/// Read as one table for each table of the database, with its columns' own names. NULL
/// (`xsi:nil="true"`), an empty value and a missing field give no value; how many there were of
/// each is said of every column. Attributes of a field beside its name are columns of their own.
package enum NamedFields: SourceFormat {
  package static let id = "named-fields"

  package static func recognises(_ head: SourceHead, root: XMLRoot?) -> Bool {
    guard let root else { return false }
    if root.name == "mysqldump" { return true }
    // UTF-16 has its ASCII at every second byte.
    let text = String(decoding: head.bytes.prefix(8192).filter { $0 != 0 }, as: UTF8.self)
      .lowercased()
    if text.contains("\"#rowsetschema\"") || text.contains("'#rowsetschema'") { return true }
    return [
      "<field name=", "<column name=", "<col name=", "<value columnnumber=",
    ].contains { text.contains($0) } && !text.contains("<complextype")
  }

  package static func read(
    _ file: SourceFile, options: ReadOptions, into sink: RowSink
  ) throws {
    try TypedTables.read(file, options: options, into: sink) { tables in
      let scan = NamedFieldHandler(bounds: file.bounds)
      try XMLReader.parse(try FileInput.xml(file, sink: sink), handler: scan, place: file.name)
      for (index, table) in scan.tables.enumerated() where table.count > 0 {
        guard try tables.begin(table.name, columns: table.columns, count: table.count) != nil
        else { continue }
        let reader = NamedFieldHandler(
          bounds: file.bounds, tables: scan.tables, wanted: index
        ) { try sink.row($0) }
        try XMLReader.parse(try FileInput.xml(file, sink: sink), handler: reader, place: file.name)
        var tail = TableTail()
        tail.remarks = scan.tables[index].remarks
        try sink.end(tail)
      }
    }
  }
}
