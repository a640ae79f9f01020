internal import Checklist

extension Finding {
  /// The finding with its texts bounded and in canonical form.
  ///
  /// What comes from outside must never keep a run from being recorded: file names with U+007F or
  /// keys that are not ASCII have no canonical form, and a hostile server could fill a record.
  var recordable: Finding {
    Finding(
      verdict, recorded(message, 2 << 10), hint: hint.map { recorded($0, 2 << 10) },
      details: details.prefix(200).map { Detail($0.verdict, recorded($0.text, 1 << 10)) },
      facts: recordableFacts, faults: recordableFaults,
      coverage: Dictionary(
        coverage.map { (asciiKey($0.key), min(max(0, $0.value), Limits.largestInteger)) },
        uniquingKeysWith: +),
      transcript: recorded(transcript, 16 << 10),
      reproduce: reproduce.map { recorded($0, 4 << 10) },
      vantage: Vantage(host: recorded(vantage.host, 256), network: vantage.network))
  }

  /// The faults, if all of them are facts that are recorded: others could not be accepted by name.
  private var recordableFaults: Faults? {
    let names = Set(recordableFacts.keys)
    return faults.flatMap { faults in
      verdict == .fail && faults.facts.allSatisfy(names.contains) ? faults : nil
    }
  }

  /// The facts, or their number and digest where they would fill the record.
  private var recordableFacts: [String: String] {
    let facts = Dictionary(
      facts.map { (asciiKey($0.key), recorded($0.value, 4 << 10)) },
      uniquingKeysWith: { first, second in "\(first) \(second)" })
    let size = facts.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count }
    guard size > 128 << 10 else { return facts }
    let digest = Digest(of: .object(facts.mapValues(JSONValue.string)))
    return ["count": String(facts.count), "digest": digest.description]
  }
}

/// The text cut to that many bytes of UTF-8, between characters, without U+007F and without
/// controls that the canonical form writes with six bytes.
func recorded(_ text: String, _ limit: Int) -> String {
  var scalars = String.UnicodeScalarView()
  var size = 0
  for scalar in text.unicodeScalars {
    let isLong = scalar.value < 0x20 && !"\n\t\r".unicodeScalars.contains(scalar)
    let kept: Unicode.Scalar = isLong || scalar == "\u{7f}" ? "\u{fffd}" : scalar
    size += UTF8.width(kept)
    if size > limit { break }
    scalars.append(kept)
  }
  return String(scalars)
}

/// The key with all that is not printable ASCII as `%XX`.
func asciiKey(_ key: String) -> String {
  let isPlain = key.utf8.allSatisfy { (0x20..<0x7f).contains($0) }
  if isPlain { return recorded(key, 512) }
  let parts = key.utf8.prefix(512).map { byte in
    (0x20..<0x7f).contains(byte) && byte != UInt8(ascii: "%")
      ? String(Unicode.Scalar(byte)) : "%\(hexadecimal([byte]))"
  }
  return parts.joined()
}
