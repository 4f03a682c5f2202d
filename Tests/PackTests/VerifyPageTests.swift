import Assurance
import Foundation
import Testing
import Trail

@testable import Pack

/// `verify.html`: its policy, and its script over a whole and a broken pack in an engine of the
/// kind that browsers have, as far as one is installed.
@Suite struct VerifyPageTests {
  /// Only its own script and style, by hash; nothing is loaded.
  @Test func policyNamesTheScript() throws {
    let html = VerifyPage.html
    let script = html.components(separatedBy: "<script>")[1].components(separatedBy: "</script>")[0]
    #expect(html.contains("script-src 'sha256-\(Digest(ofText: script).base64)'"))
    #expect(html.contains("default-src 'none'") && html.contains("form-action 'none'"))
    for word in ["http://", "https://", "innerHTML", "eval(", "document.write", "fetch("] {
      #expect(!html.contains(word), "\(word)")
    }
  }

  /// Runs the page's own script over files given as data, and says what it says.
  private func verdict(_ files: [String: [UInt8]], signers: [UInt8]? = nil) throws -> String? {
    let folder = try TemporaryFolder()
    let data = files.map { "[\"\($0.key)\",\"\(Base64.text($0.value))\"]" }.joined(separator: ",")
    let own = signers.map { "atob('\(Base64.text($0))')" } ?? "null"
    let program = """
      globalThis.document = {getElementById: () => null};
      \(VerifyScript.text)
      const files = new Map([\(data)].map(([name, body]) => [name,
        new Blob([Uint8Array.from(atob(body), c => c.charCodeAt(0))])]));
      check(files, \(own)).then(r =>
        console.log(r.verdict + '\\n' + r.lines.map(l => l.join(' ')).join('\\n')));
      """
    try Tamper.write(folder.path + "/page.js", Array(program.utf8))
    let ran = try CommandResult.run(
      "command -v node >/dev/null || exit 77; node page.js", in: folder.path)
    guard ran.status != 77 else {
      print("skipped: no node")
      return nil
    }
    #expect(ran.status == 0, "\(ran.output)")
    return ran.output
  }

  @Test func theScriptAgrees() throws {
    let sealed = try SealedExample()
    let tree = try sealed.tree(try sealed.content(of: try Example.tiny()))
    guard let whole = try verdict(tree.files, signers: sealed.signers) else { return }
    #expect(whole.hasPrefix("whole"), "\(whole)")
    #expect(whole.components(separatedBy: "\n").count { $0.hasPrefix("holds") } == 7, "\(whole)")
    let attacks: [(String, @Sendable (inout MemoryTree) -> Void)] = [
      ("not the bytes of", { $0.files["data/index.html"]?[9] ^= 1 }),
      ("is in no list", { $0.files["data/more"] = [65] }),
      ("is missing", { $0.files["data/build/build.json"] = nil }),
      (
        "changed since",
        {
          $0.files["data/workpapers/large.md"]?.append(65)
          Mutations.redoLists(&$0)
        }
      ),
      (
        "signed root",
        {
          $0.files["data/trail/events.jsonl"]?[40] ^= 1
          Mutations.redoLists(&$0)
        }
      ),
      (
        "is not over this text",
        { $0.files["data/signoffs/0001-preparer-alice_example.org.txt"]?[30] ^= 1 }
      ),
    ]
    for (words, attack) in attacks {
      var changed = tree
      attack(&changed)
      let text = try verdict(changed.files) ?? ""
      #expect(text.hasPrefix("broken"), "\(words): \(text)")
      if words != "signed root" { #expect(text.contains(words), "\(words): \(text)") }
    }
    let stranger = try verdict(tree.files, signers: Array("x ssh-ed25519 AAAA\n".utf8)) ?? ""
    #expect(stranger.contains("this key may not sign"))
  }

  /// A signature on what changed since is wrong, unless the same role signed again.
  @Test func theScriptKnowsWhatWasSignedAgain() throws {
    let sealed = try SealedExample()
    let content = try sealed.content(of: try Example.tiny())
    var files = try sealed.tree(content).files
    let path = "data/workpapers/large.md"
    var events = content.trail.events
    func add(_ number: Int, _ digest: Digest) throws {
      let signoff = try sealed.sign(
        sealed.alice, .preparer, .workpaper("large"), number: number,
        made: "2022-02-11T12:00:00Z", covers: [Statement.Covered(digest: digest, path: path)],
        &events)
      files["seal/" + PackPaths.statement(signoff)] = signoff.statement.bytes
      files["seal/" + PackPaths.signature(signoff)] = signoff.signature
    }
    try add(4, Digest(ofText: "as it was"))
    guard let stale = try verdict(files, signers: sealed.signers) else { return }
    #expect(stale.hasPrefix("broken: 1 wrong") && stale.contains("changed since"), "\(stale)")
    try add(5, Digest(of: files[path] ?? []))
    let again = try verdict(files, signers: sealed.signers) ?? ""
    #expect(again.hasPrefix("whole"), "\(again)")
    #expect(again.contains("changed since, and signed again in seal/0005-preparer"), "\(again)")
  }
}
