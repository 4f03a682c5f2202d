import Assurance
import Foundation
import Ingest
import Testing

/// Database exports. Expected values: the files themselves, read by hand.
@Suite struct NamedFieldTests {
  @Test func mysqldump() throws {
    let rows = try TypedRows(
      fixture: "mysqldump/dbunit-MysqlXmlDataSet.xml", table: "table2",
      columns: ["column5", "column6", "column7", "column8"], key: "table2_id")
    #expect(
      rows.rows == [
        [
          "table2_id": "1", "column5": "fhah", "column6": "456", "column7": "46.5",
          "column8": "fsdbghfdas",
        ],
        ["table2_id": "2", "column5": "asdhfoih", "column6": "654", "column8": "43asdfhgj"],
        ["table2_id": "3", "column5": "ajsdlkfguitah", "column6": "654"],
      ])
    #expect(rows.lines == [28, 35, 42])
    #expect(rows.notices.map(\.message) == ["`column7` 2 NULL; `column8` 1 NULL"])
  }

  @Test func columnsByNumber() throws {
    let rows = try TypedRows(
      fixture: "jdbc-export/mockrunner-squirrelxmltestresult.xml", table: "records",
      columns: ["pub_name"], key: "pub_id")
    #expect(rows.rows.map { $0["pub_id"] } == ["0736", "0877", "1389"])
    #expect(rows.rows[1]["pub_name"] == "Binnet & Hardley")
  }

  private func rows(
    _ text: String, table: String, columns: [String], key: String
  ) throws -> TypedRows {
    try TypedRows(TemporaryFile("data.xml", text).open(), table: table, columns: columns, key: key)
  }

  @Test func oracle() throws {
    let result = try rows(
      """
      <?xml version='1.0' encoding='UTF8'?><RESULTS><ROW>
      <COLUMN NAME="SITE"><![CDATA[A & B]]></COLUMN><COLUMN NAME="KWH"><![CDATA[10.5]]></COLUMN>
      </ROW><ROW><COLUMN NAME="SITE"><![CDATA[C]]></COLUMN><COLUMN NAME="KWH"></COLUMN></ROW>
      </RESULTS>
      """, table: "records", columns: ["KWH"], key: "SITE")
    #expect(result.rows == [["SITE": "A & B", "KWH": "10.5"], ["SITE": "C"]])
    #expect(result.notices.map(\.message) == ["`KWH` 1 empty"])
  }

  @Test func recordsetWithSchema() throws {
    let result = try rows(
      """
      <xml xmlns:s='uuid:BDC6E3F0-6DA3-11d1-A2A3-00AA00C14882'
       xmlns:rs='urn:schemas-microsoft-com:rowset'
       xmlns:dt='uuid:C2F41010-65B3-11d1-A29F-00AA00C14882' xmlns:z='#RowsetSchema'>
      <s:Schema id='RowsetSchema'><s:ElementType name='row' content='eltOnly'>
      <s:AttributeType name='c0' rs:name='Customer ID' rs:number='1'>
      <s:datatype dt:type='string' dt:maxLength='5'/></s:AttributeType>
      <s:AttributeType name='Total' rs:number='2'><s:datatype dt:type='number'/></s:AttributeType>
      </s:ElementType></s:Schema>
      <rs:data><z:row c0='ALFKI' Total='12.50'/><z:row c0='ANATR'/></rs:data></xml>
      """, table: "records", columns: ["Total"], key: "Customer ID")
    #expect(result.rows == [["Customer ID": "ALFKI", "Total": "12.50"], ["Customer ID": "ANATR"]])
    #expect(result.codes() == ["no-value": 1, "declared-types": 1])
  }

  @Test func worldBank() throws {
    let result = try rows(
      """
      <Root><data><record><field name="Country or Area" key="FIN">Finland</field>
      <field name="Value" /></record><record>
      <field name="Country or Area" key="CHN">China</field><field name="Value">2.5</field></record>
      </data></Root>
      """, table: "records", columns: ["Country or Area/@key", "Value"], key: "Country or Area")
    #expect(
      result.rows == [
        ["Country or Area": "Finland", "Country or Area/@key": "FIN"],
        ["Country or Area": "China", "Country or Area/@key": "CHN", "Value": "2.5"],
      ])
  }

  /// Tables of one name in two databases are two tables.
  @Test func twoDatabases() throws {
    let text = """
      <mysqldump><database name="a"><table_data name="T"><row><field name="x">1</field></row>
      </table_data></database><database name="b"><table_data name="T"><row>
      <field name="x">2</field></row></table_data></database></mysqldump>
      """
    let names = try TableSummary.read(TemporaryFile("d.xml", text).open()).map(\.name)
    #expect(names.prefix(2) == ["T", "b.T"])
    #expect(try rows(text, table: "b.T", columns: [], key: "x").rows == [["x": "2"]])
  }
}
