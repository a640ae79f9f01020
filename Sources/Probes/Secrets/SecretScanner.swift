import Glibc

/// Something that a rule recognised; what it says never leads back to the secret.
struct SecretMatch: Hashable, Sendable {
  var rule: String
  var title: String
  var certainty: SecretRule.Certainty
  /// Counted from 1; for decoded text, the line on which the encoded text begins.
  var line: Int
  /// Tells equal secrets from different ones within this process only (the hash is seeded).
  var fingerprint: Int
}

/// Looks for secrets in the bytes of one object after another.
struct SecretScanner: Sendable {
  /// More matches of one object say nothing more; guesses never crowd out what is certain.
  static let matchLimit = 500
  private static let suspectLimit = 100

  private let rules: [SecretRule]
  private let prefilter: SecretPrefilter

  /// A scanner with all rules; making one is cheap enough to be done once a run.
  init(_ rules: [SecretRule] = SecretRules.all) {
    self.rules = rules
    prefilter = SecretPrefilter(rules)
  }

  /// What the rules recognise, in the order of lines.
  func scan(_ bytes: UnsafeRawBufferPointer) -> [SecretMatch] {
    guard let start = bytes.baseAddress, bytes.count >= 8 else { return [] }
    if let text = Self.utf16(bytes) { return text.withUnsafeBytes(scan) }
    let view = ByteView(
      base: start.assumingMemoryBound(to: UInt8.self), count: bytes.count)
    return Self.distinct(hits(in: view, decode: true), in: view)
  }

  private struct Hit {
    var rule: String
    var title: String
    var certainty: SecretRule.Certainty
    var range: Range<Int>
    var fingerprint: Int
  }

  private func hits(in view: ByteView, decode: Bool) -> [Hit] {
    var hits: [Hit] = []
    var suspects = 0
    let isText = memchr(view.base, 0, min(view.count, 8_000)) == nil
    prefilter.candidates(in: view) { number, start in
      let rule = rules[number]
      guard isText || rule.inBinary, hits.count < Self.matchLimit,
        rule.certainty == .certain || suspects < Self.suspectLimit,
        let range = rule.find(view, start)
      else { return }
      if rule.certainty == .suspect { suspects += 1 }
      hits.append(Self.hit(rule.id, rule.title, rule.certainty, range, view))
    }
    Base64Runs.each(in: view) { run in
      if run.count <= RunRules.longest {
        for rule in RunRules.all where rule.lengths.contains(run.count) {
          guard hits.count < Self.matchLimit, let range = rule.find(view, run) else { continue }
          hits.append(Self.hit(rule.id, rule.title, .certain, range, view))
        }
      }
      guard decode, run.count >= 32, let text = Base64Runs.text(view.bytes(run)) else { return }
      text.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        let inner = self.hits(in: ByteView(base: base, count: buffer.count), decode: false)
        hits += inner.map { hit in
          var hit = hit
          hit.range = run
          return hit
        }
      }
    }
    return hits
  }

  private static func hit(
    _ rule: String, _ title: String, _ certainty: SecretRule.Certainty, _ range: Range<Int>,
    _ view: ByteView
  ) -> Hit {
    var hasher = Hasher()
    hasher.combine(bytes: UnsafeRawBufferPointer(view.bytes(range)))
    return Hit(
      rule: rule, title: title, certainty: certainty, range: range,
      fingerprint: hasher.finalize())
  }

  // A guess about what a certain rule recognised already says nothing new.
  private static func distinct(_ hits: [Hit], in view: ByteView) -> [SecretMatch] {
    guard !hits.isEmpty else { return [] }
    let certain = hits.filter { $0.certainty == .certain }
    var seen: Set<SecretMatch> = []
    let kept = hits.filter { hit in
      hit.certainty == .certain || !certain.contains { $0.range.overlaps(hit.range) }
    }
    return kept.sorted { $0.range.lowerBound < $1.range.lowerBound }.compactMap { hit in
      let match = SecretMatch(
        rule: hit.rule, title: hit.title, certainty: hit.certainty,
        line: view.line(of: hit.range.lowerBound), fingerprint: hit.fingerprint)
      return seen.insert(match).inserted ? match : nil
    }
  }

  // All that rules look for is ASCII; everything else may become a question mark.
  private static func utf16(_ bytes: UnsafeRawBufferPointer) -> [UInt8]? {
    let isLittle = bytes[0] == 0xFF && bytes[1] == 0xFE
    guard isLittle || (bytes[0] == 0xFE && bytes[1] == 0xFF) else { return nil }
    return stride(from: 2, to: bytes.count - 1, by: 2).map { position in
      let low = bytes[isLittle ? position : position + 1]
      let high = bytes[isLittle ? position + 1 : position]
      return high == 0 && low < 128 ? low : UInt8(ascii: "?")
    }
  }
}
