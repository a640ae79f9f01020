/// Tokens without a literal of four bytes, known by the length of their longest part.
enum RunRules {
  /// Longer runs are looked at by no rule.
  static let longest = all.map(\.lengths.upperBound).max() ?? 0

  /// The rules that look at runs of a length.
  static let byLength: [Int: [Int]] = {
    var numbers: [Int: [Int]] = [:]
    for (number, rule) in all.enumerated() {
      for length in rule.lengths { numbers[length, default: []].append(number) }
    }
    return numbers
  }()

  static let all: [RunRule] = [
    RunRule("discord.bot-token", "Discord bot token", 24...28) { view, run in
      guard view[run.upperBound] == UInt8(ascii: ".") else { return nil }
      // The first part is the bot's number in base 64.
      let number = Base64.decode(view.bytes(run))
      let time = view.end(of: .base64URL, from: run.upperBound + 1, limit: 32)
      let code = view.end(of: .base64URL, from: time + 1, limit: 64)
      guard number.allSatisfy(ByteSet.digits.contains), (17...20).contains(number.count),
        time - run.upperBound == 7,
        view[time] == UInt8(ascii: "."), (27...38).contains(code - time - 1),
        !Placeholder.isToken(view.bytes(time + 1..<code))
      else { return nil }
      return run.lowerBound..<code
    },
    RunRule("sendgrid.key", "SendGrid key", 43...43) { view, run in
      let begin = run.lowerBound - 26
      guard view[run.lowerBound - 1] == UInt8(ascii: ".") else { return nil }
      let middle = view.start(of: .base64URL, before: run.lowerBound - 1, limit: 64)
      guard middle == begin + 3,
        view.has(Array("SG.".utf8), at: begin), !ByteSet.word.contains(view[begin - 1]),
        !Placeholder.isToken(view.bytes(run))
      else { return nil }
      return begin..<run.upperBound
    },
    prefixed("twilio.key", "Twilio API key", "SK", .lowerHex, 32),
    prefixed("huggingface.token", "Hugging Face token", "hf_", .letters, 34),
    prefixed("replicate.token", "Replicate token", "r8_", .alphanumeric, 37),
    prefixed("nuget.key", "NuGet key", "oy2", .smallsAndDigits, 43),
    prefixed("crates.token", "crates.io token", "cio", .alphanumeric, 32),
    prefixed("language-model.key", "language model key", "sk-", .lowerHex, 32),
    prefixed("language-model.key", "language model key", "sk-", .alphanumeric, 48),
    RunRule("telegram.bot-token", "Telegram bot token", 35...35) { view, run in
      let colon = run.lowerBound - 1
      guard view[colon] == UInt8(ascii: ":"), view[run.lowerBound] == UInt8(ascii: "A"),
        view[run.lowerBound + 1] == UInt8(ascii: "A")
      else { return nil }
      let begin = view.start(of: .digits, before: colon, limit: 12)
      guard (8...10).contains(colon - begin), !ByteSet.word.contains(view[begin - 1]),
        !Placeholder.isToken(view.bytes(run))
      else { return nil }
      return begin..<run.upperBound
    },
    RunRule("mailgun.key", "Mailgun key", 50...50) { view, run in
      guard view[run.lowerBound + 32] == UInt8(ascii: "-") else { return nil }
      let parts = view.bytes(run).split(separator: UInt8(ascii: "-"))
      guard parts.map(\.count) == [32, 8, 8],
        parts.allSatisfy({ $0.allSatisfy(ByteSet.lowerHex.contains) }),
        !Placeholder.isToken(view.bytes(run))
      else { return nil }
      return run
    },
    RunRule("airtable.token", "Airtable token", 64...64) { view, run in
      let begin = run.lowerBound - 18
      guard view[run.lowerBound - 1] == UInt8(ascii: "."), view.has(Array("pat".utf8), at: begin),
        view.end(of: .alphanumeric, from: begin) == run.lowerBound - 1,
        view.bytes(run).allSatisfy(ByteSet.lowerHex.contains)
      else { return nil }
      return begin..<run.upperBound
    },
  ]

  private static func prefixed(
    _ id: String, _ title: String, _ prefix: String, _ set: ByteSet, _ length: Int
  ) -> RunRule {
    let literal = Array(prefix.utf8)
    let start = literal.count
    return RunRule(id, title, start + length...start + length) { view, run in
      let body = view.bytes(run.lowerBound + start..<run.upperBound)
      guard view.has(literal, at: run.lowerBound), body.allSatisfy(set.contains),
        !ByteSet.word.contains(view[run.lowerBound - 1]),
        !ByteSet.word.contains(view[run.upperBound]), Placeholder.entropy(body) > 3,
        !Placeholder.isToken(body)
      else { return nil }
      return run
    }
  }
}
