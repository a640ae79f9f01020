/// The rules for incoming packets as one tool shows them: chains with their policies and rules.
struct PacketFilter: Equatable, Sendable {
  enum Family: Hashable, Sendable { case ipv4, ipv6 }

  /// What a rule asks of a packet, as far as it matters for what is open.
  struct Match: Equatable, Sendable {
    var ports: [ClosedRange<Int>] = []
    /// Only packets of named addresses or of another interface than the public one.
    var isRestricted = false
    /// Packets of this machine itself, of known connections, and ICMP.
    var isHarmless = false
    /// Something that is not understood here.
    var isOpaque = false
    var isEmpty: Bool { self == Match() }

    /// Both conditions together.
    func and(_ other: Match) -> Match {
      Match(
        ports: ports.isEmpty ? other.ports : ports,
        isRestricted: isRestricted || other.isRestricted,
        isHarmless: isHarmless || other.isHarmless, isOpaque: isOpaque || other.isOpaque)
    }
  }

  enum Verdict: Equatable, Sendable {
    case accept, refuse, leave
    case jump(String)
    /// Counts, logs or marks only.
    case none
  }

  struct Rule: Equatable, Sendable {
    var match: Match
    var verdict: Verdict
  }

  struct Chain: Equatable, Sendable {
    var families: Set<Family>
    /// Whether the kernel itself sends incoming packets through it.
    var isInput = false
    /// What happens to packets that no rule decides; only of such a chain.
    var refusesByDefault = false
    var rules: [Rule] = []
  }

  /// By name; the name is unique within one reading.
  var chains: [String: Chain] = [:]

  /// What a family's packets meet.
  struct Reading: Equatable, Sendable {
    /// Whether a packet that no rule names is refused.
    var refusesByDefault = false
    /// Ports that anybody may reach.
    var open: [ClosedRange<Int>] = []
    /// Whether a rule lets packets in that is not understood here.
    var hasOpaqueRule = false
  }

  /// What that family's packets meet, over all chains that the kernel asks.
  func reading(_ family: Family) -> Reading {
    var result = Reading()
    for (name, chain) in chains.sorted(by: { $0.key < $1.key })
    where chain.isInput && chain.families.contains(family) {
      var walk = Walk(filter: self)
      let refuses = walk.follow(name, Match(), depth: 0) == .refuse || chain.refusesByDefault
      // Where a chain lets everything through, what it accepts decides nothing.
      guard refuses && !walk.acceptsAll else { continue }
      result.refusesByDefault = true
      result.open += walk.open
      result.hasOpaqueRule = result.hasOpaqueRule || walk.hasOpaqueRule
    }
    result.open = Array(Set(result.open)).sorted { $0.lowerBound < $1.lowerBound }
    return result
  }

  /// Follows the rules of a chain and of those to which it jumps.
  private struct Walk {
    let filter: PacketFilter
    var open: [ClosedRange<Int>] = []
    var acceptsAll = false
    var hasOpaqueRule = false
    private var steps = 0

    init(filter: PacketFilter) { self.filter = filter }

    /// What is left undecided at the end is `.none`.
    mutating func follow(_ name: String, _ outer: Match, depth: Int) -> Verdict {
      guard depth <= 16, let chain = filter.chains[name] else {
        hasOpaqueRule = true
        return .none
      }
      for rule in chain.rules {
        steps += 1
        guard steps <= 100_000 else {
          hasOpaqueRule = true
          return .none
        }
        let match = outer.and(rule.match)
        switch rule.verdict {
        case .accept:
          note(match)
          if match.isEmpty { return .accept }
        case .refuse: if match.isEmpty { return .refuse }
        case .leave: if rule.match.isEmpty { return .none }
        case .jump(let target):
          let inner = follow(target, match, depth: depth + 1)
          if inner != .none && match.isEmpty { return inner }
        case .none: continue
        }
      }
      return .none
    }

    private mutating func note(_ match: Match) {
      if match.isHarmless || match.isRestricted { return }
      if !match.ports.isEmpty {
        open += match.ports
      } else if match.isOpaque {
        hasOpaqueRule = true
      } else {
        acceptsAll = true
      }
    }
  }
}
