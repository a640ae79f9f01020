public import Checklist
internal import Glibc

/// Whether what listens on the network runs without the rights of root.
public struct HostServicesAsRootProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "host.services-as-root", version: 1,
    claim: "No service that listens on the network runs as root alone.",
    standards: ["NIST AC-6"], scope: .host,
    method: """
      Takes the listening sockets from /proc/net and finds in /proc/PID/fd the processes that hold \
      them; up to 32768 processes. A socket held by processes of root only is listed for a person; \
      one that root shares with workers of another user is not. Needs root: other users cannot see \
      who holds a socket. It says nothing about what service accounts may do.
      """,
    facts: "each service that runs as root, by name and port",
    fix:
      "Give the service an account of its own (User= in its unit), or let only its parent be root.",
    reproduce: "sudo ss -tulpn; ps -eo user,comm",
    parameters: [
      .init(
        "allowed", .texts, "process names that may run as root; sshd and systemd unless given",
        stricter: .fewer)
    ],
    standsFor: ["ss -tulpn"])

  private let allowed: Set<String>

  /// A probe with those exceptions.
  public init(parameters: Parameters) {
    allowed = Set(parameters.texts("allowed") ?? ["sshd", "systemd"])
  }

  /// Reads the tables of sockets and processes.
  public func run(in context: ProbeContext) async -> Finding {
    await Machine.look(context, Self.manual) { look(at: $0, isRoot: geteuid() == 0) }
  }

  func look(at machine: Machine, isRoot: Bool) -> Finding {
    guard let sockets = machine.listeningSockets() else {
      return .unknown(
        "the tables of /proc/net cannot be read", hint: "look by hand: sudo ss -tulpn")
    }
    guard isRoot else {
      return .unknown("only root sees which process listens", hint: "run launchgate with sudo")
    }
    return judge(sockets, holders: machine.socketHolders())
  }

  /// Asks a person about sockets that only root holds; unknown where nobody is seen to hold one.
  func judge(_ sockets: [ListeningSocket], holders: [Int: [SocketHolder]]) -> Finding {
    guard !sockets.isEmpty else { return Finding(.pass, "nothing listens on this machine") }
    var found: Set<String> = []
    let details = sockets.map { socket -> Finding.Detail in
      let holding = holders[socket.inode] ?? []
      guard !holding.isEmpty else {
        return .init(.unknown, "\(socket.name): no process is seen to hold it")
      }
      let names = Set(holding.map(\.name)).sorted().joined(separator: ", ")
      if holding.contains(where: { $0.user != 0 }) {
        return .init(.pass, "\(socket.name): \(names), not as root alone")
      }
      if holding.allSatisfy({ allowed.contains($0.name) }) {
        return .init(.pass, "\(socket.name): \(names) may run as root")
      }
      found.insert("\(names) \(socket.transport.rawValue) \(socket.port)")
      return .init(.review, "\(socket.name): \(names) runs as root")
    }
    return .judged(
      details, pass: "no listening service runs as root alone",
      WayOut(
        fix: Self.manual.fix, review: Self.manual.fix,
        unknown: "kernel threads and other namespaces hold sockets, too: say by hand what it is"),
      facts: ["as-root": found.sorted().joined(separator: ", ")],
      coverage: ["listeners": sockets.count])
  }
}
