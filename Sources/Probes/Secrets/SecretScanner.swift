import Glibc

/// Something that a rule recognised; what it says never leads back to the secret.
struct SecretMatch: Hashable, Sendable {
  var rule: String
  var title: String
  var certainty: SecretRule.Certainty
  /// Counted from 1; for decoded text, the line on which the encoded text begins.
  var line: Int
  /// Tells equal secrets from different ones; with another key it is another number.
  var fingerprint: Int
  /// Whether it lies behind `#[cfg(test)]`, where Rust keeps the tests of a file.
  var isBehindTestMark = false
}

/// Looks for secrets in the bytes of one object after another.
struct SecretScanner: Sendable {
  /// More matches of one object say nothing more; guesses never crowd out what is certain.
  static let matchLimit = 500
  private static let suspectLimit = 100
  /// No more wrapped base 64 is put together.
  private static let wrappedLimit = 1 << 20

  /// What the loop needs of a rule.
  private struct Matcher: Sendable {
    var find: @Sendable (ByteView, Int) -> Range<Int>?
    var inBinary: Bool
    var isCertain: Bool
  }

  private let rules: [SecretRule]
  private let matchers: [Matcher]
  private let prefilter: SecretPrefilter
  private let key: FingerprintKey

  /// A scanner with all rules; making one is cheap enough to be done once a run.
  init(_ rules: [SecretRule] = SecretRules.all, key: FingerprintKey = FingerprintKey()) {
    self.rules = rules
    self.key = key
    matchers = rules.map {
      Matcher(find: $0.find, inBinary: $0.inBinary, isCertain: $0.certainty == .certain)
    }
    prefilter = SecretPrefilter(rules)
  }

  /// What the rules recognise, in the order of lines.
  func scan(_ bytes: UnsafeRawBufferPointer) -> [SecretMatch] {
    guard let start = bytes.baseAddress, bytes.count >= 8 else { return [] }
    if let text = UTF16Text.text(bytes) {
      let lines = text.withUnsafeBytes { scan(text: $0, $0.baseAddress ?? start) }
      return lines
    }
    return scan(text: bytes, start)
  }

  private func scan(text: UnsafeRawBufferPointer, _ start: UnsafeRawPointer) -> [SecretMatch] {
    let view = ByteView(base: start.assumingMemoryBound(to: UInt8.self), count: text.count)
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
    matchers.withUnsafeBufferPointer { matchers in
      prefilter.candidates(in: view) { number, start in
        guard isText || matchers[number].inBinary, hits.count < Self.matchLimit,
          matchers[number].isCertain || suspects < Self.suspectLimit,
          let range = matchers[number].find(view, start)
        else { return }
        let rule = rules[number]
        if rule.certainty == .suspect { suspects += 1 }
        hits.append(hit(rule.id, rule.title, rule.certainty, range, view))
      }
    }
    var wrapped = 0
    Base64Runs.each(in: view) { run in
      if run.count <= RunRules.longest, let numbers = RunRules.byLength[run.count] {
        for number in numbers {
          let rule = RunRules.all[number]
          guard hits.count < Self.matchLimit, let range = rule.find(view, run) else { continue }
          hits.append(hit(rule.id, rule.title, .certain, range, view))
        }
      }
      guard decode, run.count >= 32, run.lowerBound >= wrapped, hits.count < Self.matchLimit,
        Base64Runs.beginsLikeText(view.bytes(run))
      else { return }
      let (text, end) = Self.decoded(run, in: view)
      wrapped = end
      hits += inner(text).map { hit in
        var hit = hit
        hit.range = run.lowerBound..<end
        return hit
      }
    }
    return hits
  }

  /// What a run says when it is decoded, with the lines that go on from it.
  private static func decoded(
    _ run: Range<Int>, in view: ByteView
  ) -> (text: [UInt8], end: Int) {
    guard run.count >= 48, var next = Base64Runs.continuation(in: view, after: run.upperBound)
    else { return (Base64.decode(view.bytes(run)), run.upperBound) }
    var characters = Array(view.bytes(run))
    var end = run.upperBound
    while characters.count < wrappedLimit {
      let stop = view.end(of: .anyBase64, from: next)
      guard stop > next else { break }
      characters.append(contentsOf: view.bytes(next..<stop))
      end = stop
      // A shorter line is the last one.
      guard stop - next == run.count, let more = Base64Runs.continuation(in: view, after: stop)
      else { break }
      next = more
    }
    return (characters.withUnsafeBufferPointer { Base64.decode($0) }, end)
  }

  private func inner(_ text: [UInt8]) -> [Hit] {
    let narrow = text.withUnsafeBytes(UTF16Text.text) ?? text
    return narrow.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return [] }
      return hits(in: ByteView(base: base, count: buffer.count), decode: false)
    }
  }

  private func hit(
    _ rule: String, _ title: String, _ certainty: SecretRule.Certainty, _ range: Range<Int>,
    _ view: ByteView
  ) -> Hit {
    Hit(
      rule: rule, title: title, certainty: certainty, range: range,
      fingerprint: key.fingerprint(of: view.bytes(range)))
  }

  private static let testMark = Array("#[cfg(test)]".utf8)

  // A guess about what a certain rule recognised already says nothing new.
  private static func distinct(_ hits: [Hit], in view: ByteView) -> [SecretMatch] {
    guard !hits.isEmpty else { return [] }
    let certain = hits.filter { $0.certainty == .certain }
    let tests = view.firstIndex(of: testMark) ?? view.count
    var seen: Set<SecretMatch> = []
    let kept = hits.filter { hit in
      hit.certainty == .certain || !certain.contains { $0.range.overlaps(hit.range) }
    }
    return kept.sorted { $0.range.lowerBound < $1.range.lowerBound }.compactMap { hit in
      let match = SecretMatch(
        rule: hit.rule, title: hit.title, certainty: hit.certainty,
        line: view.line(of: hit.range.lowerBound), fingerprint: hit.fingerprint,
        isBehindTestMark: hit.range.lowerBound > tests)
      return seen.insert(match).inserted ? match : nil
    }
  }
}
