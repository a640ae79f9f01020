import Glibc
import TestSupport
import Testing

/// A run that takes long, because the server that it looks at never answers.
@Suite struct RunningTests {
  @Test func aRunCanBeStoppedAndKeepsWhatHasEnded() throws {
    let server = try SilentServer()
    let gate = try GateWindow(Sandbox())
    let window = gate.window
    try start(gate, server)
    try window.press("R")
    try window.shows("Running probes", "4.1 ")
    try window.wait("some have ended") { $0.contains("PASS") || $0.contains("N/A") }
    try window.press("x")
    let screen = try window.shows(" recorded, the rest has not run")
    #expect(screen.contains("stopped: "))
    #expect(gate.count("run") >= 1)
    try gate.back()
    try gate.quit()

    let seen = try gate.sandbox.run(
      "/usr/bin/env",
      ["jq", "[.[1:][].record | select(.type == \"run\") | .findings[]] | length", gate.evidence])
    let count = Int(seen.answer.split(separator: "\n").first ?? "") ?? 0
    #expect(count > 0, "\(seen.output)")
    #expect(screen.contains("stopped: \(count) of "))
    let verified = try gate.sandbox.launchgate(["verify", gate.evidence])
    #expect(verified.code == 0, "\(verified.output)")
  }

  @Test func theWindowCanBeResizedWhileProbesRun() throws {
    let server = try SilentServer()
    let gate = try GateWindow(Sandbox())
    let window = gate.window
    try start(gate, server)
    try window.press("R")
    try window.shows("Running probes")
    for (columns, rows) in [(80, 24), (140, 40), (50, 10), (60, 18), (100, 30)] {
      try window.resize(columns: columns, rows: rows)
      if columns < 60 {
        try window.shows("Window too small: \(columns)x\(rows).")
      } else {
        let screen = try window.wait("a frame of \(columns) columns") { screen in
          screen.contains("shop 1.0") && screen.contains("Running probes")
            && screen.split(separator: "\n").contains { $0.hasPrefix("┌") && $0.count == columns }
        }
        #expect(screen.split(separator: "\n").allSatisfy { $0.count <= columns })
      }
    }
    try window.press("q")
    try window.shows("─ Controls ─")
    try window.press("q")
    try window.shows("Quit?", "Probes are running")
    try window.press("y")
    try window.shows("code=0.")
  }

  private func start(_ gate: GateWindow, _ server: SilentServer) throws {
    try GateWindow.git(gate.sandbox)
    let yaml = """
      launch: { subject: shop, release: "1.0", environment: production }
      targets:
        - url: https://silent.example
          resolve:
            "silent.example:443": "127.0.0.1:\(server.port)"
            "silent.example:80": "127.0.0.1:\(server.port)"
      authorised: [silent.example]
      """
    let result = try gate.sandbox.run(
      "/bin/sh", ["-c", "printf '%s\\n' \"$0\" > launchgate.yaml", yaml])
    #expect(result.code == 0)
    #expect(try gate.sandbox.launchgate(["trust", "--yes"]).code == 0)
    try gate.start()
    try gate.window.shows("shop 1.0", "─ Controls ─")
  }
}

/// A server to which one can connect, and that never says a word.
final class SilentServer {
  let port: UInt16
  private let descriptor: CInt

  init() throws {
    descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = withUnsafeMutablePointer(to: &address) { [descriptor] pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(descriptor, pointer, length) | listen(descriptor, 64)
          | getsockname(descriptor, pointer, &length)
      }
    }
    port = UInt16(bigEndian: address.sin_port)
    guard code == 0 else { throw Sandbox.Failure("no port is free: \(errno)") }
  }

  deinit { close(descriptor) }
}
