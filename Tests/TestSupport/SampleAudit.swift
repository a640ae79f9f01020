public import Checklist
internal import Evidence
internal import Gate
public import Session

extension SampleLaunch {
  /// The audit of this launch, or of other bytes in its place, at the time of the last record.
  public func audit(
    _ bytes: [UInt8]? = nil, grounds: AuditGrounds = .sample, at time: Timestamp? = nil,
    comparing other: SampleLaunch? = nil
  ) -> AuditSnapshot {
    let bytes = bytes ?? evidence.rendered
    let salvaged = SalvagedEvidence(bytes)
    var snapshot = AuditSnapshot(
      path: "/srv/shop/acme-shop-4.2.0.evidence.json", digest: Digest(of: bytes), salvaged, grounds,
      at: time ?? clock)
    if let other {
      let theirs = SalvagedEvidence(other.evidence.rendered)
      snapshot.comparison = AuditComparison(
        path: "/srv/copy.json", digest: Digest(of: other.evidence.rendered), here: salvaged,
        there: theirs,
        reports: (snapshot.report, try? Gate.evaluate(theirs.evidence, at: time ?? clock)))
    }
    return snapshot
  }
}

extension AuditGrounds {
  /// What is said where nothing was brought along.
  public static var sample: AuditGrounds {
    var grounds = AuditGrounds()
    grounds.established = ["the records are consistent: ids, parents, references, canonical bytes"]
    grounds.notEstablished = [
      "who signed: no allowed signers were given (--allowed-signers)",
      "when: times are those of the writers' clocks",
      "completeness: records at the end may have been left out (--expect-head)",
    ]
    return grounds
  }
}
