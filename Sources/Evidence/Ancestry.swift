/// Answers quickly which record lies in the past of which, in memory that grows with the records.
///
/// Records are laid along chains, each continuing the oldest chain of a parent that is still
/// open. A chain that begins beside another has that place as its base, and inherits its past
/// without copying it; what else its records reach is noted where they reach it first.
struct Ancestry: Sendable {
  private struct Place {
    var chain: Int
    var position: Int
  }

  /// From that position of a chain on, all up to a place of another one is in the past.
  private struct Reach {
    var from: Int
    var place: Place
  }

  private struct Chain {
    var length = 0
    /// What the first record follows; nil for one without parents.
    var base: Place?
    /// Parents on other chains, in order.
    var links: [Reach] = []
    /// For every other chain what is reached, ascending, beyond what the base reaches.
    var reached: [Int: [Reach]] = [:]
  }

  private var places: [Place] = []
  private var chains: [Chain] = []

  /// Adds the next record, whose parents were added before; returns its index.
  mutating func add(parents: [Int]) {
    let parents = parents.map { places[$0] }
    let open = parents.filter { $0.position == chains[$0.chain].length - 1 }.map(\.chain).min()
    let place = Place(chain: open ?? chains.count, position: open.map { chains[$0].length } ?? 0)
    if open == nil { chains.append(Chain(base: parents.first)) }
    chains[place.chain].length += 1
    for parent in parents where parent.chain != place.chain {
      absorb(parent, at: place)
      chains[place.chain].links.append(Reach(from: place.position, place: parent))
    }
    places.append(place)
  }

  /// Whether the record of the first index lies in the past of the second.
  func isAncestor(_ older: Int, of younger: Int) -> Bool {
    let (past, present) = (places[older], places[younger])
    if past.chain == present.chain { return past.position < present.position }
    return extent(of: past.chain, from: present, enough: past.position) >= past.position
  }

  /// Notes a place, and what lies in its past, as the past of the record at another place.
  private mutating func absorb(_ reached: Place, at place: Place) {
    var waiting = [reached]
    while let next = waiting.popLast() {
      let known = extent(of: next.chain, from: place, enough: next.position)
      guard known < next.position else { continue }
      chains[place.chain].reached[next.chain, default: []].append(
        Reach(from: place.position, place: next))
      let chain = chains[next.chain]
      let first = chain.links.partitioningIndex { $0.from > known }
      for link in chain.links[first...] {
        guard link.from <= next.position else { break }
        waiting.append(link.place)
      }
      if known < 0, let base = chain.base { waiting.append(base) }
    }
  }

  /// The highest position of a chain that is in the past of a place, or that place's own.
  ///
  /// It is -1 where there is none; nothing further is looked at once there is enough.
  private func extent(of chain: Int, from start: Place, enough: Int) -> Int {
    var highest = -1
    var next: Place? = start
    while let place = next, highest < enough {
      if place.chain == chain { return max(highest, place.position) }
      if let list = chains[place.chain].reached[chain] {
        let end = list.partitioningIndex { $0.from > place.position }
        if end > 0 { highest = max(highest, list[end - 1].place.position) }
      }
      next = chains[place.chain].base
    }
    return highest
  }
}

extension Array {
  /// The index of the first element for which the condition holds; it holds for all after it.
  fileprivate func partitioningIndex(_ isBehind: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
