internal import Foundation

/// Whether the files that back decisions are still those that were recorded.
struct AttachmentCheck {
  /// Attachments whose bytes are in the folder.
  private(set) var found = 0
  /// Attachments that are not, each with its decision, in words.
  private(set) var faults: [(id: RecordID, reason: String)] = []

  /// Looks for the bytes of every attachment among the files of that folder, by digest; names do
  /// not matter, and folders below are not entered.
  ///
  /// - Throws: where the folder cannot be read or has more than 10,000 files.
  init(_ evidence: Evidence, folder: String) throws(TrustFault) {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      throw TrustFault("the folder \(folder) cannot be read", hint: "check the path")
    }
    guard names.count <= 10_000 else {
      throw TrustFault("\(folder) has more than 10000 files", hint: "give a folder of their own")
    }
    var bySize: [Int: [String]] = [:]
    for name in names {
      let path = "\(folder)/\(name)"
      let attributes = try? FileManager.default.attributesOfItem(atPath: path)
      guard attributes?[.type] as? FileAttributeType == .typeRegular,
        let size = attributes?[.size] as? NSNumber
      else { continue }
      bySize[size.intValue, default: []].append(path)
    }
    // Thousands may have one size: each is read once, and each attachment looked up once.
    var digests: [Int: Set<Digest>] = [:]
    let allNames = Set(names)
    for (id, decision) in Self.decisions(of: evidence) {
      for attachment in decision.attachments {
        let there =
          digests[attachment.size]
          ?? Set((bySize[attachment.size] ?? []).compactMap { FileDigest(of: $0)?.digest })
        digests[attachment.size] = there
        if there.contains(attachment.digest) {
          found += 1
        } else {
          let what =
            allNames.contains(attachment.name) ? "differs from what was recorded" : "is missing"
          faults.append(
            (id, "the attachment \(attachment.name) of \(decision.point) \(what)"))
        }
      }
    }
  }

  /// All decisions, those that were carried over too.
  static func decisions(of evidence: Evidence) -> [(RecordID, Decision)] {
    var all: [(RecordID, Decision)] = []
    for entry in evidence.entries {
      switch entry.record.body {
      case .signOff(let signOff): all += signOff.decisions.map { (entry.id, $0) }
      case .carry(let carry):
        for value in carry.records {
          guard let origin = try? Entry(carried: value),
            case .signOff(let body) = origin.record.body
          else { continue }
          all += body.decisions.map { (entry.id, $0) }
        }
      default: break
      }
    }
    return all
  }
}
