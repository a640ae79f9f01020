import Checklist

/// One container as an orchestrator is told to start it.
struct Workload: Equatable, Sendable {
  /// As whom it runs, as far as the file says.
  enum User: Equatable, Sendable {
    case root(String)
    case other(String)
    /// The image decides.
    case unsaid
  }

  /// How much memory it may take.
  enum Memory: Equatable, Sendable {
    case limited(String)
    case unlimited
    /// By a variable or a file that is not read here.
    case unclear(String)
  }

  /// A part that is open to doubt or wrong, told apart by its check.
  struct Remark: Equatable, Sendable {
    var check: OrchestrationCheck
    var verdict: Finding.Verdict
    var text: String
    var line: Int
  }

  var name: String
  var line: Int
  var user: User = .unsaid
  var memory: Memory = .unlimited
  /// What was seen beside user and memory.
  var remarks: [Remark] = []

  /// Adds what was seen.
  mutating func note(
    _ check: OrchestrationCheck, _ verdict: Finding.Verdict, _ text: String, line: Int
  ) {
    remarks.append(Remark(check: check, verdict: verdict, text: text, line: line))
  }

  /// What the checks say, at least one part for each of them.
  func remarks(_ checks: [OrchestrationCheck]) -> [Remark] {
    checks.flatMap { check -> [Remark] in
      var found = remarks.filter { $0.check == check }
      switch check {
      case .memoryLimit: found.append(memoryRemark)
      case .nonRoot: found.append(userRemark)
      default: break
      }
      return found.isEmpty
        ? [.init(check: check, verdict: .pass, text: "\(check.rawValue): nothing", line: line)]
        : found
    }
  }

  private var memoryRemark: Remark {
    let (verdict, text): (Finding.Verdict, String) =
      switch memory {
      case .limited(let limit): (.pass, "memory is limited to \(limit)")
      case .unlimited: (.fail, "memory has no limit")
      case .unclear(let reason): (.review, "the memory limit \(reason)")
      }
    return Remark(check: .memoryLimit, verdict: verdict, text: text, line: line)
  }

  private var userRemark: Remark {
    let (verdict, text): (Finding.Verdict, String) =
      switch user {
      case .root(let name): (.fail, "it runs as \(name)")
      case .other(let name): (.pass, "it runs as \(name)")
      case .unsaid: (.review, "the image decides as whom it runs")
      }
    return Remark(check: .nonRoot, verdict: verdict, text: text, line: line)
  }

  /// Whether a quantity such as `512m`, `1Gi` or `0` limits anything; nil where it is none.
  static func isLimit(_ quantity: String) -> Bool? {
    guard let match = quantity.wholeMatch(of: #/([0-9]+(?:\.[0-9]+)?)\s*([A-Za-z]{0,3})/#),
      let number = Double(match.output.1)
    else { return quantity == "-1" ? false : nil }
    return number > 0
  }

  /// Capabilities, of which some are as good as being root on the host.
  mutating func noteCapabilities(_ names: [String], line: Int) {
    for name in names {
      let bare = name.uppercased().hasPrefix("CAP_") ? String(name.dropFirst(4)) : name
      note(
        .capabilities, bare.uppercased() == "ALL" ? .fail : .review,
        "the capability \(bare.uppercased()) is added", line: line)
    }
  }

  private static let sockets = [
    "docker.sock", "containerd.sock", "crio.sock", "podman.sock", "dockershim.sock",
  ]
  private static let roots: Set<String> = ["/", "/var", "/var/run", "/run", "/etc", "/root"]

  /// A folder or socket of the host that gives away the host.
  mutating func noteMount(_ source: String, line: Int) {
    if Self.sockets.contains(where: source.contains) {
      note(
        .containerSocket, .fail, "\(source) is mounted, which is as good as root on the host",
        line: line)
    } else if Self.roots.contains(
      source.count > 1 && source.hasSuffix("/")
        ? String(source.dropLast()) : source)
    {
      note(.containerSocket, .fail, "the host's \(source) is mounted", line: line)
    }
  }

  /// A published port behind which a database may be.
  mutating func notePort(_ port: PublishedPort, line: Int) {
    guard port.isDatabase, !port.isLoopback else { return }
    note(
      .databasePorts, port.isOnAllAddresses ? .fail : .review,
      port.isOnAllAddresses
        ? "\(port.spelled) publishes a database on all addresses of the host"
        : "\(port.spelled) publishes a database on \(port.address)", line: line)
  }
}
