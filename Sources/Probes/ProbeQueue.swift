internal import Glibc

/// How many probes run at the same time.
public struct ProbeLimits: Hashable, Sendable {
  /// In all.
  public var total: Int
  /// On one host; nobody's server is to suffer from being looked at.
  public var host: Int
  /// Of those that work on this machine, with its files and programs.
  public var processor: Int

  /// Limits of at least one each; the processor's default is the number of its cores.
  public init(total: Int = 8, host: Int = 6, processor: Int? = nil) {
    self.total = max(1, total)
    self.host = max(1, host)
    self.processor = max(1, processor ?? sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  }
}

/// Which probe runs next; a full host or processor keeps nobody else waiting.
struct ProbeQueue {
  /// What several probes share.
  enum Place: Hashable, Sendable {
    case host(String)
    case processor
  }

  /// One look, for however many jobs.
  struct Entry: Sendable {
    var indexes: [Int]
    var places: Set<Place>
    /// Whether nobody else may be at its places meanwhile.
    var isAlone: Bool
    /// Whether it runs after all others that are alone.
    var isLast = false
  }

  private var waiting: [Entry]
  private var present: [Place: Int] = [:]
  private var taken: Set<Place> = []
  private var running = 0
  private let limits: ProbeLimits

  init(_ entries: [Entry], _ limits: ProbeLimits) {
    self.limits = limits
    waiting = entries.sorted { Self.rank($0) < Self.rank($1) }
  }

  /// The first that may run now, which then counts as running; nil where none may.
  mutating func next() -> Entry? {
    guard running < limits.total, let index = waiting.firstIndex(where: { isFree(for: $0) }) else {
      return nil
    }
    let entry = waiting.remove(at: index)
    running += 1
    for place in entry.places { present[place, default: 0] += 1 }
    if entry.isAlone { taken.formUnion(entry.places) }
    return entry
  }

  /// Makes room after that one has ended.
  mutating func release(_ entry: Entry) {
    running -= 1
    for place in entry.places { present[place, default: 0] -= 1 }
    if entry.isAlone { taken.subtract(entry.places) }
  }

  private func isFree(for entry: Entry) -> Bool {
    entry.places.allSatisfy { place in
      let count = present[place] ?? 0
      let limit = place == .processor ? limits.processor : limits.host
      return !taken.contains(place) && count < (entry.isAlone ? 1 : limit)
    }
  }

  private static func rank(_ entry: Entry) -> (Int, Int) {
    (entry.isAlone ? entry.isLast ? 2 : 1 : 0, entry.indexes.first ?? 0)
  }
}
