import Assurance

/// Flat OpenDocument spreadsheets (ODF 1.3): .fods.
///
/// Read: typed values, repeated cells and rows, cells covered by a merge, hidden rows, columns and
/// sheets, filters, names, formulas with their stored values. Annotations, shapes and the tables
/// inside charts are no cells.
package enum FlatODF: SourceFormat {
  package static let id = "flat-odf"

  package static func recognises(_ head: SourceHead, root: XMLRoot?) -> Bool {
    root?.name == "document" && root?.namespace == ODFHandler.officeNamespace
  }

  package static func read(
    _ file: SourceFile, options: ReadOptions, into sink: RowSink
  ) throws {
    let handler = ODFHandler(bounds: file.bounds, sink: sink, hasLines: true)
    try XMLReader.parse(try FileInput.xml(file, sink: sink), handler: handler, place: file.name)
  }
}
