internal import Crypto
internal import Foundation

/// The bytes in which a memory is kept: a line with the digest of the rest, then JSON.
extension ScanMemory {
  private struct Stored: Codable {
    struct Match: Codable {
      var object: String
      var type: String
      var rule: String
      var title: String
      var isCertain: Bool
      var line: Int
      var fingerprint: Int
      var isBehindTestMark: Bool
    }

    struct Origin: Codable {
      var object: String
      var commit: String
      var time: Int
      var paths: [Data]
    }

    var scanner: String
    var key: Data
    var packs: [Pack]
    var matches: [Match]
    var pointers: [String: String]
    var origins: [Origin]
  }

  /// The bytes, for a scanner of that digest.
  func encoded(scanner: String) -> [UInt8]? {
    let stored = Stored(
      scanner: scanner, key: Data(key.bytes), packs: packs,
      matches: matches.map {
        .init(
          object: $0.object.hex, type: $0.type.rawValue, rule: $0.match.rule,
          title: $0.match.title, isCertain: $0.match.certainty == .certain, line: $0.match.line,
          fingerprint: $0.match.fingerprint, isBehindTestMark: $0.match.isBehindTestMark)
      },
      pointers: Dictionary(pointers.map { ($0.object.hex, $0.content) }) { first, _ in first },
      origins: origins.map { object, origin in
        .init(
          object: object.hex, commit: origin.commit, time: origin.time,
          paths: origin.paths.sorted().map { Data($0.bytes) })
      })
    guard let body = try? JSONEncoder().encode(stored) else { return nil }
    return Array((Self.digest(of: body) + "\n").utf8) + Array(body)
  }

  /// The memory in these bytes; nil if one of them changed, or another scanner wrote them.
  init?(_ bytes: [UInt8], scanner: String) {
    guard let newline = bytes.firstIndex(of: 0x0A) else { return nil }
    let body = Data(bytes[(newline + 1)...])
    guard Self.digest(of: body) == String(decoding: bytes[..<newline], as: UTF8.self),
      let stored = try? JSONDecoder().decode(Stored.self, from: body), stored.scanner == scanner,
      let key = FingerprintKey(Array(stored.key))
    else { return nil }
    self.key = key
    packs = stored.packs
    for match in stored.matches {
      guard let object = ObjectID(match.object), let type = ObjectType(rawValue: match.type) else {
        return nil
      }
      matches.append(
        .init(
          object: object, type: type,
          match: SecretMatch(
            rule: match.rule, title: match.title,
            certainty: match.isCertain ? .certain : .suspect, line: match.line,
            fingerprint: match.fingerprint, isBehindTestMark: match.isBehindTestMark)))
    }
    for (object, content) in stored.pointers {
      guard let object = ObjectID(object) else { return nil }
      pointers.append(LFSPointer(object: object, content: content))
    }
    for origin in stored.origins {
      guard let object = ObjectID(origin.object) else { return nil }
      origins[object] = BlobOrigin(
        commit: origin.commit, time: origin.time, paths: Set(origin.paths.map { GitPath($0) }))
    }
  }

  private static func digest(of body: Data) -> String {
    SHA256.hash(data: body).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
      .joined()
  }
}
