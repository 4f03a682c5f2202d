import Assurance
import Glibc

/// Reports in PDF, by way of `pdftotext` of poppler, which keeps the columns of tables.
///
/// It is started by name with a fixed list of arguments and no shell, gets the file that was
/// digested as its standard input, and is ended when it takes too long or says too much.
enum PDFReport {
  static let arguments = ["pdftotext", "-layout", "-enc", "UTF-8", "-eol", "unix", "-q", "-", "-"]

  static func read(_ file: SourceFile) throws(AssureError) -> ReportDocument {
    let bytes = try output(file)
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.contains(where: { !$0.isWhitespace }) else {
      throw AssureError(
        "pdf-without-text", place: file.name, "pdftotext finds no text in it",
        remedy: "its pages are pictures; ask for the file they were printed from")
    }
    return try ReportReader.document(
      file, form: .pdf, text: text,
      remarks: [
        "text by `pdftotext -layout`: lines are those of the page, columns may run together"
      ])
  }

  private static func output(_ file: SourceFile) throws(AssureError) -> [UInt8] {
    var pipes: [Int32] = [0, 0]
    guard pipe(&pipes) == 0 else { throw failed(file, "no pipe can be made") }
    defer { close(pipes[0]) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // The descriptor's own offset was never moved.
    posix_spawn_file_actions_adddup2(&actions, file.descriptor, 0)
    posix_spawn_file_actions_adddup2(&actions, pipes[1], 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addclose(&actions, pipes[0])
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    var settings: [UnsafeMutablePointer<CChar>?] = [strdup("PATH=" + path), nil]
    defer { for setting in settings { free(setting) } }
    var process = pid_t()
    let code = posix_spawnp(&process, arguments[0], &actions, nil, &words, &settings)
    close(pipes[1])
    guard code == 0 else {
      throw AssureError(
        "pdf-tool-missing", place: file.name, "pdftotext, which reads PDF, can't be started",
        remedy: "install the package poppler-utils, or give the report as text, HTML or .docx")
    }
    let (bytes, refusal) = collect(pipes[0], file)
    if refusal != nil { kill(process, SIGKILL) }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    if let refusal { throw refusal }
    // 127: the name was found by nobody after the fork.
    if status >> 8 & 0xFF == 127 {
      throw AssureError(
        "pdf-tool-missing", place: file.name, "pdftotext, which reads PDF, is not installed",
        remedy: "install the package poppler-utils, or give the report as text, HTML or .docx")
    }
    guard status == 0 else { throw failed(file, "pdftotext gave up on it") }
    return bytes
  }

  private static func failed(_ file: SourceFile, _ reason: String) -> AssureError {
    AssureError(
      "pdf-unreadable", place: file.name, reason,
      remedy: "open it in a PDF viewer and save it again; a password must be taken off first")
  }

  /// What comes through the pipe, until its end or a bound.
  private static func collect(
    _ descriptor: Int32, _ file: SourceFile
  ) -> (bytes: [UInt8], refusal: AssureError?) {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    let deadline = time(nil) + file.bounds.reportSecondsMax
    while true {
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let left = max(0, deadline - time(nil))
      let ready = poll(&waiting, 1, Int32(clamping: left * 1000))
      if ready < 0, errno == EINTR { continue }
      guard ready > 0 else {
        return (
          [],
          AssureError(
            "pdf-too-slow", place: file.name,
            "pdftotext took longer than \(file.bounds.reportSecondsMax) seconds",
            remedy: "give the report as text, HTML or .docx")
        )
      }
      let got = Glibc.read(descriptor, &chunk, chunk.count)
      if got < 0, errno == EINTR { continue }
      guard got > 0 else { return (bytes, nil) }
      bytes.append(contentsOf: chunk[..<got])
      guard bytes.count <= file.bounds.reportTextMax else {
        return ([], ReportReader.tooLong(file))
      }
    }
  }
}
