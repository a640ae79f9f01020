internal import Checklist
internal import Foundation
internal import Synchronization

/// Checklists that stood in other files, found again by their exact bytes: most launches carry
/// the same one, and it is the larger part of a file.
public final class KnownChecklists: Sendable {
  /// More than the launches of one board differ in.
  private static let limit = 16

  private struct Known: Sendable {
    var bytes: [UInt8]
    var checklist: RecordedChecklist
  }

  private let all = Mutex<[Known]>([])

  /// None yet.
  public init() {}

  /// The checklist with which these bytes begin, and its length; nil where it is not known.
  ///
  /// Canonical JSON of an object ends with the object, so that what follows does not matter.
  func first(in bytes: ArraySlice<UInt8>) -> (checklist: RecordedChecklist, length: Int)? {
    let known = all.withLock { $0 }
    return known.first { Self.begins(bytes, with: $0.bytes) }.map { ($0.checklist, $0.bytes.count) }
  }

  /// Takes note of a checklist that was read from these canonical bytes.
  func learn(_ bytes: ArraySlice<UInt8>, _ value: JSONValue) -> RecordedChecklist {
    all.withLock { all in
      // Somebody else may have read it meanwhile.
      if let known = all.first(where: { $0.bytes.elementsEqual(bytes) }) { return known.checklist }
      let checklist = RecordedChecklist(value)
      if all.count < Self.limit { all.append(Known(bytes: Array(bytes), checklist: checklist)) }
      return checklist
    }
  }

  private static func begins(_ bytes: ArraySlice<UInt8>, with head: [UInt8]) -> Bool {
    guard bytes.count >= head.count else { return false }
    return bytes.withUnsafeBytes { bytes in
      head.withUnsafeBytes { head in
        guard let left = bytes.baseAddress, let right = head.baseAddress else { return false }
        return memcmp(left, right, head.count) == 0
      }
    }
  }
}
