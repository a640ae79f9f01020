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
    let work = Lanes<Value, Failure>(count: bounds.count) { lane throws(Failure) in
      try mapped(bounds[lane], body)
    }
    for _ in bounds.dropFirst() { Thread.detachNewThread { work.run() } }
    work.run()
    return try work.results()
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

/// Parts of some work, each done by the thread that takes it first.
///
/// A thread that the system did not start is not missed: the others take its part.
private final class Lanes<Value: Sendable, Failure: Error>: Sendable {
  private let work: @Sendable (Int) throws(Failure) -> [Value]
  private let next = Atomic(0)
  private let done: Mutex<[Result<[Value], Failure>?]>
  private let condition = NSCondition()

  init(count: Int, _ work: @escaping @Sendable (Int) throws(Failure) -> [Value]) {
    self.work = work
    done = Mutex(Array(repeating: nil, count: count))
  }

  /// Takes part after part until none is left.
  func run() {
    let count = done.withLock(\.count)
    while case let lane = next.add(1, ordering: .relaxed).oldValue, lane < count {
      let result = Result { () throws(Failure) in try work(lane) }
      condition.lock()
      done.withLock { $0[lane] = result }
      condition.broadcast()
      condition.unlock()
    }
  }

  /// What all parts gave, once those that others have taken are done.
  func results() throws(Failure) -> [Value] {
    condition.lock()
    while done.withLock({ $0.contains { $0 == nil } }) { condition.wait() }
    condition.unlock()
    var values: [Value] = []
    for result in done.withLock({ $0 }) { values += try result?.get() ?? [] }
    return values
  }
}
