import Checklist
import Foundation
import Testing

@testable import Probes

/// What looks like an access token and is none: put together so that no scanner finds it here.
private let token = "sk_" + "live_" + "4eC39HqLyjWDarjtT1zdp7dcQ8aVb2Xw"

@Suite struct ContainerLayersProbeTests {
  private static func tar(_ files: [(String, String)]) -> TestTar {
    var tar = TestTar()
    for (path, text) in files { tar.add(path, text) }
    return tar
  }

  private static let clean = TestImage([
    tar([("etc/os-release", "ID=debian\n"), ("usr/bin/true", "\u{7F}ELF 12345678")]),
    tar([("app/main.js", "console.log(process.env.STRIPE_KEY)\n")]),
  ])

  private func find(
    _ bytes: [UInt8], _ values: [String: JSONValue] = ["image": .string("shop:1")], age: Int = 0,
    timeout: Duration = .seconds(30)
  ) async throws -> Finding {
    let folder = try TemporaryFolder()
    let path = folder.path + "/image.tar"
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    let now = Timestamp(seconds: Timestamp.real.seconds + age)
    let context = ProbeContext(
      hostName: "ci", now: now, timeout: timeout, reports: ["layers": [path]])
    return await ContainerLayersProbe(parameters: Parameters(values)).run(in: context)
  }

  @Test("a whole image without secrets passes, in each layout and packing")
  func passes() async throws {
    var packed = Self.clean
    var stored: [[UInt8]] = []
    for layer in packed.layers { stored.append(try await TestImage.gzip(layer)) }
    packed.stored = stored
    for archive in [Self.clean.docker, Self.clean.oci(), packed.oci(), packed.docker] {
      let finding = try await find(archive)
      #expect(finding.verdict == .pass, "\(finding.summary)")
      #expect(finding.coverage["layers"] == 2 && finding.coverage["files"] == 3)
    }
  }

  @Test("a secret in a file fails, wherever the layer lies and however it is packed")
  func secretInAFile() async throws {
    var image = TestImage([
      Self.tar([("srv/app.conf", "# first\nkey = \(token)\n")]),
      Self.tar([("srv/new", "12345678")]),
    ])
    var stored: [[UInt8]] = []
    for layer in image.layers { stored.append(try await TestImage.gzip(layer, level: 1)) }
    for archive in [image.docker, image.oci()] {
      let finding = try await find(archive)
      #expect(finding.verdict == .fail && finding.message.contains("srv/app.conf:2 (layer 1)"))
      #expect(!"\(finding)".contains(token))
      #expect(finding.faults?.facts.count == 1 && finding.faults?.rest == .pass)
    }
    image.stored = stored
    #expect(try await find(image.oci()).verdict == .fail)
  }

  @Test("what a later layer takes away is still in the image")
  func hidden() async throws {
    for taken in ["srv/.wh.key", "srv/.wh..wh..opq", ".wh.srv"] {
      let image = TestImage([
        Self.tar([("./srv/key", token)]), Self.tar([(taken, "")]),
      ])
      let finding = try await find(image.docker)
      #expect(finding.verdict == .fail && finding.message.contains("taken away"), "\(taken)")
    }
    let replaced = TestImage([Self.tar([("key", token)]), Self.tar([("key", "12345678")])])
    #expect(try await find(replaced.docker).message.contains("taken away"))
    let other = TestImage([Self.tar([("srv/key", token)]), Self.tar([("srv/.wh.ke", "")])])
    #expect(try await !find(other.docker).message.contains("taken away"))
  }

  @Test(
    "files that are secrets by their name",
    arguments: [
      ("app/.env", Finding.Verdict.fail), ("root/.ssh/id_rsa", .fail),
      ("root/.aws/credentials", .fail), ("app/server.key", .review), ("root/.npmrc", .review),
      ("app/.env.example", .pass), ("usr/lib/node_modules/a/.env", .review),
      ("usr/share/doc/a/server.key", .pass), ("app/tests/.env", .review),
      ("usr/src/app/.env", .fail), ("usr/local/app/.env", .fail),
    ])
  func names(_ path: String, _ verdict: Finding.Verdict) async throws {
    let finding = try await find(TestImage([Self.tar([(path, "harmless")])]).docker)
    #expect(finding.verdict == verdict, "\(finding.summary)")
    let empty = try await find(TestImage([Self.tar([(path, "")])]).docker)
    #expect(empty.verdict == .pass, "an empty file holds nothing")
  }

  @Test("guesses count in one's own files, certain ones everywhere but in tests")
  func certainty() async throws {
    let guess = "password = \"hD7-kq2Lw9-xZ4\"\n"
    for (path, text, verdict) in [
      ("app/settings.py", guess, Finding.Verdict.review),
      ("usr/lib/python3/settings.py", guess, .pass),
      ("usr/lib/python3/settings.py", token, .fail), ("app/dist/index.js", token, .fail),
      ("app/test/index.js", token, .review),
      ("usr/lib/python3/dist-packages/a/README", token, .review),
    ] {
      let finding = try await find(TestImage([Self.tar([(path, text)])]).docker)
      #expect(finding.verdict == verdict, "\(path) \(finding.summary)")
    }
  }

  @Test(
    "environment, labels and instructions",
    arguments: [
      ("ENV API_KEY=abc", Finding.Verdict.fail),
      ("RUN |1 NPM_TOKEN=abcdef /bin/sh -c npm ci", .fail),
      ("/bin/sh -c #(nop)  ENV DB_PASSWORD=abc", .fail), ("ARG GITHUB_TOKEN", .review),
      ("|2 A=1 DEPLOY_PASSWORD=hunter22 /bin/sh -c make", .fail),
      ("RUN /bin/sh -c curl -H 'Authorization: \(token)' # buildkit", .fail),
      ("COPY .env /app/ # buildkit", .fail), ("RUN |1 VERSION=12345678 /bin/sh -c make", .pass),
      ("CMD [\"/app\"]", .pass),
    ])
  func history(_ instruction: String, _ verdict: Finding.Verdict) async throws {
    var image = Self.clean
    image.history.append(instruction)
    let finding = try await find(image.docker)
    #expect(finding.verdict == verdict, "\(finding.summary)")
  }

  @Test("an instruction that is cut off, or a header whose sum is wrong, is not passed over")
  func cutOff() async throws {
    var image = Self.clean
    image.history.append("RUN make \u{2026}")
    #expect(try await find(image.docker).verdict == .unknown)
    #expect(throws: ArchiveFault.self) { _ = try TarHeader([UInt8](repeating: 0x30, count: 512)) }
  }

  @Test func theEnvironmentOfTheImage() async throws {
    for (variable, verdict) in [
      ("STRIPE_SECRET=abc", Finding.Verdict.fail), ("X=\(token)", .fail), ("TOKEN_TTL=60", .pass),
      ("PASSWORD_FILE=/run/secrets/p", .pass), ("SECRET=", .pass),
    ] {
      var image = Self.clean
      image.environment.append(variable)
      let finding = try await find(image.docker)
      #expect(finding.verdict == verdict, "\(variable) \(finding.summary)")
    }
  }

  @Test("what is not whole never passes")
  func incomplete() async throws {
    let docker = Self.clean.docker
    let layer = Self.clean.layers[1]
    var changed = Self.clean
    changed.stored = [changed.layers[0], Array("x".utf8) + layer.dropFirst()]
    var longer = Self.clean
    longer.stored = [longer.layers[0], layer + [UInt8](repeating: 0, count: 512)]
    var zstd = Self.clean
    zstd.stored = [[0x28, 0xB5, 0x2F, 0xFD, 0, 0], layer]
    let packed = try await TestImage.gzip(layer)
    var short = Self.clean
    short.stored = [short.layers[0], Array(packed.dropLast(20))]
    var damaged = Self.clean
    let broken = Array(packed.prefix(30)) + [0xFF, 0xFF, 0xFF] + packed.dropFirst(33)
    damaged.stored = [damaged.layers[0], broken]
    var whole = try await TestImage.gzip(docker)
    for (name, bytes) in [
      ("cut", Array(docker.prefix(3_000))), ("nothing", []), ("text", Array("hello".utf8)),
      ("other", TestTar().closed), ("changed", changed.docker), ("longer", longer.docker),
      ("zstd", zstd.oci()), ("short", short.oci()), ("damaged", damaged.docker), ("packed", whole),
    ] {
      let finding = try await find(bytes)
      #expect(finding.verdict == .unknown, "\(name) \(finding.summary)")
    }
    whole = Self.clean.oci(absent: true)
    let finding = try await find(whole)
    #expect(finding.verdict == .review && finding.message.contains("linux/arm64"))
  }

  @Test("a configuration or manifest that was changed is not believed")
  func changedDocuments() async throws {
    for archive in [Self.clean.docker, Self.clean.oci()] {
      let text = String(decoding: archive, as: UTF8.self)
      let changed = text.replacing("amd64", with: "arm64")
      #expect(changed != text)
      #expect(try await find(Array(changed.utf8)).verdict == .unknown)
    }
  }

  @Test("the image has to be the one that ships")
  func identity() async throws {
    let digest = TestImage.digest(Self.clean.manifest)
    let own = TestImage.digest(Self.clean.configuration)
    let oci = Self.clean.oci()
    for image in ["r.example/shop@sha256:\(digest)", "x@sha256:\(own)", "docker.io/library/shop:1"]
    {
      let finding = try await find(oci, ["image": .string(image)])
      #expect(finding.verdict == .pass, "\(image) \(finding.summary)")
    }
    for image in [
      "shop:2", "shop", "shop@sha256:" + String(repeating: "0", count: 64), "shop@sha256:",
    ] {
      #expect(try await find(oci, ["image": .string(image)]).verdict == .unknown, "\(image)")
    }
    #expect(try await find(oci, [:]).verdict == .review, "no image is named")
    #expect(try await find(oci, age: 100_000).verdict == .unknown, "a name moves, and it is old")
    let exact: [String: JSONValue] = ["image": .string("shop@sha256:\(digest)")]
    #expect(try await find(oci, exact, age: 100_000).verdict == .pass, "a digest does not move")
  }

  @Test("a history alone can fail, and never passes")
  func historyAlone() async throws {
    let lines = { (text: String) in
      Array("{\"CreatedBy\":\"RUN make\",\"ID\":\"a\"}\n{\"CreatedBy\":\"\(text)\"}\n".utf8)
    }
    #expect(try await find(lines("ENV API_KEY=abc")).verdict == .fail)
    #expect(try await find(lines("CMD [\\\"/app\\\"]")).verdict == .unknown)
    #expect(try await find(lines("RUN make \u{2026}")).verdict == .unknown)
    #expect(try await find(Array("[{\"createdBy\":\"ENV API_KEY=abc\"}]".utf8)).verdict == .fail)
    for text in ["{}", "[]", "[1]", "{\"CreatedBy\":\"x\"}\nsure", "{"] {
      #expect(try await find(Array(text.utf8)).verdict == .unknown, "\(text)")
    }
  }

  /// A report of a scanner that was just written.
  private func report(_ folder: TemporaryFolder, secret: Bool) throws -> JSONValue {
    let found = secret ? #","Secrets":[{"RuleID":"aws-key"}]"# : ""
    return .string(
      try folder.write(
        "scan.json",
        """
        {"SchemaVersion":2,"CreatedAt":"\(Timestamp.real.rfc3339)","ArtifactName":"shop:1",
        "ArtifactType":"container_image","Results":[{"Target":"/app/x.json","Class":"secret"\(found)}]}
        """))
  }

  @Test("without the image a report can fail and never passes; beside it, what was found stays")
  func reports() async throws {
    let folder = try TemporaryFolder()
    let archive = JSONValue.string("\(folder.path)/image.tar")
    try Data(Self.clean.docker).write(to: URL(fileURLWithPath: "\(folder.path)/image.tar"))
    for (secret, hasImage, verdict) in [
      (false, false, Finding.Verdict.review), (true, false, .fail), (false, true, .pass),
      (true, true, .fail),
    ] {
      var values: [String: JSONValue] = [
        "image": .string("shop:1"), "report": try report(folder, secret: secret),
      ]
      if hasImage { values["archive"] = archive }
      let finding = await ContainerLayersProbe(parameters: Parameters(values))
        .run(in: ProbeContext(hostName: "ci", now: .real))
      #expect(finding.verdict == verdict, "\(secret) \(hasImage): \(finding.summary)")
      #expect((finding.faults?.facts ?? []) == (secret ? ["aws-key in /app/x.json"] : []))
      #expect(finding.transcript.contains("scan.json, SHA-256"))
    }
  }

  @Test("a report that somebody handed over and that cannot be used never goes unnoticed")
  func brokenReports() async throws {
    let folder = try TemporaryFolder()
    try Data(Self.clean.docker).write(to: URL(fileURLWithPath: "\(folder.path)/image.tar"))
    let whole = try report(folder, secret: false).string ?? ""
    let text = try String(contentsOfFile: whole, encoding: .utf8)
    let broken = [
      ("\(folder.path)/none.json", "none.json"),
      (try folder.write("cut.json", String(text.dropLast(9))), "cut.json"),
      (
        try folder.write("other.json", text.replacing("shop:1", with: "blog:1")),
        "the scan is of blog:1"
      ),
      (
        try folder.write(
          "old.json", text.replacing(Timestamp.real.rfc3339.prefix(4), with: "2020")), "old"
      ),
    ]
    for hasImage in [false, true] {
      var values: [String: JSONValue] = ["image": .string("shop:1")]
      if hasImage { values["archive"] = .string("\(folder.path)/image.tar") }
      let without = await ContainerLayersProbe(parameters: Parameters(values))
        .run(in: ProbeContext(hostName: "ci", now: .real))
      #expect(without.verdict == (hasImage ? .pass : .unknown), "\(without.summary)")
      for (path, words) in broken {
        let given = await ContainerLayersProbe(
          parameters: Parameters(values.merging(["report": .string(path)]) { $1 })
        ).run(in: ProbeContext(hostName: "ci", now: .real))
        let from = await ContainerLayersProbe(parameters: Parameters(values)).run(
          in: ProbeContext(hostName: "ci", now: .real, reports: ["image": [path]]))
        for finding in [given, from] {
          #expect(finding.verdict == .unknown, "\(hasImage) \(path): \(finding.summary)")
          #expect(finding.everything.contains(words), "\(finding.everything)")
        }
      }
    }
  }

  @Test func unknownWithoutAFileOrTime() async throws {
    let context = ProbeContext(hostName: "ci", now: .real)
    for values: [String: JSONValue] in [
      [:], ["archive": .string("/nonexistent/image.tar")], ["archive": .string("/dev")],
    ] {
      let finding = await ContainerLayersProbe(parameters: Parameters(values)).run(in: context)
      #expect(finding.verdict == .unknown, "\(finding.summary)")
    }
    let late = try await find(Self.clean.docker, timeout: .zero)
    #expect(late.verdict == .unknown && "\(late)".contains("--timeout"))
  }
}
