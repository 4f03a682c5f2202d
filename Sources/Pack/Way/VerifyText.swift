import Assurance
import Trail

/// `VERIFY.txt`: how to check the pack with stock commands, in English and traditional Chinese.
enum VerifyText {
  /// - Parameter formulas: the tables named by ``FormulaLikeText``.
  static func text(_ view: PackView, formulas: String) -> String {
    let title = "Evidence pack \(view.engagement.id), as of \(view.content.asOf)"
    return VisibleText.of(title) + "\n\n" + redaction(view) + english + population(view)
      + signoffs(view) + formulas + "\n" + chinese
  }

  /// What is not here, before anything else, and how one withheld fact is checked.
  private static func redaction(_ view: PackView) -> String {
    guard let redaction = view.content.redaction else { return values(view) }
    return redaction.sentences.joined(separator: "\n") + """

      本檔案為隱去個人資料的版本，並非完整檔案；詳見 \(PackPaths.redaction)。
      A statement whose files are redacted can't be checked against them here (9. below): its
      signature can, and whoever holds the whole pack can run both.
      Of 4. and 5. below: where keys are withheld, the digest and the tickets can't be had again.


      """ + values(view)
  }

  /// Lines of values.jsonl, for a reader with stock tools.
  private static func values(_ view: PackView) -> String {
    guard !view.content.trail.values.isEmpty else { return "" }
    return """
      In data/trail/events.jsonl some facts stand as {"salted":"DIGEST"}. Their values lie in
      \(PackPaths.values), one a line, with the number of the event, the place in it and the salt;
      the digest is SHA-256 over the salt and the value as it stands in that line:
           perl -e 'print pack("H*", shift), shift' SALT 'VALUE' | sha256sum


      """
  }

  private static let english = """
    How to check this folder without our software
    =============================================

    Run these in a shell, in this folder. Nothing here needs the network.

    1. The number of the pack. Compare it with the one you were given on another way:
         sha256sum tagmanifest-sha256.txt
    2. The lists themselves, and every file under data/. No output means that all agree:
         sha256sum --check --strict --quiet tagmanifest-sha256.txt manifest-sha256.txt
         sha512sum --check --strict --quiet tagmanifest-sha512.txt manifest-sha512.txt
       On macOS: shasum -a 256 -c --strict --quiet FILE
    3. Nothing but listed files. No command may print anything:
         find data -type f | LC_ALL=C sort > /tmp/there
         cut -c 67- manifest-sha256.txt | diff - /tmp/there
         find . ! -type f ! -type d
       Files under seal/ come later and are in no list; each proves itself.
    4. The population behind a sample: the SHA-256 of its CSV file is the digest in the workpaper,
       on the sample and in data/trail/events.jsonl (see the end of this list).
    5. A drawn item: data/samples/*-redraw.txt has the commands and what they must print.
    6. The log. data/trail/checkpoint says how many events there are; the first number here must
       be the second line there. The third line is the root of the tree (RFC 6962):
         wc -l < data/trail/events.jsonl; cat data/trail/checkpoint
    7. Tables (.csv) hold every value as it stands in the sources, so that digests can be compared.
       A spreadsheet program runs a value that begins with = + - or @ as a formula. To look at a
       table in one, import it with every column set to text; the pages show the same values. Where
       such values are is said at the end of this list.
       data/charts/ has each chart as a drawing (.svg) with the numbers that it is drawn from (.csv).
       Both follow from the workpaper and its population: `assure rerun .` draws them again.

    8. In a browser, without network: open verify.html and choose this folder. It checks the lists,
       the log's root and signed head, and signatures by Ed25519 keys.
    9. Signatures over the whole pack lie in seal/, one statement each. Name the file and its signer:
         F=seal/0003-partner-NAME; sed -n 's/^# signer: //p; s/^# role: //p; s/^# made: //p' $F.txt
         ssh-keygen -Y verify -f data/keys/allowed_signers -I SIGNER -n ROLE@assure \
           -O verify-time=YYYYMMDDHHMMSSZ -s $F.sig < $F.txt
         sha256sum --check --strict --quiet $F.txt
       The lists of 2. and this command together hold every file: the statement covers the list.
       `ssh-keygen -r` voids every signature of a revoked key, whenever it was made.
    10. When: data/trail/anchors/ and seal/anchors/ hold what others made of heads of the log. A
       time stamp is checked with the authority's own certificate:
         openssl ts -verify -data NAME.checkpoint -in NAME.tsr -CAfile AUTHORITY.pem
       A sign-off that quotes a head (its line `# trail:`) was made after that head; one whose event
       is among the first N lines of the log was made before an anchor over N events.

    With assure, all of this and more, figures and samples computed again:
         assure verify .
         assure rerun .

    What checks can't show: that evidence is true, sufficient or complete; who made the pack, as
    long as it holds no signatures; when, as long as nobody else holds a checkpoint of the log.


    """

  private static let chinese = """
    不用我們的軟件如何核對本資料夾
    ==============================

    在本資料夾內開啟終端機執行以下指令。全程無需網絡。

    1. 整份檔案的識別碼，與另行收到的號碼比對：
         sha256sum tagmanifest-sha256.txt
    2. 清單本身及 data/ 內每個檔案；沒有任何輸出即全部相符：
         sha256sum --check --strict --quiet tagmanifest-sha256.txt manifest-sha256.txt
         sha512sum --check --strict --quiet tagmanifest-sha512.txt manifest-sha512.txt
    3. 除清單所列外別無其他檔案；各指令都不應有輸出：
         find data -type f | LC_ALL=C sort > /tmp/there
         cut -c 67- manifest-sha256.txt | diff - /tmp/there
         find . ! -type f ! -type d
       seal/ 內的檔案於封存後才加入，不列於任何清單，各自證明自身。
    4. 抽樣母體：其 CSV 檔的 SHA-256 應與工作底稿、樣本及 data/trail/events.jsonl 所載相同。
    5. 抽中的項目：data/samples/*-redraw.txt 載有重抽指令及應得結果。
    6. 軌跡紀錄：data/trail/checkpoint 第二行為事件數目，應與下列第一個數字相同；
       第三行為雜湊樹（RFC 6962）的根值：
         wc -l < data/trail/events.jsonl; cat data/trail/checkpoint
    7. 表格（.csv）一字不改，以便比對識別碼。以 = + - @ 開首的值會被試算表軟件當作公式執行：
       如以試算表開啟，匯入時請將各欄設為文字；網頁載有相同內容，可安全閱讀。
       data/charts/ 載有各圖表（.svg）及其數據（.csv），均由工作底稿及抽樣母體得出，
       可用 assure rerun . 重新繪製。

    8. 以瀏覽器核對（無需網絡）：開啟 verify.html 並選取本資料夾，可核對清單、軌跡的根值與簽署，
       以及 Ed25519 金鑰的簽署。
    9. 對整份檔案的簽署載於 seal/，每份聲明一個檔案；指令與第 2 項及「簽署」一節相同：
         ssh-keygen -Y verify -f data/keys/allowed_signers -I 簽署人 -n 角色@assure \
           -O verify-time=時間Z -s 檔名.sig < 檔名.txt
         sha256sum --check --strict --quiet 檔名.txt
    10. 時間：data/trail/anchors/ 及 seal/anchors/ 載有第三方對軌跡的見證。時間戳以發出機構的證書核對：
         openssl ts -verify -data 檔名.checkpoint -in 檔名.tsr -CAfile 機構證書.pem
       聲明所引的軌跡（# trail: 一行）早於該聲明；軌跡首 N 行所載的聲明早於對該 N 行的見證。

    使用 assure 可一併重新計算數字及重抽樣本：
         assure verify .
         assure rerun .

    核對不能證明：證據真實、充分或完整；在沒有簽署時由誰編製；在外間無人持有軌跡檢查點時
    於何時編製。

    """

  /// The populations and their digests, as `sha256sum` prints them.
  private static func population(_ view: PackView) -> String {
    let whole = view.papers.filter { view.content.redaction?.hides($0.paper) != true }
    let lines = whole.compactMap { paper in
      paper.paper.population.map { "     \($0.digest)  \(PackPaths.population(paper.name))\n" }
    }
    return lines.isEmpty ? "" : "Populations\n" + lines.joined() + "\n"
  }

  /// For each sign-off, the stock commands: who signed, and whether it is still as it was.
  private static func signoffs(_ view: PackView) -> String {
    guard let board = view.board else { return "" }
    let lines = board.entries.map { entry -> String in
      let fields = entry.signoff.statement.fields
      let file = PackPaths.signoffs + PackPaths.statement(entry.signoff)
      return """
             ssh-keygen -Y verify -f data/keys/allowed_signers -I \(fields.signer) \\
               -n \(entry.signoff.statement.namespace) -O verify-time=\(fields.made.compact) \\
               -s \(PackPaths.signoffs + PackPaths.signature(entry.signoff)) < \(file)
             sha256sum --check --strict --quiet \(file)

        """
    }
    return """

      Sign-offs 簽署
        Put your own list of signers in place of data/keys/allowed_signers if you have one. A
        verify-time without Z is read in the local time zone; OpenSSH before 9.1 does not know Z.

      """ + lines.joined()
  }
}
