import Testing

@testable import Probes

@Suite struct ProbeQueueTests {
  private func entry(
    _ index: Int, _ places: [String], alone: Bool = false, last: Bool = false
  ) -> ProbeQueue.Entry {
    ProbeQueue.Entry(
      indexes: [index],
      places: Set(places.map { $0 == "here" ? .processor : .host($0) }), isAlone: alone,
      isLast: last)
  }

  private func started(_ queue: inout ProbeQueue) -> [ProbeQueue.Entry] {
    var entries: [ProbeQueue.Entry] = []
    while let entry = queue.next() { entries.append(entry) }
    return entries
  }

  @Test func aFullHostKeepsNobodyElseWaiting() {
    var queue = ProbeQueue(
      [entry(0, ["a"]), entry(1, ["a"]), entry(2, ["a"]), entry(3, ["b"]), entry(4, ["here"])],
      ProbeLimits(total: 8, host: 2, processor: 1))
    let first = started(&queue)
    #expect(first.map(\.indexes) == [[0], [1], [3], [4]])
    queue.release(first[2])
    #expect(started(&queue).isEmpty)
    queue.release(first[0])
    #expect(started(&queue).map(\.indexes) == [[2]])
  }

  @Test func theProcessorHasALimitOfItsOwn() {
    var queue = ProbeQueue(
      (0..<4).map { entry($0, ["here"]) } + [entry(4, ["a"])],
      ProbeLimits(total: 8, host: 2, processor: 2))
    let first = started(&queue)
    #expect(first.map(\.indexes) == [[0], [1], [4]])
    queue.release(first[0])
    #expect(started(&queue).map(\.indexes) == [[2]])
  }

  @Test func theTotalHoldsForAll() {
    var queue = ProbeQueue(
      (0..<9).map { entry($0, ["\($0)"]) }, ProbeLimits(total: 3, host: 9, processor: 9))
    #expect(started(&queue).count == 3)
    var none = ProbeQueue([entry(0, ["a"])], ProbeLimits(total: 0, host: 0, processor: 0))
    #expect(started(&none).count == 1)
  }

  @Test func whatSendsIsAloneOnItsHostAndAfterTheOthers() {
    var queue = ProbeQueue(
      [
        entry(0, ["a"], alone: true, last: true), entry(1, ["a"], alone: true), entry(2, ["a"]),
        entry(3, ["a", "b"]), entry(4, ["c"], alone: true),
      ], ProbeLimits(total: 8, host: 6, processor: 2))
    let first = started(&queue)
    #expect(first.map(\.indexes) == [[2], [3], [4]])
    queue.release(first[0])
    #expect(started(&queue).isEmpty)
    queue.release(first[1])
    let second = started(&queue)
    #expect(second.map(\.indexes) == [[1]])
    queue.release(second[0])
    #expect(started(&queue).map(\.indexes) == [[0]])
  }
}
