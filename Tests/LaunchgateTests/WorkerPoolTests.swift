import Dispatch
import Foundation
import Synchronization
import Testing

@testable import launchgate

/// Tasks on the program's own threads: none is lost, none waits for ever, sleeping takes its time.
@Suite struct WorkerPoolTests {
  private final class Seen: Sendable {
    let order = Mutex<[Int]>([])
  }

  @Test func everyTaskRunsOnce() async throws {
    let pool = try WorkerPool(threads: 2)
    let sum = await withTaskGroup(of: Int.self) { group in
      for number in 1...2_000 {
        group.addTask(executorPreference: pool) {
          await Task.yield()
          return number
        }
      }
      return await group.reduce(0, +)
    }
    #expect(sum == 2_001_000)
  }

  @Test(.timeLimit(.minutes(1))) func threadsThatAreAllBlockedDoNotHoldUpTheTaskThatFreesThem()
    async throws
  {
    let pool = try WorkerPool(threads: 2)
    let gate = DispatchSemaphore(value: 0)
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<20 {
        group.addTask(executorPreference: pool) { Self.block(gate) }
      }
      group.addTask(executorPreference: pool) { for _ in 0..<20 { gate.signal() } }
      await group.waitForAll()
    }
  }

  private static func block(_ gate: DispatchSemaphore) { gate.wait() }

  @Test(.timeLimit(.minutes(1))) func sleepingTakesItsTimeAndBlocksNobody() async throws {
    let pool = try WorkerPool(threads: 1)
    let seen = Seen()
    let start = ContinuousClock.now
    await withTaskGroup(of: Void.self) { group in
      for number in [300, 100, 200, 0] {
        group.addTask(executorPreference: pool) {
          try? await Task.sleep(for: .milliseconds(number))
          seen.order.withLock { $0.append(number) }
        }
      }
    }
    #expect(seen.order.withLock { $0 } == [0, 100, 200, 300])
    #expect(ContinuousClock.now - start >= .milliseconds(300))
  }

  @Test(.timeLimit(.minutes(1))) func aSleepThatIsCancelledEndsAtOnce() async throws {
    let pool = try WorkerPool(threads: 1)
    let task = Task(executorPreference: pool) { try await Task.sleep(for: .seconds(3_600)) }
    try await Task.sleep(for: .milliseconds(50))
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test func threadsThatHelpedOutEndAgain() async throws {
    let pool = try WorkerPool(threads: 1, most: 8)
    let gate = DispatchSemaphore(value: 0)
    let tasks = (0..<4).map { _ in Task(executorPreference: pool) { Self.block(gate) } }
    let last = Task(executorPreference: pool) { 7 }
    #expect(await last.value == 7)
    #expect(pool.threads > 1)
    for _ in tasks { gate.signal() }
    for task in tasks { await task.value }
    while pool.threads > 1 { try await Task.sleep(for: .milliseconds(10)) }
  }

  @Test func aPoolThatGivesWayDoesSoForItsJobsAndTheirProgramsAndForNoOtherThread() async throws {
    let pool = try WorkerPool(threads: 1)
    let before = Self.niceness()
    #expect(await Task(executorPreference: pool) { Self.niceness() }.value == before)
    pool.giveWay()
    let seen = try await Task(executorPreference: pool) { try Self.nicenessOfAProgram() }.value
    #expect(await Task(executorPreference: pool) { Self.niceness() }.value == max(before, 10))
    #expect(seen == "\(max(before, 10))")
    #expect(await Task { Self.niceness() }.value == before)
  }

  /// How far the calling thread gives way.
  private static func niceness() -> CInt {
    getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0)
  }

  private static func nicenessOfAProgram() throws -> String {
    let (process, output) = (Process(), Pipe())
    process.executableURL = URL(filePath: "/usr/bin/nice")
    process.standardOutput = output
    try process.run()
    process.waitUntilExit()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
