internal import Checklist

/// Members of an object whose shape was checked before, so that reading them cannot fail.
struct Members {
  private let members: [String: JSONValue]

  init(_ value: JSONValue) { members = value.object ?? [:] }

  func value(_ name: String) -> JSONValue { members[name] ?? .null }
  func optional(_ name: String) -> JSONValue? { members[name] }
  func text(_ name: String) -> String { members[name]?.string ?? "" }
  func optionalText(_ name: String) -> String? { members[name]?.string }
  func number(_ name: String) -> Int { members[name]?.integer ?? 0 }
  func flag(_ name: String) -> Bool { members[name]?.bool ?? false }
  func list(_ name: String) -> [JSONValue] { members[name]?.array ?? [] }
  func texts(_ name: String) -> [String] { list(name).compactMap(\.string) }
  func object(_ name: String) -> [String: JSONValue] { members[name]?.object ?? [:] }
  func digests(_ name: String) -> [Digest] { texts(name).compactMap(Digest.init) }
  func date(_ name: String) -> CalendarDate? { optionalText(name).flatMap(CalendarDate.init) }

  func timestamp(_ name: String) -> Timestamp {
    Timestamp(rfc3339: text(name)) ?? Timestamp(seconds: 0)
  }

  func optionalDigest(_ name: String) -> Digest? { optionalText(name).flatMap(Digest.init) }

  func digest(_ name: String) -> Digest {
    optionalDigest(name) ?? Digest(of: [] as [UInt8])
  }
}
