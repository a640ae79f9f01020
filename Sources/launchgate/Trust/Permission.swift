internal import BundledChecklists
internal import Checklist
internal import Evidence
internal import Foundation

/// The user's leave to contact and run what a configuration and its checklist lead to.
///
/// Whatever contacts or runs anything takes one of these instead of a workspace, so that there is
/// no way around the question.
struct Permission: Sendable {
  /// What may be done.
  let workspace: Workspace
  /// Uses of probes by the checklist that is configured, whose exact bytes are trusted.
  private let uses: Set<ProbeReference>

  /// Why nothing may be contacted or run.
  struct Missing: Error {
    var request: TrustRequest
    /// Files that are not trusted as they are now.
    var files: [TrustedFile]

    var problem: Problem {
      let names = files.map { URL(fileURLWithPath: $0.path).lastPathComponent }
      let digests = files.map(\.digest.description).joined(separator: " ")
      var problem = Problem(
        "\(names.joined(separator: " and ")) \(files.count == 1 ? "is" : "are") not trusted: "
          + "nothing was contacted or run",
        hint: "look at what would be done, and agree: launchgate trust", code: Status.couldNotLook)
      problem.hints.append("in a pipeline that knows the files: LAUNCHGATE_TRUST=\"\(digests)\"")
      return problem
    }
  }

  /// Asks what was trusted before, by the user or for this call.
  ///
  /// - Parameters:
  ///   - digests: what is trusted for this call, beside what `LAUNCHGATE_TRUST` lists.
  /// - Throws: `Missing` where a file has effects and was not trusted as it is now.
  init(
    _ workspace: Workspace, digests: [String] = [],
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws {
    let request = TrustRequest(workspace)
    let missing = Self.missing(request, digests, environment)
    guard request.effects.isEmpty || missing.isEmpty else {
      throw Missing(request: request, files: missing)
    }
    self.workspace = workspace
    uses = workspace.checklist.uses
  }

  /// The example's configuration was written by the program itself, a moment ago; it has no probe
  /// of one's own.
  init(example workspace: Workspace) {
    self.workspace = workspace
    uses = workspace.checklist.uses.filter { !$0.isOwn }
  }

  /// Whether a use of a probe may run, with exactly these parameters: the evidence, whose checklist
  /// is judged, may be somebody else's.
  func allows(_ use: ProbeReference) -> Bool {
    uses.contains(use) || Self.bundledUses.contains(use)
  }

  /// What the program brings with it, read once and only where something else is asked for.
  private static let bundledUses = BundledChecklists.names.reduce(into: Set<ProbeReference>()) {
    uses, name in
    let yaml = BundledChecklists.yaml(name)
    // A bundled checklist that cannot be read allows nothing; the tests read all of them.
    let checklist = yaml.flatMap { try? Checklist.read(yaml: $0, file: name) }
    uses.formUnion(checklist?.uses ?? [])
  }

  /// The files that nobody has trusted as they are now.
  static func missing(
    _ request: TrustRequest, _ digests: [String] = [],
    _ environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> [TrustedFile] {
    let listed = (environment["LAUNCHGATE_TRUST"] ?? "").split { " ,\n\t".contains($0) }
    let known = Set((digests + listed.map(String.init)).compactMap(Digest.init))
    let store = TrustStore(environment: environment)
    return request.files.filter { !known.contains($0.digest) && !store.isTrusted($0) }
  }
}

extension Checklist {
  /// All uses of probes by its points.
  fileprivate var uses: Set<ProbeReference> { Set(points.flatMap(\.probes)) }
}
