import Testing

@testable import Probes

@Suite(.timeLimit(.minutes(1))) struct RequestBudgetTests {
  @Test func letsNoMoreThroughThanItsCountAndKeepsThemApart() async {
    let budget = RequestBudget(5)
    let start = ContinuousClock.now
    let taken = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<20 { group.addTask { await budget.take() } }
      return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
    }
    #expect(taken == 5)
    #expect(budget.sent == 5)
    #expect(ContinuousClock.now - start >= .milliseconds(400))
  }

  @Test func nobodyCanAskForMoreOrForFaster() async {
    #expect(RequestBudget(1_000_000).count == RequestBudget.most)
    let budget = RequestBudget(3, interval: .zero)
    let start = ContinuousClock.now
    for _ in 0..<3 { #expect(await budget.take()) }
    #expect(ContinuousClock.now - start >= .milliseconds(200))
    #expect(await !budget.take())
  }

  @Test func aStoppedProbeSendsNothingMore() async {
    let budget = RequestBudget(10)
    let task = Task {
      try? await Task.sleep(for: .seconds(50))
      return await budget.take()
    }
    task.cancel()
    #expect(await !task.value)
  }
}
