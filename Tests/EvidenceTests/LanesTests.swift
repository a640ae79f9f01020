import Synchronization
import Testing

@testable import Evidence

/// Work that is divided among threads gives what it would have given in one row.
@Suite struct LanesTests {
  private struct Fault: Error, Equatable {
    var index: Int
  }

  @Test(arguments: [0, 1, 2, 3, 7, 1_000, 1_001])
  func theOrderIsThatOfTheElements(count: Int) throws {
    let calls = Atomic(0)
    let values = try Array(0..<count).mapInLanes(share: 1) { index, element throws(Fault) in
      calls.add(1, ordering: .relaxed)
      return [index, element * 2]
    }
    #expect(values == (0..<count).map { [$0, $0 * 2] })
    #expect(calls.load(ordering: .relaxed) == count)
  }

  @Test func theFirstFaultIsThrown() {
    #expect(throws: Fault(index: 310)) {
      try Array(0..<1_000).mapInLanes(share: 1) { index, _ throws(Fault) in
        if index >= 310 { throw Fault(index: index) }
        return index
      }
    }
  }
}
