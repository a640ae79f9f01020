/// Private keys in their armour.
enum PrivateKeyRules {
  static let all: [SecretRule] =
    [
      SecretRule(
        id: "private-key", title: "private key", certainty: .certain,
        anchors: [.init("PRIVATE KEY", at: 6)]
      ) { view, start in
        armoured(view, start).flatMap { $0.encrypted ? nil : $0.range }
      },
      SecretRule(
        id: "private-key.encrypted", title: "private key under a passphrase",
        certainty: .suspect, anchors: [.init("PRIVATE KEY", at: 6)]
      ) { view, start in
        armoured(view, start).flatMap { $0.encrypted ? $0.range : nil }
      },
      SecretRule(
        id: "private-key.putty", title: "PuTTY private key", certainty: .certain,
        anchors: [.init("PuTTY-User-Key-File-", at: 4)]
      ) { view, start in
        let header = view.text(start..<start + 4_096)
        guard view[start + 21] == UInt8(ascii: ":"), header.contains("\nEncryption: none"),
          header.contains("\nPrivate-Lines: ")
        else { return nil }
        return start..<min(view.count, start + 2_000)
      },
    ]
    + SecretRule.token(
      "private-key.age", "age private key", ["AGE-SECRET-KEY-1"], .capitalsAndDigits, 58...58,
      at: 4)

  /// The armour around a position, if what it holds looks like a key and not like an ellipsis.
  private static func armoured(
    _ view: ByteView, _ start: Int
  ) -> (range: Range<Int>, encrypted: Bool)? {
    let begin = view.start(
      of: ByteSet("ABCDEFGHIJKLMNOPQRSTUVWXYZ2519 -"), before: start, limit: 32)
    let head = view.text(begin..<start + 24)
    guard head.contains("-----BEGIN "),
      head.contains("PRIVATE KEY-----") || head.contains("PRIVATE KEY BLOCK-----")
    else { return nil }
    let isBlock = head.contains("BLOCK")
    let body = characters(view, from: start + (isBlock ? 22 : 16))
    let opening = String(decoding: body.characters.prefix(20), as: UTF8.self)
    guard body.characters.count >= 64,
      isBlock || opening.hasPrefix("M") || opening.hasPrefix("b3BlbnNzaC1rZXktdjE"),
      body.characters.withUnsafeBufferPointer({ Placeholder.entropy($0) }) > 4.2
    else { return nil }
    let decoded = body.characters.prefix(96).withUnsafeBufferPointer { Base64.decode($0) }
    let encrypted =
      head.contains("ENCRYPTED") || body.hasEncryptionHeader
      || String(decoding: decoded, as: UTF8.self).contains("bcrypt")
    return (begin..<body.end, encrypted)
  }

  /// The base 64 of the armour, wherever it is wrapped: lines, `\n` escapes, string pieces.
  private static func characters(
    _ view: ByteView, from start: Int
  ) -> (characters: [UInt8], end: Int, hasEncryptionHeader: Bool) {
    let limit = min(view.count, start + 8_192)
    var characters: [UInt8] = []
    var position = start
    var encrypted = false
    while position < limit {
      let byte = view[position]
      if byte == UInt8(ascii: "-") { break }
      let run = view.end(of: .base64, from: position)
      if byte == UInt8(ascii: "\\") {
        position += 2
      } else if run > position,
        view[run] == UInt8(ascii: ":")
          || view[run] == UInt8(ascii: "-") && view[run + 1] != UInt8(ascii: "-")
      {
        // A header line, such as `Proc-Type: 4,ENCRYPTED`.
        let newline = lineEnd(view, from: position, limit: limit)
        encrypted = encrypted || view.text(position..<newline).contains("ENCRYPTED")
        position = newline + 1
      } else if run > position {
        characters.append(contentsOf: view.bytes(position..<run))
        position = run
      } else {
        position += 1
      }
    }
    return (characters, position, encrypted)
  }

  private static func lineEnd(_ view: ByteView, from start: Int, limit: Int) -> Int {
    var end = start
    while end < limit, view[end] != 0x0A, view[end] != UInt8(ascii: "\\") { end += 1 }
    return view[end] == UInt8(ascii: "\\") ? end + 1 : end
  }
}
