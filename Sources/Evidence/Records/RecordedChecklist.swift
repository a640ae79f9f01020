public import Checklist
internal import Synchronization

/// A checklist as a record carries it, read once however often it is asked for.
public final class RecordedChecklist: Equatable, Sendable {
  /// As it stands in the record.
  public let value: JSONValue
  private let reading = Mutex<Result<Checklist, DocumentFaults>?>(nil)

  /// The checklist in that value, which is not looked at yet.
  public init(_ value: JSONValue) { self.value = value }

  /// What the value says.
  ///
  /// - Throws: every fault that was found in it.
  public func read() throws(DocumentFaults) -> Checklist {
    let result = reading.withLock { known in
      let result = known ?? Result(catching: parsed)
      known = result
      return result
    }
    return try result.get()
  }

  private func parsed() throws(DocumentFaults) -> Checklist {
    try Checklist.read(recorded: value)
  }

  /// Whether both carry the same.
  public static func == (left: RecordedChecklist, right: RecordedChecklist) -> Bool {
    left === right || left.value == right.value
  }
}
