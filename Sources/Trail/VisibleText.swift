import Foundation

/// Text that says what it shows: no character hides, reverses or rearranges another.
enum VisibleText {
  /// Whether a text is one non-empty line in Unicode NFC, without controls, bidirectional marks,
  /// invisible format characters, or a space at either end.
  ///
  /// The list of refused characters is fixed here rather than taken from Unicode's properties, so
  /// that a verdict does not change with the version of a library.
  static func isLine(_ text: String) -> Bool {
    guard let first = text.utf8.first, let last = text.utf8.last else { return false }
    return first != 0x20 && last != 0x20 && text.unicodeScalars.allSatisfy(isVisible) && isNFC(text)
  }

  private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0...0x1F, 0x7F...0x9F: false  // controls
    case 0xAD, 0x34F, 0x115F, 0x1160, 0x3164, 0xFFA0: false  // soft hyphen, joiner, fillers
    case 0x61C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: false  // bidirectional
    case 0x180E, 0x200B, 0x2028, 0x2029, 0x2060...0x2065, 0x206A...0x206F: false
    case 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE0FFF: false  // marks, tags
    case 0xFDD0...0xFDEF: false
    default: scalar.value & 0xFFFE != 0xFFFE  // no noncharacters
    }
  }

  private static func isNFC(_ text: String) -> Bool {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return true }
    return text.precomposedStringWithCanonicalMapping.isSame(as: text)
  }
}

/// The same question from other rooms.
package enum VisibleLine {
  /// Whether a text is one non-empty line of visible characters in Unicode NFC.
  package static func isVisible(_ text: String) -> Bool { VisibleText.isLine(text) }
}
