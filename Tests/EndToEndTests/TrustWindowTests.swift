import TestSupport
import Testing

/// The page on which a person agrees to what a configuration makes the program do.
@Suite struct TrustWindowTests {
  /// A repository whose configuration came with it, and a server that counts who calls.
  private func repository(_ gate: GateWindow) throws -> Int {
    try GateWindow.git(gate.sandbox)
    let made = try gate.sandbox.run(
      "/bin/sh",
      [
        "-ec",
        """
        cat >server.py <<'END'
        import os, socket
        if os.fork(): os._exit(0)
        os.setsid()
        server = socket.create_server(("127.0.0.1", 0))
        server.settimeout(600)
        open("port", "w").write(str(server.getsockname()[1]))
        open("server", "w").write(str(os.getpid()))
        while True:
            server.accept()
            open("contacts", "a").write("x")
        END
        python3 server.py >/dev/null 2>&1
        until [ -s server ]; do sleep 0.05; done
        cat port
        """,
      ])
    guard made.code == 0, let port = Int(made.answer) else { throw Sandbox.Failure(made.output) }
    try configure(gate, port)
    return port
  }

  private func configure(_ gate: GateWindow, _ port: Int, more: String = "") throws {
    _ = try gate.sandbox.run(
      "/bin/sh",
      [
        "-ec",
        """
        cat >launchgate.yaml <<'END'
        launch: { subject: shop, release: "1.0", environment: production }
        targets:
          - url: https://shop.example
            resolve: { "shop.example:443": "127.0.0.1:\(port)" }
        authorised: [shop.example]
        \(more)
        END
        """,
      ])
  }

  private func contacts(_ gate: GateWindow) -> Int {
    gate.sandbox.text("\(gate.sandbox.work)/contacts").count
  }

  @Test func nothingIsContactedBeforeTheWordIsTyped() throws {
    let gate = try GateWindow(Sandbox(), columns: 100, rows: 40)
    let window = gate.window
    let port = try repository(gate)
    defer {
      _ = try? gate.sandbox.run("/bin/sh", ["-c", "kill $(cat server)"])
    }
    try gate.start()
    try window.shows("shop 1.0", "─ Controls ─")
    try window.press("R")
    try window.shows(
      "Not trusted yet: nothing was contacted or run", "contacts https://shop.example",
      "takes 127.0.0.1:\(port) as the address of shop.example:443", "sha256:")

    // Neither half a word, nor Enter, nor leaving agrees to it.
    try window.type("trus")
    try window.press("Enter", "C-s")
    try window.shows("Type trust, exactly")
    try window.press("Escape")
    try window.shows("nothing was contacted or run", "─ Controls ─")
    #expect(contacts(gate) == 0)

    // What changed while it was looked at is asked about again.
    try window.press("R")
    try window.shows("Not trusted yet")
    try configure(gate, port, more: "parameters: { audit: elsewhere }")
    try window.type("trust")
    try window.press("C-s")
    try window.shows("Not trusted yet", "gives probes audit = elsewhere")
    #expect(contacts(gate) == 0)
    #expect(gate.sandbox.text("\(gate.sandbox.folder)/state/launchgate/trusted").isEmpty)

    try window.type("trust")
    try window.press("C-s")
    try window.waitUntil("somebody is contacted") { contacts(gate) > 0 }
    try window.press("C-c")
    try window.shows("Quit?")
    try window.press("y")
    try window.shows("code=0.")
    #expect(
      gate.sandbox.text("\(gate.sandbox.folder)/state/launchgate/trusted").contains("sha256:"))
  }
}
