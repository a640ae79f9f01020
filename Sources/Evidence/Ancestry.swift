/// Answers quickly which record lies in the past of which.
///
/// Records are laid along chains, each continuing the chain of its first parent where that is
/// still open. A record then knows, for every other chain, how far its past reaches into it. A
/// history without branches is one chain, and its records share one empty table.
struct Ancestry: Sendable {
  private struct Place {
    var chain: Int
    var position: Int
    /// For every other chain, the highest position in the past.
    var reach: [Int: Int]
  }

  private var places: [Place] = []
  private var lengths: [Int] = []

  /// Adds the next record, whose parents were added before; returns its index.
  mutating func add(parents: [Int]) {
    var reach: [Int: Int] = [:]
    for (order, parent) in parents.enumerated() {
      let place = places[parent]
      if order == 0 { reach = place.reach } else { merge(place.reach, into: &reach) }
    }
    for parent in parents { merge([places[parent].chain: places[parent].position], into: &reach) }
    let open = parents.map { places[$0] }.first { $0.position == lengths[$0.chain] - 1 }
    let chain = open?.chain ?? lengths.count
    if open == nil { lengths.append(0) }
    reach[chain] = nil
    places.append(Place(chain: chain, position: lengths[chain], reach: reach))
    lengths[chain] += 1
  }

  /// Whether the record of the first index lies in the past of the second.
  func isAncestor(_ older: Int, of younger: Int) -> Bool {
    let (past, present) = (places[older], places[younger])
    if past.chain == present.chain { return past.position < present.position }
    return present.reach[past.chain].map { past.position <= $0 } ?? false
  }

  private func merge(_ other: [Int: Int], into reach: inout [Int: Int]) {
    for (chain, position) in other where position > reach[chain] ?? -1 { reach[chain] = position }
  }
}
