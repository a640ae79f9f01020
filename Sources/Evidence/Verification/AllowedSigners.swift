internal import Checklist
internal import Foundation

/// A list of who may sign with which key: the part of ssh-keygen(1)'s ALLOWED SIGNERS that is
/// judged here.
///
/// A line is `PRINCIPALS [OPTIONS] TYPE BASE64 [COMMENT]`. Principals and `namespaces` are pattern
/// lists (`*`, `?`, `!`). `valid-after` and `valid-before` end with Z: both ends are included, as
/// in OpenSSH. Everything else is an error that names the line; nothing is passed over.
public struct AllowedSigners: Sendable {
  /// One line.
  struct Line: Sendable {
    var number: Int
    var principals: PatternList
    var key: SSHPublicKey
    var namespaces: PatternList?
    var after: Timestamp?
    var before: Timestamp?
  }

  /// What an auditor should know of the list, in words.
  public private(set) var warnings: [String] = []
  /// As it was given, for ssh-keygen.
  let bytes: [UInt8]
  private(set) var lines: [Line] = []
  private var byKey: [SSHPublicKey: [Int]] = [:]
  private var shared: Set<SSHPublicKey> = []

  /// Reads the list at that path.
  ///
  /// - Throws: where it cannot be read, is larger than 1 MiB, or a line is outside of what is
  ///   judged here.
  public init(path: String) throws(TrustFault) {
    guard let bytes = BoundedFile.bytes(path, limit: 1 << 20) else {
      throw TrustFault("\(path) cannot be read", hint: "check the path; it may have 1 MiB")
    }
    try self.init(bytes)
  }

  init(_ bytes: [UInt8]) throws(TrustFault) {
    self.bytes = bytes
    for (index, line) in bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
      .enumerated()
    {
      do {
        guard let line = try AllowedSignersLine(line, number: index + 1).line else { continue }
        add(line)
      } catch {
        throw TrustFault(
          "line \(index + 1) of the allowed signers: \(error.reason)",
          hint: "mend the line: a list that is judged in part could let the wrong person in")
      }
    }
  }

  private mutating func add(_ line: Line) {
    let known = (byKey[line.key] ?? []).map { lines[$0] }
    if let other = known.first(where: { $0.principals.text != line.principals.text }) {
      shared.insert(line.key)
      warnings.append(
        "lines \(other.number) and \(line.number) of the allowed signers give one key to two "
          + "people: it counts for nobody")
    }
    if line.principals.matchesAll {
      warnings.append(
        "line \(line.number) of the allowed signers takes its key for everybody "
          + "(\(line.principals.text))")
    } else if line.principals.isOpen {
      warnings.append(
        "line \(line.number) of the allowed signers takes its key for several people "
          + "(\(line.principals.text))")
    }
    byKey[line.key, default: []].append(lines.count)
    lines.append(line)
  }

  /// Whether lines for different people list the key, so that a signature by it says nothing of
  /// who signed; ssh-keygen does not mind.
  func isShared(_ key: SSHPublicKey) -> Bool { shared.contains(key) }

  /// Why a signature by that key does not count for that principal at that moment; nil where one
  /// line lets it count.
  func refusal(
    of key: SSHPublicKey, as principal: String, at time: Timestamp,
    namespace: String = Signature.namespace
  ) -> String? {
    let listed = (byKey[key] ?? []).map { lines[$0] }
    guard let first = listed.first else { return "\(key.fingerprint) is not among the signers" }
    let named = listed.filter { $0.principals.matches(principal) }
    guard !named.isEmpty else {
      return "\(key.fingerprint) is listed for \(first.principals.text), not for \(principal)"
    }
    let fitting = named.filter { $0.namespaces?.matches(namespace) ?? true }
    guard !fitting.isEmpty else {
      return "\(key.fingerprint) is not listed for the namespace \(namespace)"
    }
    let valid = fitting.contains { line in
      line.after.map { $0 <= time } ?? true && line.before.map { time <= $0 } ?? true
    }
    if valid { return nil }
    if let end = fitting.compactMap(\.before).max(), end < time {
      return "\(key.fingerprint) was valid until \(end.rfc3339)"
    }
    return "\(key.fingerprint) is not valid at \(time.rfc3339)"
  }
}

/// A list of patterns as in ssh_config(5), PATTERNS: a match of one with `!` refuses.
struct PatternList: Sendable {
  let text: String
  private let patterns: [(isNegative: Bool, bytes: [UInt8])]

  init(_ text: String) {
    self.text = text
    patterns = text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      part.hasPrefix("!") ? (true, Array(part.utf8.dropFirst())) : (false, Array(part.utf8))
    }
  }

  /// Whether everything matches.
  var matchesAll: Bool {
    patterns.contains { !$0.isNegative && $0.bytes.allSatisfy { $0 == 0x2a } }
  }

  /// Whether more than one name can match.
  var isOpen: Bool {
    patterns.count { !$0.isNegative } > 1
      || patterns.contains { $0.bytes.contains(0x2a) || $0.bytes.contains(0x3f) }
  }

  func matches(_ name: String) -> Bool {
    let name = Array(name.utf8)
    var isMatch = false
    for pattern in patterns where Self.matches(name, pattern.bytes) {
      if pattern.isNegative { return false }
      isMatch = true
    }
    return isMatch
  }

  /// `*` for any bytes, `?` for one; linear but for one step back.
  private static func matches(_ name: [UInt8], _ pattern: [UInt8]) -> Bool {
    var (at, place) = (0, 0)
    var (star, resume): (Int?, Int) = (nil, 0)
    while at < name.count {
      if place < pattern.count, pattern[place] == 0x2a {
        (star, resume) = (place, at)
        place += 1
      } else if place < pattern.count, pattern[place] == 0x3f || pattern[place] == name[at] {
        at += 1
        place += 1
      } else if let star {
        resume += 1
        (at, place) = (resume, star + 1)
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == 0x2a }
  }
}
