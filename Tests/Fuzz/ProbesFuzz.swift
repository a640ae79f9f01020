internal import Checklist
internal import Foundation

/// The number of one way to read, where the environment asks for that alone.
private let chosen = ProcessInfo.processInfo.environment["FUZZ_WAY"].flatMap(Int.init)

/// What libFuzzer calls: the first byte chooses who reads the rest, the second one among variants.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzProbes(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
  guard count > 2 else { return 0 }
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  let variant = Int(input[1])
  let rest = Array(input.dropFirst(2))
  let way = chosen ?? Int(input[0]) % (9 + toolWays)
  switch way {
  case 0: readHello(variant, rest)
  case 1: readCertificates(rest)
  case 2: readDockerfile(rest)
  case 3: readServerConfiguration(String(decoding: rest, as: UTF8.self))
  case 4: readManifest(variant, rest)
  case 5: readPages(rest)
  case 6: readSecurityTxt(rest)
  case 7: readURL(String(decoding: rest, as: UTF8.self))
  case 8: readObjects(variant, rest)
  default: readTools(way - 9, variant, rest)
  }
  return 0
}

private let now = Timestamp(seconds: 1_800_000_000)
private let scanner = SecretScanner()

/// A finding has a reason whatever was read.
func check(_ finding: Finding) {
  precondition(!finding.message.isEmpty, "a finding without a word")
}

/// The answer must not depend on how the network cuts it into pieces.
private func readHello(_ variant: Int, _ bytes: [UInt8]) {
  let versions: [ProtocolVersion] = [.ssl3, .tls10, .tls11, .tls12, .tls13]
  var hello = ClientHello(versions[variant % versions.count], serverName: "shop.example")
  hello.sessionID = Array(repeating: 1, count: 32)
  var whole = HelloAnswerReader(offered: hello)
  var pieces = HelloAnswerReader(offered: hello)
  let atOnce = whole.read(bytes) ?? whole.end()
  var slowly: HelloAnswer?
  for byte in bytes where slowly == nil { slowly = pieces.read(CollectionOfOne(byte)) }
  precondition(atOnce == slowly ?? pieces.end(), "the answer depends on the pieces")
}

private func readCertificates(_ bytes: [UInt8]) {
  let chain = Result<[PresentedCertificate], NetworkFailure>.success(
    bytes.split(separator: 0xFE, maxSplits: 2).compactMap {
      try? PresentedCertificate(der: Array($0))
    })
  for failure in [nil, NetworkFailure.untrusted("no root")] {
    check(
      TLSCertificateProbe.judge(
        .init(chain: chain, failure: failure), host: "shop.example", Parameters(), now: now))
  }
}

private func readDockerfile(_ bytes: [UInt8]) {
  check(
    ContainerDockerfileProbe.judge(
      [DockerfileObservation(GitPath("Dockerfile"), bytes)], DockerfileCheck.allCases))
}

private func readServerConfiguration(_ text: String) {
  var configuration = SSHServerConfiguration(values: SSHServerConfiguration.dump(text))
  for line in text.split(whereSeparator: \.isNewline) {
    guard let words = SSHServerConfigurationReader.words(line), let first = words.first else {
      configuration.gaps.append("a quote has no end")
      continue
    }
    configuration.conditionals.append(
      .init(
        condition: "all", keyword: SSHServerConfiguration.canonical(first),
        value: words.dropFirst().joined(separator: " "), place: "sshd_config:1"))
  }
  check(
    SSHServerConfigurationProbe.judge(
      configuration, accepted: ["no"], checks: SSHServerConfigurationProbe.allChecks))
}

/// A manifest, a byte that is 0, and its lock file.
private func readManifest(_ variant: Int, _ bytes: [UInt8]) {
  let ecosystem = Ecosystem.all[variant % Ecosystem.all.count]
  let parts = bytes.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
  let manifest = Array(parts[0])
  var observation = ManifestObservation(
    path: GitPath("app/\(ecosystem.manifest)"), ecosystem: ecosystem.name,
    reading: ecosystem.read(manifest), lock: nil)
  for name in ecosystem.locks where parts.count > 1 {
    for member in ["", "app"] {
      observation.lock = .init(
        path: GitPath(name), keeping: .tracked,
        fault: LockFault.find(name, Array(parts[1]), manifest: manifest, member: member))
      check(DependenciesLockedProbe.judge([observation]))
    }
  }
}

/// The head of a response, line by line, on every page at once.
private func readPages(_ bytes: [UInt8]) {
  let url = TargetURL(scheme: .https, host: "shop.example")
  let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
  let fields = lines.dropFirst().compactMap { line -> HTTPResponse.Field? in
    guard let colon = line.firstIndex(of: ":") else { return nil }
    return .init(
      name: String(line[..<colon]), value: line[line.index(after: colon)...].trimmingSpaces)
  }
  let status = lines.first.flatMap { Int($0.prefix(3)) } ?? 200
  let response = HTTPResponse(url: url, status: status, fields: fields)
  let trail = RedirectTrail(responses: [response], end: .answered)
  let pages = [PageObservation(label: "/", trail: trail)]
  check(HeadersSecurityProbe.judge(pages, Parameters(), asked: 1))
  check(CookiesFlagsProbe.judge(pages, Parameters(), hasLogin: true))
  check(HTTPRedirectsToHTTPSProbe.judge(.init(trail: trail, tlsAnswers: true)))
}

private func readSecurityTxt(_ bytes: [UInt8]) {
  let url = TargetURL(scheme: .https, host: "shop.example", path: "/.well-known/security.txt")
  let type = HTTPResponse.Field(name: "Content-Type", value: "text/plain; charset=utf-8")
  let response = HTTPResponse(url: url, status: 200, fields: [type], body: bytes)
  check(
    DisclosureSecurityTxtProbe.judge(
      .init(trail: RedirectTrail(responses: [response], end: .answered), hasLegacy: false),
      now: now))
}

/// What is read as a URL reads back as the same, and leads nowhere but to http and https.
private func readURL(_ text: String) {
  _ = Redaction.url(text)
  let base = TargetURL(scheme: .https, host: "shop.example", path: "/a/b?c")
  _ = base.resolving(text)
  guard let url = TargetURL(text) else { return }
  precondition(TargetURL(url.description) == url, "a URL does not read back")
}

/// Secrets in an object of git, which comes in pieces.
private func readObjects(_ variant: Int, _ bytes: [UInt8]) {
  _ = bytes.withUnsafeBytes(scanner.scan)
  var stream = ObjectStream()
  let size = max(1, variant)
  var rest = bytes[...]
  while !rest.isEmpty {
    let isReadable = rest.prefix(size).withUnsafeBytes { piece in
      (try? stream.take(piece) { header, object in
        precondition(object.count == header.size, "an object of another size")
      }) != nil
    }
    guard isReadable else { return }
    rest = rest.dropFirst(size)
  }
}
