import Checklist

/// A stored password hash, of which only the kind and the cost are kept.
struct StoredHash: Equatable, Sendable {
  /// `bcrypt, cost 12`: no salt and no digest.
  var summary: String
  var verdict: Finding.Verdict

  /// What each kind asks for; the figures of the OWASP Password Storage Cheat Sheet but for bcrypt.
  struct Floor: Equatable, Sendable {
    /// Below it a person has to judge.
    var bcryptCost = 12
    /// Below it a cost fails.
    var bcryptMinimum = 10
    var scryptLog = 17
  }

  init(_ stored: String, floor: Floor = Floor()) {
    // Django writes its own name in front of the usual form.
    var text = stored
    for prefix in ["argon2$argon2", "bcrypt_sha256$$2", "bcrypt$$2"] where text.hasPrefix(prefix) {
      text = String(
        text.dropFirst(
          prefix.firstIndex(of: "$").map {
            prefix.distance(from: prefix.startIndex, to: $0)
          } ?? 0))
      if text.hasPrefix("$$") { text.removeFirst() }
    }
    let fields = text.split(separator: "$", omittingEmptySubsequences: false).map(String.init)
    let kind = text.hasPrefix("$") && fields.count > 2 ? fields[1].lowercased() : ""
    switch kind {
    case "argon2id", "argon2i", "argon2d": self = Self.argon2(kind, fields)
    case "2a", "2b", "2y", "2": self = Self.bcrypt(fields, floor)
    case "scrypt":
      self = Self.scrypt(log: Self.number("ln", in: fields.joined(separator: ",")), floor)
    case "7": self = .init(.review, "scrypt in the form of crypt(3); its cost is not read here")
    case "y", "gy": self = .init(.review, "yescrypt; its cost is not read here")
    case "5", "6":
      self = .init(.review, "SHA-\(kind == "5" ? "256" : "512") crypt, no memory-hard hash")
    case "1", "apr1": self = .init(.fail, "MD5 crypt")
    case _ where kind.hasPrefix("pbkdf2"): self = Self.pbkdf2(kind, fields.dropFirst(2).first ?? "")
    default: self = Self.other(text, fields, floor)
    }
  }

  private init(_ verdict: Finding.Verdict, _ summary: String) {
    self.verdict = verdict
    self.summary = summary
  }

  private static func number(_ name: String, in text: String) -> Int? {
    text.split { ",$".contains($0) }.first { $0.hasPrefix(name + "=") }
      .flatMap { Int($0.dropFirst(name.count + 1)) }
  }

  private static func argon2(_ kind: String, _ fields: [String]) -> StoredHash {
    let text = fields.joined(separator: "$")
    guard let memory = number("m", in: text), let passes = number("t", in: text),
      let lanes = number("p", in: text), lanes > 0, fields.count >= 6, !fields[5].isEmpty
    else { return .init(.unknown, "\(kind) without parameters that can be read") }
    let summary = "\(kind), m=\(memory) t=\(passes) p=\(lanes)"
    guard kind == "argon2id" else { return .init(.review, summary) }
    let steps = [(47_104, 1), (19_456, 2), (12_288, 3), (9_216, 4), (7_168, 5)]
    let isEnough = steps.contains { memory >= $0.0 && passes >= $0.1 }
    return .init(isEnough ? .pass : .fail, summary)
  }

  private static func bcrypt(_ fields: [String], _ floor: Floor) -> StoredHash {
    guard fields.count == 4, let cost = Int(fields[2]), (4...31).contains(cost),
      fields[3].utf8.count == 53
    else { return .init(.unknown, "bcrypt, but cut off or changed") }
    let verdict: Finding.Verdict =
      cost >= floor.bcryptCost ? .pass : cost >= floor.bcryptMinimum ? .review : .fail
    return .init(verdict, "bcrypt, cost \(cost)")
  }

  private static func scrypt(log: Int?, _ floor: Floor) -> StoredHash {
    guard let log, (1...63).contains(log) else {
      return .init(.unknown, "scrypt without parameters that can be read")
    }
    return .init(log >= floor.scryptLog ? .pass : .fail, "scrypt, N=2^\(log)")
  }

  private static func pbkdf2(_ kind: String, _ rounds: String) -> StoredHash {
    let digits = rounds.hasPrefix("i=") ? String(rounds.dropFirst(2)) : rounds
    guard let count = Int(digits.prefix { $0.isNumber }) else {
      return .init(.unknown, "PBKDF2 without a number of rounds")
    }
    let least = kind.contains("512") ? 210_000 : kind.contains("256") ? 600_000 : 1_300_000
    return .init(count >= least ? .review : .fail, "\(kind), \(count.counted("round"))")
  }

  private static func other(_ text: String, _ fields: [String], _ floor: Floor) -> StoredHash {
    let bytes = Array(text.utf8)
    if let kind = fields.first, kind.hasPrefix("pbkdf2"), fields.count >= 4 {
      return pbkdf2(kind, fields[1])
    }
    // Werkzeug: scrypt:32768:8:1$salt$hash and pbkdf2:sha256:600000$salt$hash.
    let parts = (fields.first ?? "").split(separator: ":").map(String.init)
    if parts.first == "scrypt", parts.count == 4, let cost = Int(parts[1]), cost > 0 {
      return scrypt(log: cost.bitWidth - cost.leadingZeroBitCount - 1, floor)
    }
    if parts.first == "pbkdf2", parts.count >= 2 {
      return pbkdf2("pbkdf2-\(parts[1])", parts.count > 2 ? parts[2] : "")
    }
    if ["md5", "sha1", "unsalted_md5", "unsalted_sha1", "crypt"].contains(fields[0].lowercased()) {
      return .init(.fail, "\(fields[0].lowercased())")
    }
    if text.hasPrefix("{SSHA}") || text.hasPrefix("{SHA}") || text.hasPrefix("{MD5}")
      || text.hasPrefix("{SMD5}")
    {
      return .init(.fail, "\(text.prefix { $0 != "}" })}, a fast hash")
    }
    let isHex = bytes.allSatisfy(ByteSet.hex.contains)
    if isHex, [32, 40, 56, 64, 96, 128].contains(bytes.count) {
      return .init(.fail, "\(bytes.count) hexadecimal digits, a fast hash")
    }
    return .init(.unknown, "no form of a password hash that is known")
  }
}
