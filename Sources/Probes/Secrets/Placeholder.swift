import Glibc

/// Values that stand where a secret will stand.
enum Placeholder {
  /// Whether a token of a fixed format is a sample: hardly any variety, or a telling word in it.
  static func isToken(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    distinct(bytes) < min(7, max(4, bytes.count / 3)) || holds(bytes, oneOf: samples)
  }

  /// Whether a password or free value is a placeholder.
  static func isValue(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    distinct(bytes) < 4 || holds(bytes, oneOf: samples) || holds(bytes, oneOf: words)
      || exact.contains(core(of: bytes))
  }

  // `Password123!` is no better than `password`.
  private static func core(of bytes: UnsafeBufferPointer<UInt8>) -> String {
    let text = String(decoding: bytes, as: UTF8.self).lowercased()
    let letters = text.reversed().drop { !$0.isLetter }.reversed()
    return letters.isEmpty ? text : String(letters)
  }

  /// Shannon entropy in bits per byte.
  static func entropy(_ bytes: UnsafeBufferPointer<UInt8>) -> Double {
    var counts = [Int](repeating: 0, count: 256)
    for byte in bytes { counts[Int(byte)] += 1 }
    let total = Double(bytes.count)
    return counts.reduce(0) { sum, count in
      guard count > 0 else { return sum }
      let share = Double(count) / total
      return sum - share * log2(share)
    }
  }

  private static func distinct(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var low: UInt64 = 0
    var high: UInt64 = 0
    for byte in bytes {
      if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte & 63) }
    }
    return low.nonzeroBitCount + high.nonzeroBitCount
  }

  private static func holds(
    _ bytes: UnsafeBufferPointer<UInt8>, oneOf literals: [[UInt8]]
  ) -> Bool {
    let folded = bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    return folded.withUnsafeBufferPointer { folded in
      guard let base = folded.baseAddress else { return false }
      let view = ByteView(base: base, count: folded.count)
      return literals.contains { literal in
        (0..<view.count).contains { view.has(literal, at: $0) }
      }
    }
  }

  private static let samples = [
    "example", "xxxx", "placeholder", "redacted", "00000000", "1234567890", "abcdefgh", "****",
    "....", "____", "deadbeef",
  ].map { Array($0.utf8) }

  private static let words = [
    "changeme", "change-me", "change_me", "change me", "change-this", "changethis",
    "change_this", "replace", "your-", "your_", "yourp", "yours", "<", ">", "${", "{{", "}}",
    "$(", "#{", "%(", "%s", "%@", "dummy", "insert", "todo", "fixme", "sample", "not-real",
    "notreal", "process.env", "getenv", "environ", "secrets.", "vault:", "foobar", "\\(",
  ].map { Array($0.utf8) }

  private static let exact: Set<String> = [
    "pass", "pwd", "user", "username", "admin", "root", "postgres", "mysql", "redis", "guest",
    "none", "null", "nil", "true", "false", "token", "undefined", "empty", "foo", "bar", "baz",
    "hunter2", "letmein", "qwerty", "1234", "12345", "123456", "12345678", "passw0rd", "pw",
    "p@ssw0rd", "p@ssword", "password", "passwd", "secret", "test", "testing", "testpass",
    "testpassword", "mypassword", "mysecret", "mypass", "p", "x", "y", "a", "b", "abc", "key",
    "string", "value", "docker", "rabbitmq", "mongo", "minio", "minioadmin", "demo", "u",
    "supersecret", "secretpassword", "secretkey", "apikey", "api_key", "db_password",
  ]
}
