/// How one kind of secret is recognised.
struct SecretRule: Sendable {
  /// How sure a match is.
  enum Certainty: Int, Comparable, Sendable {
    /// Only a person can tell: high entropy behind a telling name, or a test key.
    case suspect
    /// A provider's format, a valid checksum, a private key or a URL with a password.
    case certain

    static func < (left: Certainty, right: Certainty) -> Bool { left.rawValue < right.rawValue }
  }

  /// A literal that every match holds, and which four of its bytes the prefilter looks for.
  struct Anchor: Sendable {
    /// At least three bytes; in lower case where it is folded.
    var literal: [UInt8]
    /// Where the rarest four bytes of the literal begin.
    var offset: Int
    /// Whether the literal is compared without regard to case.
    var folded: Bool
    /// What can stand in front of a literal of three bytes; nil is anything.
    var before: ByteSet?
    /// What can follow a literal of three or four bytes; nil is anything.
    var after: ByteSet?

    init(
      _ literal: String, at offset: Int = 0, folded: Bool = false, before: ByteSet? = nil,
      after: ByteSet? = nil
    ) {
      self.literal = Array(literal.utf8)
      self.offset = offset
      self.folded = folded
      self.before = before
      self.after = after
    }
  }

  /// A stable name, `github.token`; facts and accepted findings refer to it.
  var id: String
  /// For people.
  var title: String
  var certainty: Certainty
  var anchors: [Anchor]
  /// Whether it also looks at bytes that are no text.
  var inBinary = true
  /// The secret itself, given where the literal begins; nil if it is none after all.
  var find: @Sendable (ByteView, Int) -> Range<Int>?
}

extension SecretRule {
  /// A token that is known by its prefix, its alphabet and its length.
  static func token(
    _ id: String, _ title: String, _ prefixes: [String], _ set: ByteSet,
    _ lengths: ClosedRange<Int>, at offset: Int = 0, certainty: Certainty = .certain,
    where isValid: @escaping @Sendable (UnsafeBufferPointer<UInt8>) -> Bool = { _ in true }
  ) -> [SecretRule] {
    prefixes.map { prefix in
      let length = prefix.utf8.count
      return SecretRule(
        id: id, title: title, certainty: certainty,
        anchors: [Anchor(prefix, at: offset, after: set)]
      ) { view, start in
        guard !ByteSet.word.contains(view[start - 1]) else { return nil }
        let end = view.end(of: set, from: start + length)
        guard lengths.contains(end - start - length) else { return nil }
        let body = view.bytes(start + length..<end)
        guard !Placeholder.isToken(body), isValid(body) else { return nil }
        return start..<end
      }
    }
  }

  /// A token whose parts have fixed lengths and alphabets: `SG.` 22 `.` 43.
  static func parts(
    _ id: String, _ title: String, _ anchor: Anchor, certainty: Certainty = .certain,
    _ parts: [Part]
  ) -> SecretRule {
    SecretRule(id: id, title: title, certainty: certainty, anchors: [anchor]) { view, start in
      guard !ByteSet.word.contains(view[start - 1]) else { return nil }
      var end = start
      for part in parts {
        switch part {
        case .literal(let literal):
          guard view.has(Array(literal.utf8), at: end) else { return nil }
          end += literal.utf8.count
        case .run(let set, let lengths):
          let stop = view.end(of: set, from: end, limit: lengths.upperBound)
          guard lengths.contains(stop - end) else { return nil }
          end = stop
        }
      }
      guard !ByteSet.alphanumeric.contains(view[end]) else { return nil }
      let body = view.bytes(start + anchor.literal.count..<end)
      return Placeholder.isToken(body) ? nil : start..<end
    }
  }

  /// A piece of a token.
  enum Part: Sendable {
    case literal(String)
    case run(ByteSet, ClosedRange<Int>)

    static func run(_ set: ByteSet, _ length: Int) -> Part { .run(set, length...length) }
  }
}
