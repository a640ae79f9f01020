public import Checklist
public import Evidence
public import Gate

/// All that an auditor is shown of a file: computed once, from the file and what was brought along.
public struct AuditSnapshot: Equatable, Sendable {
  /// Whether one can rely on the bytes.
  public enum Integrity: String, Sendable, CaseIterable {
    /// Every record, reference and signature holds, and all that was demanded is there.
    case intact
    /// It holds together, but signatures that were demanded are missing or by nobody allowed.
    case untrusted
    /// Something was changed, cut or taken out.
    case damaged
  }

  /// Path of the file.
  public var path: String
  /// Digest of all of its bytes.
  public var digest: Digest
  /// Whether one can rely on the bytes.
  public var integrity: Integrity
  /// Whether allowed signers were given, and stand behind all that is signed.
  public var isVerified: Bool
  /// What is damaged, in the order of lines.
  public var faults: [EvidenceDamage]
  /// What is established, in words.
  public var established: [String]
  /// What is not, in words.
  public var notEstablished: [String]
  /// What the gate says of the records that hold together; not a verdict where there is damage.
  public var report: GateReport?
  /// Why the gate says nothing.
  public var judgement: String?
  /// Old beside new under points that no longer hold, by point.
  public var changes: [String: [Change]]
  /// All lines, newest record first, what is no record at its line.
  public var records: [AuditRecord]
  /// All keys that signed anything.
  public var keys: [AuditKey]
  /// The records that no other follows.
  public var heads: [RecordID]
  /// What needs attention, what cannot be verified first.
  public var concerns: [AuditConcern]
  /// The other file, if one was given.
  public var comparison: AuditComparison?

  /// The last file name of the path.
  public var name: String { path.split(separator: "/").last.map(String.init) ?? path }
}

/// One line of the file as the auditor sees it.
public struct AuditRecord: Equatable, Sendable {
  /// From 1, as editors count.
  public var line: Int
  /// The intact record; nil where the line is none.
  public var entry: Entry?
  /// What the history says of it.
  public var told: HistoryEntry?
  /// What a damaged line claims, where that much can be read.
  public var claim: JSONValue?
  /// The beginning of a damaged line.
  public var excerpt: String
  /// All that is wrong with it.
  public var faults: [String]
  /// Its signatures, each with what is known of its key.
  public var signatures: [AuditSignature]
  /// What else is to be known: late, clock, outside of the expected head.
  public var marks: [String]
  /// Whether somebody demanded a signature that is not there.
  public var lacksSignature: Bool

  /// How its signatures stand together: the worst of a bad one, else the best.
  public var signatureState: AuditSignature.State? {
    if let bad = signatures.first(where: { $0.state.isBad }) { return bad.state }
    return signatures.first { $0.state.isGood }?.state ?? signatures.first?.state
  }

  /// The type, or that it is none.
  public var type: String { told?.type ?? claim?["record"]?["type"]?.string ?? "no record" }
}

/// A signature with what is known of its key.
public struct AuditSignature: Equatable, Sendable {
  /// How far it can be relied on.
  public enum State: Equatable, Sendable {
    /// Over these bytes, by a key that the allowed signers list for that principal.
    case good(String)
    /// Over these bytes, but the allowed signers do not list the key for the person.
    case untrusted
    /// Over these bytes; no allowed signers were given to hold the key against.
    case valid
    /// Not over these bytes, or no signature at all.
    case bad(String)

    /// Whether it is no signature over these bytes.
    public var isBad: Bool { if case .bad = self { true } else { false } }
    /// Whether an allowed signer made it.
    public var isGood: Bool { if case .good = self { true } else { false } }
  }

  /// Fingerprint of the key.
  public var key: String
  /// How far it can be relied on.
  public var state: State
  /// Whether a person touched the hardware key; nil for other keys.
  public var touched: Bool?

  /// A signature by that key.
  public init(key: String, state: State, touched: Bool? = nil) {
    self.key = key
    self.state = state
    self.touched = touched
  }
}

/// A key with all that it signed.
public struct AuditKey: Equatable, Sendable {
  /// Its fingerprint.
  public var fingerprint: String
  /// People of the recorded policy to whom it belongs.
  public var people: [String]
  /// Principals for which the allowed signers list it.
  public var principals: [String]
  /// Names under which it signed; claimed.
  public var names: [String]
  /// The lines that it signed.
  public var lines: [Int]
  /// How its signatures stand: the worst of them.
  public var state: AuditSignature.State
}

/// Something that an auditor has to look at.
public struct AuditConcern: Equatable, Sendable {
  /// What kind it is; the order is the one in which they are walked.
  public enum Kind: String, Sendable, CaseIterable {
    case damage = "DAMAGED"
    case bad = "BAD KEY"
    case untrusted = "UNTRUSTED"
    case unsigned = "UNSIGNED"
    case outside = "OUTSIDE"
    case late = "LATE"
    case clock = "CLOCK"
    case lapsed = "LAPSED"
    case stale = "STALE"
  }

  /// Where it is.
  public enum Place: Equatable, Sendable {
    case file
    case line(Int)
    case point(String)
  }

  /// What kind it is.
  public var kind: Kind
  /// Where it is.
  public var place: Place
  /// Why, in one sentence.
  public var reason: String
  /// What a person can do, if that is known.
  public var hint: String?

  /// Something to look at.
  public init(_ kind: Kind, _ place: Place, _ reason: String, hint: String? = nil) {
    self.kind = kind
    self.place = place
    self.reason = reason
    self.hint = hint
  }
}

/// Two files beside each other.
public struct AuditComparison: Equatable, Sendable {
  /// One difference.
  public enum Difference: Equatable, Sendable {
    /// A record that only this file has.
    case onlyHere(Entry)
    /// A record that only the other file has.
    case onlyThere(Entry)
    /// A record of which the signatures differ.
    case signatures(RecordID, type: String, here: [String], there: [String])
    /// A point that stands differently, judged at the same moment.
    case state(point: String, here: String, there: String)
  }

  /// Path of the other file.
  public var path: String
  /// Digest of all of its bytes.
  public var digest: Digest
  /// What is damaged in the other file.
  public var faults: [EvidenceDamage]
  /// All differences: records first, then points.
  public var differences: [Difference]
  /// How many records both have.
  public var common: Int

  /// The other file beside this one; both judged at one moment.
  public init(
    path: String, digest: Digest, here: SalvagedEvidence, there: SalvagedEvidence,
    reports: (here: GateReport?, there: GateReport?)
  ) {
    self.path = path
    self.digest = digest
    faults = there.faults
    let (mine, theirs) = (Self.entries(here), Self.entries(there))
    let other = Dictionary(theirs.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let own = Set(mine.map(\.id))
    common = mine.count { other[$0.id] != nil }
    differences =
      mine.filter { other[$0.id] == nil }.map(Difference.onlyHere)
      + theirs.filter { !own.contains($0.id) }.map(Difference.onlyThere)
      + mine.compactMap { entry in
        guard let twin = other[entry.id], twin.signatures != entry.signatures else { return nil }
        return .signatures(
          entry.id, type: entry.record.body.type, here: entry.signatures.map(\.key),
          there: twin.signatures.map(\.key))
      }
      + Self.states(reports.here, reports.there)
  }

  private static func entries(_ salvaged: SalvagedEvidence) -> [Entry] {
    var seen: Set<RecordID> = []
    return salvaged.lines.compactMap(\.entry).filter { seen.insert($0.id).inserted }
  }

  private static func states(_ here: GateReport?, _ there: GateReport?) -> [Difference] {
    guard let here, let there else { return [] }
    let ids = here.points.map(\.point.id) + there.points.map(\.point.id)
    var seen: Set<String> = []
    return ids.filter { seen.insert($0).inserted }.compactMap { id in
      let (one, other) = (here.standing(id)?.state.rawValue, there.standing(id)?.state.rawValue)
      return one == other
        ? nil : .state(point: id, here: one ?? "not there", there: other ?? "not there")
    }
  }
}
