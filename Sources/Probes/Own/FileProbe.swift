public import Checklist
internal import Crypto

/// Whether a file that one's own checklist names is there, or absent, and as expected.
public struct FileProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "file", version: 1,
    claim: "The file that one's own checklist names is as expected.",
    standards: [], scope: .files,
    method: """
      For a checklist of one's own, and only from one that is trusted on this machine \
      (launchgate trust). Looks at one file: below the folder of the repository, where neither \
      it nor a folder on the way may lead out by a link; or, by an absolute path, on a machine \
      that is listed in the target's hosts. 1 MiB is read for patterns and JSON, 64 MiB for a \
      digest. A folder, link, pipe or device, what may not be read and what is larger are \
      unknown. Nothing of its content is kept but the value at `json`. \
      \(ContentExpectation.words)
      """,
    facts: "how each expectation stands: exists, mode, sha256, pattern, without, equals, "
      + "at-least, at-most",
    fix: "put the file there as it has to be, or take it away", reproduce: "ls -l PATH",
    parameters: [
      .init(
        "path", .text, "below the folder of the repository, or absolute on a host",
        isRequired: true),
      .init("exists", .flag, "whether it has to be there (true); with false nothing may be"),
      .init("mode", .value, "the most that may be allowed, in octal, such as \"0640\""),
      .init("sha256", .text, "what sha256sum has to say of it"),
    ] + ContentExpectation.parameters, standsFor: ["ls", "stat", "sha256sum", "grep"]
  )
  .refusing { values throws(ParameterFault) in _ = try Plan(values) }

  private let parameters: Parameters

  /// A probe with these parameters.
  public init(parameters: Parameters) { self.parameters = parameters }

  /// What is looked at, and what is expected of it.
  struct Plan: Sendable {
    var path: String
    var exists: Bool
    var mode: Int?
    var digest: String?
    var content: ContentExpectation
  }

  /// Looks once, and judges what is there.
  public func run(in context: ProbeContext) async -> Finding {
    let plan: Plan
    do { plan = try Plan(parameters.values) } catch {
      return Self.local(.unknown(error.words, hint: "see launchgate probes show file"), context)
    }
    var finding = Self.look(plan, context)
    finding.reproduce = plan.reproduce
    return Self.local(finding, context)
  }

  private static func look(_ plan: Plan, _ context: ProbeContext) -> Finding {
    if plan.path.hasPrefix("/"), let refusal = Machine.refusal(context) { return refusal }
    let file = OwnFile(
      path: plan.path, top: context.repository,
      limit: plan.digest == nil ? OwnFile.textLimit : OwnFile.digestLimit)
    return judge(file.look(reads: plan.reads), plan, deadline: .now + context.timeout)
  }

  /// Fails on a contradiction that was well observed; unknown where it could not be looked at.
  static func judge(
    _ sight: OwnFile.Sight, _ plan: Plan, deadline: ContinuousClock.Instant
  ) -> Finding {
    let parts = parts(sight, plan, deadline)
    var finding = Finding(
      of: parts.map { .init($0.verdict, "\(plan.path): \($0.text)") },
      passed: plan.exists
        ? "\(plan.path) is as expected" : "\(plan.path) is not there, as expected",
      fix: manual.fix, wayOut: "look at it by hand: \(plan.reproduce)",
      facts: OwnPart.facts(parts), coverage: ["paths": 1])
    finding.transcript = OwnText.harmless(finding.transcript)
    return finding
  }

  private static func parts(
    _ sight: OwnFile.Sight, _ plan: Plan, _ deadline: ContinuousClock.Instant
  ) -> [OwnPart] {
    switch sight {
    case .trouble(let reason): return [OwnPart("exists", .unknown, reason)]
    case .absent:
      return [OwnPart("exists", plan.exists ? .fail : .pass, "there is nothing of that name")]
    case .other(let kind):
      // Whatever it is, it is there.
      return [
        plan.exists
          ? OwnPart("exists", .unknown, "it is \(kind)")
          : OwnPart("exists", .fail, "there is \(kind) of that name")
      ]
    case .file(let mode, let content):
      guard plan.exists else { return [OwnPart("exists", .fail, "it is there")] }
      return [OwnPart("exists", .pass, "it is there")]
        + (plan.mode.map { [self.mode(mode, $0)] } ?? [])
        + parts(content, plan, deadline)
    }
  }

  private static func mode(_ mode: Int, _ most: Int) -> OwnPart {
    let (spelled, limit) = (String(mode, radix: 8), String(most, radix: 8))
    return mode & ~most == 0
      ? OwnPart("mode", .pass, "mode \(spelled)")
      : OwnPart("mode", .fail, "mode \(spelled) allows more than \(limit)")
  }

  private static func parts(
    _ content: FileBytes?, _ plan: Plan, _ deadline: ContinuousClock.Instant
  ) -> [OwnPart] {
    guard let content else { return [] }
    let bytes: [UInt8]
    switch content {
    case .content(let read): bytes = read
    case .absent: return [OwnPart("content", .unknown, "it went away while it was looked at")]
    case .notRegular: return [OwnPart("content", .unknown, "it is no regular file")]
    case .tooLarge(let size):
      return [OwnPart("content", .unknown, "\(size) bytes are more than is read")]
    case .unreadable: return [OwnPart("content", .unknown, "it may not be read")]
    }
    var parts: [OwnPart] = []
    if let wanted = plan.digest {
      let digest = SHA256.hash(data: bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
        .joined()
      parts.append(
        digest == wanted
          ? OwnPart("sha256", .pass, "SHA-256 is the expected one")
          : OwnPart("sha256", .fail, "SHA-256 is \(digest)"))
    }
    guard !plan.content.isEmpty else { return parts }
    guard bytes.count <= OwnFile.textLimit else {
      return parts + [OwnPart("content", .unknown, "\(bytes.count) bytes are more than is judged")]
    }
    return parts + plan.content.judge(bytes, what: "the file", deadline: deadline)
  }
}

extension FileProbe.Plan {
  /// Whether its content is needed.
  var reads: Bool { digest != nil || !content.isEmpty }

  /// A command by which a person sees the same.
  var reproduce: String {
    let name = ShellWord.quoted(path.hasPrefix("-") ? "./\(path)" : path)
    return digest == nil ? "ls -ld \(name)" : "sha256sum \(name)"
  }

  /// Reads what is to be looked at.
  ///
  /// - Throws: what is wrong with a parameter.
  init(_ values: [String: JSONValue]) throws(ParameterFault) {
    if let fault = FileProbe.manual.misfit(values) { throw fault }
    path = values["path"]?.string ?? ""
    guard !path.isEmpty, !path.contains("\0"), path.utf8.count <= 4_096 else {
      throw ParameterFault(parameter: "path", reason: "has to be the path of a file")
    }
    guard !path.split(separator: "/").contains("..") else {
      throw ParameterFault(
        parameter: "path", reason: "leads out by ..",
        suggestion: "a path below the folder of the repository, or an absolute one")
    }
    exists = values["exists"]?.bool ?? true
    mode = try Self.mode(values["mode"])
    if let text = values["sha256"]?.string?.lowercased() {
      guard text.wholeMatch(of: #/[0-9a-f]{64}/#) != nil else {
        throw ParameterFault(parameter: "sha256", reason: "has to be 64 hexadecimal digits")
      }
      digest = text
    }
    content = try ContentExpectation(values)
    if !exists, mode != nil || digest != nil || !content.isEmpty {
      throw ParameterFault(
        parameter: "exists", reason: "is false, so that nothing else can be expected of it")
    }
  }

  private static func mode(_ value: JSONValue?) throws(ParameterFault) -> Int? {
    guard let value else { return nil }
    let text = value.string ?? value.integer.map(String.init) ?? ""
    guard (3...4).contains(text.utf8.count), let mode = Int(text, radix: 8), mode >= 0 else {
      throw ParameterFault(
        parameter: "mode", reason: "has to be three or four octal digits",
        suggestion: "mode: \"0640\"")
    }
    return mode
  }
}
