extension PacketFilter {
  /// Reads the answer of `iptables -S` or `ip6tables -S`; nil where it has no INPUT chain.
  init?(iptables text: String, _ family: Family) {
    for line in text.split(whereSeparator: \.isNewline) {
      guard let words = SSHServerConfigurationReader.words(line), words.count >= 2 else { continue }
      switch words[0] {
      case "-P":
        guard words.count == 3 else { return nil }
        chains[words[1]] = Chain(
          families: [family], isInput: words[1] == "INPUT", refusesByDefault: words[2] == "DROP")
      case "-N": chains[words[1]] = Chain(families: [family])
      case "-A": chains[words[1], default: Chain(families: [family])].rules.append(Self.rule(words))
      default: continue
      }
    }
    guard chains["INPUT"]?.isInput == true else { return nil }
  }

  private static func rule(_ words: [String]) -> Rule {
    var rule = Rule(match: Match(), verdict: .none)
    var index = 2
    while index < words.count {
      let option = words[index]
      let value = index + 1 < words.count ? words[index + 1] : ""
      index += 2
      switch option {
      case "-j", "-g": rule.verdict = verdict(value)
      case "-p":
        let isIcmp = value.contains("icmp") || value == "igmp"
        if isIcmp { rule.match.isHarmless = true }
        if !isIcmp && !["tcp", "udp"].contains(value) { rule.match.isOpaque = true }
      case "-m":
        if !["tcp", "udp", "conntrack", "state", "comment", "multiport", "limit"].contains(value) {
          rule.match.isOpaque = true
        }
      case "-s": rule.match.isRestricted = true
      case "-i":
        if value == "lo" { rule.match.isHarmless = true } else { rule.match.isOpaque = true }
      case "--dport", "--dports":
        guard let ports = ports(value) else { fallthrough }
        rule.match.ports = ports
      case "--ctstate", "--state":
        if !value.contains("NEW") { rule.match.isHarmless = true }
      case "--comment", "--limit", "--limit-burst", "--icmp-type", "--icmpv6-type",
        "--reject-with", "--log-prefix", "--log-level":
        continue
      case "!":
        // What is excluded says little about what is let in.
        rule.match.isOpaque = true
        index += value.hasPrefix("-") ? 1 : 0
      default:
        rule.match.isOpaque = true
        index -= 1
      }
    }
    return rule
  }

  private static func verdict(_ target: String) -> Verdict {
    switch target {
    case "ACCEPT": .accept
    case "DROP", "REJECT": .refuse
    case "RETURN": .leave
    case "LOG", "NFLOG", "MARK", "CONNMARK": .none
    default: .jump(target)
    }
  }

  private static func ports(_ list: String) -> [ClosedRange<Int>]? {
    var ranges: [ClosedRange<Int>] = []
    for part in list.split(separator: ",") {
      let ends = part.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
      guard let low = ends.first ?? nil, let high = ends.last ?? nil, low <= high, ends.count <= 2
      else { return nil }
      ranges.append(low...high)
    }
    return ranges.isEmpty ? nil : ranges
  }
}
