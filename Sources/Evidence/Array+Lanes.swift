internal import Foundation
internal import Synchronization

extension Array where Element: Sendable {
  /// What the function makes of each element, in order.
  ///
  /// A long array is divided among the processors; the function is called for an element at most
  /// once, and the caller waits.
  /// - Parameter share: how many elements are worth a thread.
  /// - Throws: what the first element throws for which the function does.
  func mapInLanes<Value: Sendable, Failure: Error>(
    share: Int, _ body: @escaping @Sendable (Int, Element) throws(Failure) -> Value
  ) throws(Failure) -> [Value] {
    let lanes = Swift.min(ProcessInfo.processInfo.activeProcessorCount, count / share)
    guard lanes > 1 else { return try mapped(indices, body) }
    let length = (count + lanes - 1) / lanes
    let bounds = stride(from: 0, to: count, by: length).map { $0..<Swift.min($0 + length, count) }
    let results = LaneResults<Value, Failure>(count: bounds.count)
    for lane in bounds.indices.dropFirst() {
      Thread.detachNewThread {
        results.finish(lane) { () throws(Failure) in try mapped(bounds[lane], body) }
      }
    }
    results.finish(0) { () throws(Failure) in try mapped(bounds[0], body) }
    return try results.all()
  }

  private func mapped<Value, Failure: Error>(
    _ range: Range<Int>, _ body: (Int, Element) throws(Failure) -> Value
  ) throws(Failure) -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(range.count)
    for index in range { values.append(try body(index, self[index])) }
    return values
  }
}

/// What came of each lane, for one that waits for all of them.
private final class LaneResults<Value: Sendable, Failure: Error>: Sendable {
  private let results: Mutex<[Result<[Value], Failure>?]>
  private let condition = NSCondition()

  init(count: Int) { results = Mutex(Array(repeating: nil, count: count)) }

  func finish(_ lane: Int, _ work: () throws(Failure) -> [Value]) {
    let result = Result(catching: work)
    condition.lock()
    defer { condition.unlock() }
    results.withLock { $0[lane] = result }
    condition.signal()
  }

  func all() throws(Failure) -> [Value] {
    condition.lock()
    defer { condition.unlock() }
    while results.withLock({ $0.contains { $0 == nil } }) { condition.wait() }
    var values: [Value] = []
    for result in results.withLock({ $0 }) { values += try result?.get() ?? [] }
    return values
  }
}
