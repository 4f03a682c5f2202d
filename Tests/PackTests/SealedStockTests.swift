import Foundation
import Pack
import Testing
import Trail

/// A sealed pack by stock tools: what we sign, `ssh-keygen` accepts; what we pack, `bagit` accepts.
@Suite struct SealedStockTests {
  private func written(_ folder: TemporaryFolder) throws -> String {
    let tree = try SealedExample().tree()
    let pack = folder.path + "/pack"
    for (path, bytes) in tree.files {
      let url = URL(fileURLWithPath: pack + "/" + path)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: url)
    }
    return pack
  }

  /// Lists, signatures and covered files, as VERIFY.txt gives the commands.
  @Test func whatVerifyTextSays() throws {
    let folder = try TemporaryFolder()
    let pack = try written(folder)
    let line = """
      set -e
      command -v ssh-keygen >/dev/null || exit 77
      sha256sum --check --strict --quiet tagmanifest-sha256.txt manifest-sha256.txt
      sha512sum --check --strict --quiet tagmanifest-sha512.txt manifest-sha512.txt
      for f in data/signoffs/0*.txt seal/0*.txt; do
        who=$(sed -n 's/^# signer: //p' $f); role=$(sed -n 's/^# role: //p' $f)
        made=$(sed -n 's/^# made: //p' $f | tr -d ':TZ-')
        ssh-keygen -Y verify -f data/keys/allowed_signers -I $who -n $role@assure \
          -O verify-time=${made}Z -s ${f%.txt}.sig < $f >/dev/null
        sha256sum --check --strict --quiet $f
        # In another role, and over other bytes, the same tool refuses it.
        if ssh-keygen -Y verify -f data/keys/allowed_signers -I $who -n eqr@assure \
          -O verify-time=${made}Z -s ${f%.txt}.sig < $f >/dev/null 2>&1; then exit 3; fi
        if (cat $f; echo x) | ssh-keygen -Y verify -f data/keys/allowed_signers -I $who \
          -n $role@assure -O verify-time=${made}Z -s ${f%.txt}.sig >/dev/null 2>&1; then exit 4; fi
      done
      """
    let ran = try CommandResult.run(line, in: pack)
    guard ran.status != 77 else { return print("skipped: no ssh-keygen") }
    #expect(ran.status == 0 && ran.output.isEmpty, "\(ran.status) \(ran.output)")
  }

  /// RFC 8493 allows tag files that no list has: seal/.
  @Test func bagitPython() throws {
    let folder = try TemporaryFolder()
    let pack = try written(folder)
    let python = ProcessInfo.processInfo.environment["ASSURE_TEST_PYTHON"] ?? "python3"
    let line = "\(python) -c 'import bagit' 2>/dev/null || exit 77; \(python) -m bagit --validate ."
    let ran = try CommandResult.run(line, in: pack)
    guard ran.status != 77 else { return print("skipped: bagit is not importable by \(python)") }
    #expect(ran.status == 0, "\(ran.output)")
  }
}
