/// Small XML documents that use everything a parser has to get right; all made here.
enum MarkupDocuments {
  /// What exports are made of.
  static let plain = [
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<r>\r\n <a b='1'>x</a>\r\n</r>\r\n",
    "\u{FEFF}<?xml version='1.0' standalone='yes' ?><r/>",
    "<!-- made --><?go on?><r xmlns='u' xmlns:s='v'><s:a s:b=\"1\" b=\"2\">水 3&lt;4</s:a></r>\n"
      + "<!-- end -->",
    "<r a=\"&amp;&lt;&gt;&quot;&apos;&#65;&#x6C34;\">&#9;&#13;&#10;&amp;amp;</r>",
    "<r><![CDATA[<a>&b;]] ]>]]>x<![CDATA[]]>\n<![CDATA[1\r\n2]]></r>",
    "<r a='one\n two\tthree\r\nfour' b = \"'\"\n c='\"'><b/></r>",
    "<r><t xml:space=\"preserve\"> a ]] b ]> c </t><t xml:lang='en'/></r>",
    "<a:r xmlns:a='u'><r xmlns='v'><r xmlns=''><a:x/></r></r><b:y xmlns:b='u' b:z='1'/></a:r>",
    "<r>\u{7F}\u{85}\u{2028}\u{10FFFF}\u{E000}</r>",
    "<_a.b-c1><D/><e>1</e ><f\n/></_a.b-c1\r\n>",
    "<r a='&#10;&#9; x'><?p?><?q  ?><?r ?x??></r>",
    "<Row ss:Index=\"3\" xmlns:ss=\"urn:s\">"
      + "<Cell ss:Index=\"2\"><Data ss:Type=\"Number\">1.5</Data></Cell></Row>",
  ]

  /// Well-formed or not: what is easily got wrong.
  static let tricky = [
    "", " ", "<", "<r", "<r>", "<r></", "<r></r", "<r></r>x", "<r/><r/>", "</r>", "x<r/>",
    "<r></s>", "<r></rr>", "<rr></r>", "<r><a></r></a>", "<r a></r>", "<r a=></r>", "<r a=1/>",
    "<r a='1'b='2'/>", "<r a='1' a='2'/>", "<r a='<'/>", "<r a='1/>", "<r / >", "<r>&x;</r>",
    "<r>&</r>", "<r>&amp</r>", "<r>&#0;</r>", "<r>&#xD800;</r>", "<r>&#xFFFE;</r>", "<r>&#;</r>",
    "<r>&#x;</r>", "<r>&#1;</r>", "<r>&#00000000065;</r>", "<r>&#X41;</r>", "<r>&#4294967361;</r>",
    "<r>]]></r>", "<r>]]</r>", "<r>a\rb</r>", "<r>a\r\r\nb</r>", "<r a='a\rb'/>", "<r>\u{1}</r>",
    "<r>\u{0}</r>", "<r/>\u{0}", "<r>\u{FFFF}</r>", "<r>\u{FFFE}</r>", "<!-- -- --><r/>",
    "<!-----><r/>", "<!----><r/>", "<!--->--><r/>", "<r><!--</r>", "<r><![CDATA[</r>",
    "<r>\n<!-- \u{2} --></r>",
    "<![CDATA[x]]><r/>", "<r/><![CDATA[x]]>", "<r><![CDATA[a\rb]]></r>",
    "<r><?xml version='1.0'?></r>",
    "<r><?XML x?></r>", "<r><?p:q x?></r>", "<?p x?><?xml version='1.0'?><r/>",
    " <?xml version='1.0'?><r/>",
    "<?xml version='1.1'?><r/>", "<?xml version='2.0'?><r/>", "<?xml encoding='UTF-8'?><r/>",
    "<?xml version='1.0' encoding='ISO-8859-1'?><r>a</r>", "<?xml version='1.0' encoding='x'?><r/>",
    "<?xml version='1.0' encoding='UTF-16'?><r/>", "<?xml version='1.0'encoding='UTF-8'?><r/>",
    "<?xml version='1.0' standalone='maybe'?><r/>",
    "<?xml version='1.0' standalone='no' encoding='UTF-8'?><r/>",
    "<?xml version=\"1.0\" encoding=\"utf-8\"?><r>\u{E9}</r>", "<?xml?><r/>",
    "<?xml version='1.0'>",
    "<!DOCTYPE r><r/>", "<!DOCTYPE r [<!ENTITY a 'b'>]><r>&a;</r>", "<r><!DOCTYPE r></r>",
    "<!x><r/>",
    "<r><!x></r>", "<p:r/>", "<r p:a='1'/>", "<r xmlns:p=''/>", "<r xmlns:xml='u'/>",
    "<r xmlns:xmlns='u'/>",
    "<r xmlns='http://www.w3.org/XML/1998/namespace'/>",
    "<r xmlns='http://www.w3.org/2000/xmlns/'/>",
    "<r xmlns:a='u' xmlns:b='u' a:c='1' b:c='2'/>", "<r xmlns:a='u' xmlns:a='v'/>",
    "<r xmlns='u' xmlns='v'/>",
    "<xmlns:r/>", "<xml:r/>", "<:r/>", "<r:/>", "<a:b:c xmlns:a='u'/>", "<a:1 xmlns:a='u'/>",
    "<1/>", "<-r/>",
    "<水><電 號='1'>x</電></水>", "<r><水/>\n<a>\nx</a></r>", "<r xmlns='a b'><s/></r>",
    "<r xmlns='u&amp;&#10;v'><s>&x;</s></r>",
    "<r><a xmlns:p='u&lt;v'><b>\n<c a='\n'>x&y;</c></b></a></r>", "<r>\n\n<a\n b='1'\n>\n</b></r>",
    "<r a='\u{E9}\u{FFFF}'/>", "<r>\u{FEFF}x</r>", "\u{FEFF}\u{FEFF}<r/>", "<r\u{A0}a='1'/>",
    "<r a\u{A0}='1'/>",
    "<r>\n<a>1</a>\n<a>2</a>\n<a>\u{8}</a></r>", "<r/>\n<!-- x -->\n<?y z?>\nq", "<r/><!-- ",
    "<r/>&amp;",
    "<r a='&#x110000;'/>", "<r a='&lt'/>", "<r a='&'/>", "<r a=\"]]>\">a]]b]>c</r>", "<r >x</r >",
    "<r\t\n>x</r\t\n>",
    "<xmlr/>", "<r xmlx='1'/>", "<r xmlns:xmlp='u'><xmlp:a/></r>", "<r><a/><?pi?></r><?pi?>",
    "<r>\(String(repeating: "<a>", count: 230))x\(String(repeating: "</a>", count: 230))</r>",
    "<r>\(String(repeating: "<a>", count: 300))",
    "<r \((0..<90).map { "a\($0)='1'" }.joined(separator: " "))/>",
    "<r \((0..<70).map { "xmlns:a\($0)='u'" }.joined(separator: " "))><a3:x/></r>",
  ]

  /// What must not be read here, each for its own reason.
  static let odd = [
    "<!DOCTYPE r><r/>", "<r>&x;</r>", "<r>a\rb</r>", "<水/>", "<r></s>", "<r>",
    "<?xml version='1.1'?><r/>", "<?xml version='1.0' encoding='GB18030'?><r/>", "<p:r/>",
    "<r>\u{1}</r>", "<r>]]></r>", "<r/>x", "<r a='1' a='2'/>",
  ]

  private static let pieces = [
    "<", ">", "/", "&", ";", "]", "]]>", "<!--", "-->", "--", "<![CDATA[", "<?", "?>", "'", "\"",
    "=",
    " ", "\n", "\r", "\r\n", "\t", "&#", "&#x", "&amp;", "&lt;", ":", "xmlns", "xmlns:a='u'", "a:",
    "xml:",
    "a", "<a>", "</a>", "<a/>", "<!DOCTYPE", "\u{0}", "\u{1}", "水", "\u{FFFF}", "1", "-", "x",
    "<?xml ",
  ]

  /// Changes, cuts, doubles or puts in something.
  static func mutate(_ bytes: inout [UInt8], using random: inout SplitMix) {
    let at = Int.random(in: 0...bytes.count, using: &random)
    let length = min(Int.random(in: 0...6, using: &random), bytes.count - at)
    switch Int.random(in: 0..<6, using: &random) {
    case 0 where at < bytes.count: bytes[at] = UInt8.random(in: 0...255, using: &random)
    case 1: bytes.removeSubrange(at..<at + length)
    case 2: bytes.insert(contentsOf: Array(bytes[at..<at + length]), at: at)
    case 3: bytes.removeSubrange(at...)
    default:
      bytes.insert(contentsOf: Array((pieces.randomElement(using: &random) ?? "").utf8), at: at)
    }
  }
}
