extension PacketFilter {
  /// Reads the answer of `nft -j list ruleset`; nil where it is not of that form.
  init?(nftables json: ToolJSON) {
    guard let items = json["nftables"]?.array, items.contains(where: { $0["metainfo"] != nil })
    else { return nil }
    for item in items {
      if let chain = item["chain"] {
        guard let name = Self.name(chain, chain["name"]) else { return nil }
        chains[name] = Chain(
          families: Self.families(chain["family"]?.string),
          isInput: chain["hook"]?.string == "input" && chain["type"]?.string == "filter",
          refusesByDefault: chain["policy"]?.string == "drop")
      } else if let rule = item["rule"] {
        guard let name = Self.name(rule, rule["chain"]), let parts = rule["expr"]?.array else {
          return nil
        }
        chains[name, default: Chain(families: [])].rules.append(Self.rule(parts, of: rule))
      }
    }
  }

  private static func families(_ name: String?) -> Set<Family> {
    switch name {
    case "ip": [.ipv4]
    case "ip6": [.ipv6]
    case "inet": [.ipv4, .ipv6]
    default: []
    }
  }

  private static func name(_ item: ToolJSON, _ chain: ToolJSON?) -> String? {
    guard let family = item["family"]?.string, let table = item["table"]?.string,
      let chain = chain?.string
    else { return nil }
    return "\(family) \(table) \(chain)"
  }

  private static func rule(_ parts: [ToolJSON], of rule: ToolJSON) -> Rule {
    var read = Rule(match: Match(), verdict: .none)
    for part in parts {
      guard let (kind, content) = part.object?.first else { continue }
      switch kind {
      case "match": read.match = read.match.and(match(content))
      case "accept": read.verdict = .accept
      case "drop", "reject": read.verdict = .refuse
      case "return": read.verdict = .leave
      case "jump", "goto": read.verdict = .jump(name(rule, content["target"]) ?? "")
      case "counter", "log", "comment", "mangle", "meter", "quota": continue
      // A limit refuses nothing by itself, and lets in what is below it.
      case "limit": continue
      default: read.match.isOpaque = true
      }
    }
    return read
  }

  private static func match(_ content: ToolJSON) -> Match {
    guard let operation = content["op"]?.string, let left = content["left"],
      let right = content["right"]
    else { return Match(isOpaque: true) }
    let isPlain = operation == "==" || operation == "in"
    if let payload = left["payload"] {
      switch payload["field"]?.string {
      case "dport":
        guard isPlain, let ports = ports(right) else { return Match(isOpaque: true) }
        return Match(ports: ports)
      case "saddr": return isPlain ? Match(isRestricted: true) : Match(isOpaque: true)
      case "protocol", "nexthdr": return protocolMatch(right)
      case "type" where payload["protocol"]?.string?.hasPrefix("icmp") == true:
        return Match(isHarmless: true)
      default: return Match(isOpaque: true)
      }
    }
    if let meta = left["meta"]?["key"]?.string {
      switch meta {
      case "iif", "iifname":
        return Match(isHarmless: isPlain && right.string == "lo", isOpaque: true)
      case "l4proto": return protocolMatch(right)
      case "nfproto", "protocol": return Match()
      default: return Match(isOpaque: true)
      }
    }
    if left["ct"]?["key"]?.string == "state" {
      let states = right.string.map { [$0] } ?? strings(right["set"] ?? right)
      return Match(
        isHarmless: isPlain && !states.isEmpty && !states.contains("new"), isOpaque: true)
    }
    return Match(isOpaque: true)
  }

  private static func protocolMatch(_ right: ToolJSON) -> Match {
    let names = right.string.map { [$0] } ?? strings(right["set"] ?? right)
    // A protocol alone narrows nothing down that matters for ports.
    if names.allSatisfy({ ["tcp", "udp"].contains($0) }) { return Match() }
    let icmp = ["icmp", "icmpv6", "ipv6-icmp", "igmp"]
    return Match(isHarmless: names.allSatisfy(icmp.contains), isOpaque: true)
  }

  private static func strings(_ value: ToolJSON) -> [String] {
    (value.array ?? []).compactMap(\.string)
  }

  private static func ports(_ right: ToolJSON) -> [ClosedRange<Int>]? {
    if let port = right.integer { return [port...port] }
    if let range = right["range"]?.array {
      guard range.count == 2, let low = range[0].integer, let high = range[1].integer, low <= high
      else { return nil }
      return [low...high]
    }
    guard let set = right["set"]?.array else { return nil }
    var ranges: [ClosedRange<Int>] = []
    for element in set {
      guard let more = ports(element) else { return nil }
      ranges += more
    }
    return ranges
  }
}
