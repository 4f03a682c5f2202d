import Assurance
import Exact
import Ingest

/// A dataset of monthly water readings, as a policy declares it.
func waterDataset(tables: String = "one", extra: String = "") throws -> DatasetDefinition {
  let yaml = """
    dataset: water-readings
    title: Monthly water readings
    key: [site, month]
    nulls: [n/a, "-", 不適用]
    totals: [Total, 合計]
    dates: dmy
    tables: \(tables)
    units:
      m3: [m3, m³, cubic metres, 立方米]
      t: [t, tonnes, 噸, 吨]
      kL: [kL]
    convert:
      - {from: m3, to: t, factor: 1, basis: "density of water taken as 1 t per cubic metre"}
    fields:
      - {name: site, type: text, required: yes, aliases: [Site, Site ID, 地點, 地点, "@site"]}
      - {name: month, type: month, required: yes, aliases: [Month, 月份]}
      - {name: volume, type: decimal, required: yes, unit: t, unit_field: unit,
         aliases: [Volume, Usage, 用水量]}
      - {name: unit, type: text, aliases: [Unit, 單位]}
      - {name: read_on, type: date, aliases: [Read on, 抄表日期]}
      - name: kind
        type: choice
        aliases: [Kind, 讀數]
        choices: {actual: [A, 實際], estimated: [E, 估算]}
    \(extra)
    """
  return try DatasetDefinition.read(PolicyNode.parse(yaml, file: "water.yaml"))
}

/// Keeps everything it is given.
struct Kept: RecordSink {
  var records: [Record] = []
  var rejects: [Reject] = []
  var notices: [Notice] = []

  mutating func accept(_ record: Record) { records.append(record) }
  mutating func reject(_ reject: Reject) { rejects.append(reject) }
  mutating func notice(_ notice: Notice) { notices.append(notice) }

  func text(_ row: Int, _ field: Int) -> String? { records[row].values[field]?.canonical }
}

/// Reads text as a file of that name.
func read(
  _ name: String, _ text: String, _ datasets: [DatasetDefinition], table: String? = nil
) throws -> (receipt: SourceReceipt, kept: Kept) {
  let file = try TemporaryFile(name, text)
  var kept = Kept()
  let receipt = try RecordReader.read(file.open(), datasets: datasets, table: table, into: &kept)
  return (receipt, kept)
}

/// The code of the `AssureError` a step throws; nil if it throws none.
func code(_ step: () throws -> Void) -> String? {
  do { try step() } catch let error as AssureError { return error.code } catch { return "\(error)" }
  return nil
}

/// SpreadsheetML of one sheet: rows of typed cells, `""` skipped by index.
func spreadsheet(_ sheets: [(name: String, rows: [[String]])]) -> String {
  var text = """
    <?xml version="1.0"?>
    <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
      xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
    """
  for sheet in sheets {
    text += "<Worksheet ss:Name=\"\(sheet.name)\"><Table>\n"
    for row in sheet.rows {
      text += "<Row>"
      for (index, cell) in row.enumerated() where !cell.isEmpty {
        let type = ExactDecimal(cell) != nil ? "Number" : "String"
        text += "<Cell ss:Index=\"\(index + 1)\"><Data ss:Type=\"\(type)\">\(cell)</Data></Cell>"
      }
      text += "</Row>\n"
    }
    text += "</Table></Worksheet>\n"
  }
  return text + "</Workbook>"
}
