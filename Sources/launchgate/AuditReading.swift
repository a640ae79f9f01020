internal import Checklist
internal import Evidence
internal import Foundation
internal import Gate
internal import Session

/// Reads what an auditor is shown: one file, what was brought along, and perhaps a second file.
struct AuditReading {
  var file: String
  var allowedSigners: String?
  var expectHead: RecordID?
  var at: String?
  var compare: String?

  /// The file as it stands, damaged or not.
  ///
  /// - Throws: where there is no file, or something that was brought along cannot be read.
  func snapshot() throws -> AuditSnapshot {
    let (salvaged, digest) = try read(file)
    let (judged, moment) = try moment(salvaged)
    var snapshot = AuditSnapshot(
      path: file, digest: digest, salvaged, try grounds(salvaged), at: moment, judging: judged)
    if let compare {
      let (other, otherDigest) = try read(compare)
      let theirs = at == "seal" ? try self.moment(other).evidence : other.evidence
      snapshot.comparison = AuditComparison(
        path: compare, digest: otherDigest, here: salvaged, there: other,
        reports: (snapshot.report, try? Gate.evaluate(theirs, at: moment)))
    }
    return snapshot
  }

  private func read(_ path: String) throws -> (evidence: SalvagedEvidence, digest: Digest) {
    guard let found = try EvidenceFile(path: path).salvaged() else {
      throw Problem("there is no file \(path)", hint: "check the path")
    }
    return found
  }

  private func moment(
    _ salvaged: SalvagedEvidence
  ) throws -> (evidence: Evidence, time: Timestamp) {
    try Moment.of(at, in: salvaged.evidence)
  }

  /// What is established and what not, with what the auditor brought along.
  private func grounds(_ salvaged: SalvagedEvidence) throws -> AuditGrounds {
    var grounds = AuditGrounds()
    grounds.hasSigners = allowedSigners != nil
    var demands = Verification.Demands(now: Clock.now)
    demands.allowedSigners = try allowedSigners.map(AllowedSigners.init(path:))
    if let expectHead {
      if salvaged.evidence[expectHead] == nil {
        grounds.faults.append(
          EvidenceDamage(
            "the record \(expectHead) is missing",
            hint: "the file is not the one whose head was kept, or records were taken out"))
      } else {
        demands.expectedHead = expectHead
      }
    }
    let result: Verification
    do {
      result = try Verification(salvaged.evidence, demands)
    } catch let damage as EvidenceDamage {
      grounds.faults.append(damage)
      return grounds
    }
    for found in result.trusted {
      grounds.trusted[found.id, default: [:]][found.key] = found.principal
    }
    for found in result.untrusted { grounds.untrusted[found.id] = found.reason }
    grounds.outside = Set(result.outside)
    let isDamaged = !salvaged.faults.isEmpty || !grounds.faults.isEmpty
    grounds.established = isDamaged ? [] : result.established
    grounds.notEstablished =
      (isDamaged ? ["anything about the damaged lines, or about what they were before"] : [])
      + result.notEstablished
    return grounds
  }
}
