import Glibc

/// What libFuzzer calls for each input: the parser that FUZZ_TARGET names reads it.
@_cdecl("LLVMFuzzerTestOneInput")
public func readOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: data, count: size))
  do { try parser.run(bytes) } catch {
    print("fault in \(parser.name): \(error)")
    abort()
  }
  return 0
}

private let parser: ForeignParser = {
  let name = getenv("FUZZ_TARGET").map { String(cString: $0) } ?? ""
  if let parser = ForeignParser.named(name) { return parser }
  print("FUZZ_TARGET is one of: \(ForeignParser.all.map(\.name).joined(separator: " "))")
  exit(64)
}()
