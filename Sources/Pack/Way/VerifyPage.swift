import Trail

/// `verify.html`: checks the folder that it lies in, in a browser without network.
///
/// A forger can put another page in its place: it is for a reader who has nothing else, and says
/// so. Its own digest is in the tag manifests, and the same in every pack of this version.
enum VerifyPage {
  static let path = "verify.html"

  private static let style = """
    body{font:16px/1.55 -apple-system,"Segoe UI",Roboto,"Noto Sans",Arial,"PingFang TC",\
    "Microsoft JhengHei","Noto Sans CJK TC",sans-serif;max-width:50rem;margin:2rem auto;\
    padding:0 1rem;color:#17212b;background:#fff}h1{font-size:1.9rem;line-height:1.2}\
    h1 span{display:block;font-size:1.15rem;font-weight:500;color:#53616e}button,input{font:inherit}\
    input{max-width:100%}button{padding:.45rem 1.2rem;border:1.5px solid #14496b;border-radius:4px;\
    background:#14496b;color:#fff;font-weight:600}:focus-visible{outline:3px solid #14496b;\
    outline-offset:2px}#verdict{font-weight:650;border:2px solid;padding:.6rem 1rem;margin:1.4rem 0}\
    code{overflow-wrap:anywhere;font-size:.85em}ul{list-style:none;padding:0;font-size:.875rem}\
    li{display:grid;grid-template-columns:6.5rem minmax(0,1fr);padding:.3rem 0;\
    border-bottom:1px solid #d5dbe1;overflow-wrap:anywhere}.key{color:#53616e;font-size:.875rem}\
    @media print{button,input{display:none}}
    """

  static let html: String = {
    let policy =
      "default-src 'none'; script-src 'sha256-\(Digest(ofText: VerifyScript.text).base64)'; "
      + "style-src 'sha256-\(Digest(ofText: style).base64)'; base-uri 'none'; form-action 'none'"
    return """
      <!doctype html>
      <html lang="en">
      <head>
      <meta http-equiv="Content-Security-Policy" content="\(policy)">
      <meta charset="utf-8">
      <meta name="referrer" content="no-referrer">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Check this evidence pack</title>
      <style>\(style)</style>
      </head>
      <body>
      <main>
      <h1>Check this evidence pack <span lang="zh-Hant">核對本證據檔案</span></h1>
      <p>Everything happens in this browser; nothing is sent anywhere. Choose the folder that this \
      page lies in, the one with bagit.txt.</p>
      <p lang="zh-Hant">全部核對均在本瀏覽器內進行，不會傳送任何資料。請選取本頁所在的資料夾（內有 \
      bagit.txt）。</p>
      <p><label>The folder <span lang="zh-Hant">資料夾</span>: \
      <input type="file" id="folder" webkitdirectory multiple></label></p>
      <p><label>Your own list of signers, if you have one <span lang="zh-Hant">閣下自備的簽署人名單\
      （如有）</span>: <input type="file" id="signers"></label></p>
      <p><button id="go" type="button">Check <span lang="zh-Hant">核對</span></button></p>
      <p id="verdict" role="status">nothing is checked yet <span lang="zh-Hant">尚未核對</span></p>
      <p>Digest of the pack, to compare with the one you were given \
      <span lang="zh-Hant">檔案識別碼，請與另行收到者比對</span>: <code id="number"></code></p>
      <p class="key">holds <span lang="zh-Hant">相符</span> · WRONG <span lang="zh-Hant">不符</span> · \
      not checked <span lang="zh-Hant">未核對</span></p>
      <ul id="report"></ul>
      <p>Whoever could change this folder could change this page. It is worth what its own origin \
      is worth: the commands in VERIFY.txt need no page of ours, and \
      <code>assure verify</code> checks more.</p>
      <p lang="zh-Hant">能改動本資料夾的人亦能改動本頁；VERIFY.txt 所載指令無需本頁，\
      <code>assure verify</code> 核對的項目更多。</p>
      </main>
      <script>\(VerifyScript.text)</script>
      </body>
      </html>

      """
  }()
}
