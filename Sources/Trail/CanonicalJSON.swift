/// A JSON value with one spelling only, so that its bytes can be hashed.
///
/// Objects are sorted by the UTF-8 bytes of their keys; numbers are Int64; there are no fractions
/// and no floats: an exact decimal travels as a string. Spelling as in RFC 8785 section 3.2.2, but
/// for the order of keys, which there is by UTF-16 units. No space, no final newline.
package enum CanonicalJSON: Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  case string(String)
  case array([CanonicalJSON])
  case object(Object)

  /// Members in the order of their keys' UTF-8 bytes, each key once.
  ///
  /// Not a Dictionary: Swift's takes canonically equivalent keys of different bytes for one.
  package struct Object: Sendable {
    package private(set) var members: [Member]

    package init() { members = [] }

    package var isEmpty: Bool { members.isEmpty }

    /// Reads, replaces, or with nil removes, the member of this key.
    package subscript(key: String) -> CanonicalJSON? {
      get {
        let (index, found) = place(of: key)
        return found ? members[index].value : nil
      }
      set {
        let (index, found) = place(of: key)
        switch (newValue, found) {
        case (let value?, true): members[index].value = value
        case (let value?, false): members.insert(Member(key: key, value: value), at: index)
        case (nil, true): members.remove(at: index)
        case (nil, false): break
        }
      }
    }

    /// Appends a member whose key follows every key so far.
    mutating func append(_ key: String, _ value: CanonicalJSON) {
      members.append(Member(key: key, value: value))
    }

    private func place(of key: String) -> (index: Int, found: Bool) {
      var (low, high) = (0, members.count)
      while low < high {
        let middle = (low + high) / 2
        if members[middle].key.utf8.lexicographicallyPrecedes(key.utf8) {
          low = middle + 1
        } else {
          high = middle
        }
      }
      return (low, low < members.count && members[low].key.utf8.elementsEqual(key.utf8))
    }
  }

  /// A key and its value.
  package struct Member: Sendable {
    package let key: String
    package fileprivate(set) var value: CanonicalJSON
  }
}

// MARK: reading values

extension CanonicalJSON {
  package var object: Object? {
    if case .object(let object) = self { object } else { nil }
  }

  package var array: [CanonicalJSON]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  package var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  package var integer: Int64? {
    if case .integer(let number) = self { number } else { nil }
  }

  package var bool: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  package var isNull: Bool {
    if case .null = self { true } else { false }
  }

  /// The member of this key, where the value is an object that has it.
  package subscript(key: String) -> CanonicalJSON? { object?[key] }
}

extension CanonicalJSON: Equatable {
  /// Same bytes. (`String ==` would take two Unicode spellings for one.)
  package static func == (left: CanonicalJSON, right: CanonicalJSON) -> Bool {
    left.bytes == right.bytes
  }
}

// MARK: literals

extension CanonicalJSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(integerLiteral value: Int64) { self = .integer(value) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(arrayLiteral elements: CanonicalJSON...) { self = .array(elements) }

  /// Of two equal keys the later stands.
  package init(dictionaryLiteral elements: (String, CanonicalJSON)...) {
    var object = Object()
    for (key, value) in elements { object[key] = value }
    self = .object(object)
  }
}

extension CanonicalJSON.Object: ExpressibleByDictionaryLiteral {
  /// Of two equal keys the later stands.
  package init(dictionaryLiteral elements: (String, CanonicalJSON)...) {
    self.init()
    for (key, value) in elements { self[key] = value }
  }
}
