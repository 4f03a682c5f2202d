import Assurance
import Ingest
import Testing

/// Exports of databases: tables of one row, inline schemas, diffgrams, and what is no value.
@Suite struct RecordShapeTests {
  private func tables(_ text: String) throws -> [TableSummary] {
    try TableSummary.read(TemporaryFile("data.xml", text).open())
  }

  /// A table with one row repeats nothing and is a table all the same.
  @Test func accessTableOfOneRow() throws {
    let found = try tables(
      """
      <dataroot xmlns:od="urn:schemas-microsoft-com:officedata"><Sites>
      <Site_x0020_ID>1</Site_x0020_ID>
      <Name/></Sites><Meters><ID>1</ID></Meters><Meters><ID>2</ID></Meters></dataroot>
      """)
    #expect(found.map(\.name) == ["/dataroot/Meters", "/dataroot/Sites"])
    #expect(found[1].notices.map(\.message) == ["`Name` 1 empty"])
  }

  @Test func escapedNamesMatchHeaders() throws {
    let file = try TemporaryFile(
      "data.xml", "<dataroot><Sites><Site_x0020_ID>A</Site_x0020_ID></Sites></dataroot>")
    let rows = try TypedRows(
      file.open(), table: "/dataroot/Sites", columns: [], key: "Site ID")
    #expect(rows.rows == [["Site ID": "A"]])
  }

  private let dataSet = """
    <NewDataSet><xs:schema id="NewDataSet" xmlns:xs="http://www.w3.org/2001/XMLSchema"
     xmlns:msdata="urn:schemas-microsoft-com:xml-msdata"><xs:element name="NewDataSet"
     msdata:IsDataSet="true"><xs:complexType><xs:choice maxOccurs="unbounded">
    <xs:element name="Sites"><xs:complexType><xs:sequence><xs:element name="ID" type="xs:int"/>
    <xs:element name="Area" type="xs:decimal" minOccurs="0"/></xs:sequence></xs:complexType>
    </xs:element><xs:element name="Meters"><xs:complexType><xs:sequence><xs:element name="ID"
     type="xs:int"/></xs:sequence></xs:complexType></xs:element></xs:choice></xs:complexType>
    </xs:element></xs:schema><Sites><ID>007</ID></Sites></NewDataSet>
    """

  @Test func dataSetWithInlineSchema() throws {
    let found = try tables(dataSet)
    let sites = try #require(found.first { $0.name == "/NewDataSet/Sites" })
    #expect(sites.rows == 1)
    // The schema says int; the text stays what it is.
    #expect(sites.firstCell?.value == "007")
    let codes = sites.notices.map(\.code)
    #expect(codes == ["declared-without-rows", "declared-types"])
    #expect(sites.notices[0].message.hasSuffix("`Meters`"))
    #expect(sites.notices[1].message.hasSuffix("`ID` xs:int; `Area` xs:decimal"))
  }

  /// What rows were before a change is shown, and feeds no dataset unless it is named.
  @Test func diffgram() throws {
    let text = """
      <diffgr:diffgram xmlns:diffgr="urn:schemas-microsoft-com:xml-diffgram-v1"
       xmlns:msdata="urn:schemas-microsoft-com:xml-msdata"><DS><Sites diffgr:id="Sites1"
       msdata:rowOrder="0" diffgr:hasChanges="modified"><ID>1</ID><V>20</V></Sites></DS>
      <diffgr:before><Sites diffgr:id="Sites1" msdata:rowOrder="0"><ID>1</ID><V>10</V></Sites>
      <Sites diffgr:id="Sites2" msdata:rowOrder="1"><ID>2</ID><V>30</V></Sites></diffgr:before>
      </diffgr:diffgram>
      """
    let yaml = """
      dataset: sites
      title: Sites
      key: [id]
      fields:
        - {name: id, type: text, required: yes, aliases: [ID]}
        - {name: v, type: decimal, required: yes, aliases: [V]}
      """
    let dataset = try DatasetDefinition.read(PolicyNode.parse(yaml, file: "sites.yaml"))
    let (receipt, kept) = try read("d.xml", text, [dataset])
    #expect(kept.records.map { $0.values[1]?.canonical } == ["20"])
    #expect(receipt.ignoredTables.map(\.name) == ["/diffgram/before/Sites"])
    #expect(receipt.ignoredTables.map(\.rows) == [2])
    let before = try read("d.xml", text, [dataset], table: "/diffgram/before/Sites")
    #expect(before.kept.records.map { $0.values[1]?.canonical } == ["10", "30"])
  }

  @Test func nilEmptyAndAbsent() throws {
    let found = try tables(
      """
      <r xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><a><x xsi:nil="true"/><y>1</y></a>
      <a><x></x><y>1</y></a><a><y>2</y></a><a><x>5</x><y/></a></r>
      """)
    #expect(found[0].notices.map(\.message) == ["`x` 1 nil, 1 empty, 1 absent; `y` 1 empty"])
  }

  /// Socrata names outer and inner rows alike; one inner row is still a record.
  @Test(arguments: [1, 2]) func socrata(_ count: Int) throws {
    let rows = (1...count).map { "<row _id=\"r\($0)\"><kwh>\($0)</kwh></row>" }.joined()
    let found = try tables("<response><row>\(rows)</row></response>")
    #expect(found.map(\.name) == ["/response/row/row"])
    #expect(found[0].rows == count)
  }

  /// A file's own table goes before the record path that holds the same.
  @Test func ownTableGoesFirst() throws {
    let yaml = """
      dataset: users
      title: Users
      key: [name]
      fields:
        - {name: name, type: text, required: yes, aliases: [name]}
      """
    let dataset = try DatasetDefinition.read(PolicyNode.parse(yaml, file: "users.yaml"))
    let text = """
      <mysqldump><database name="d"><table_data name="T"><row><field name="name">A</field></row>
      <row><field name="name">B</field></row></table_data></database></mysqldump>
      """
    let (receipt, kept) = try read("d.xml", text, [dataset])
    #expect(kept.records.map { $0.values[0]?.canonical } == ["A", "B"])
    #expect(receipt.tables.map(\.name) == ["T"])
    #expect(receipt.ignoredTables.contains { $0.reason == "it holds again what stands in `T`" })
  }
}
