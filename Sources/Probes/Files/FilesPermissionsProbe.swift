public import Checklist

/// Whether secrets in files of a host are readable by their owner alone.
public struct FilesPermissionsProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "files.permissions", version: 1,
    claim: "Keys, env files and backups of the host are closed to other users.",
    standards: ["NIST AC-6", "lynis FILE-7524"], scope: .host,
    method: """
      Asks for the modes of the named files; of named folders, for those of keys, env files, dumps \
      and unit files in them, down 12 levels and up to 100,000 entries, without following links. \
      What anybody may read or change fails; what a group may, is left to a person. Unit files may \
      be read by anybody. Access lists beyond the mode, and modes of folders above, are not seen. \
      Only on a machine that is listed in the target's hosts.
      """,
    facts: "each file with its mode",
    fix: "chmod 600 FILE, or 640 with a group that holds the service alone; chmod 755 for units.",
    reproduce: "sudo find PATH -type f -perm /007 -ls",
    parameters: [
      .init(
        "paths", .texts, "absolute paths of files and folders on the host", stricter: .more,
        isRequired: true)
    ])

  private let paths: [String]

  /// A probe of those paths.
  public init(parameters: Parameters) {
    paths = parameters.texts("paths") ?? parameters.text("paths").map { [$0] } ?? []
  }

  /// Asks for modes, if this machine is one of the target's hosts.
  public func run(in context: ProbeContext) async -> Finding {
    Self.local(look(in: context), context)
  }

  private func look(in context: ProbeContext) -> Finding {
    guard !paths.isEmpty, paths.allSatisfy({ $0.hasPrefix("/") && !$0.contains("\0") }) else {
      return .unknown(
        "no absolute path was named", hint: "name paths on the host, such as /srv/app")
    }
    let hosts = context.target?.hosts ?? []
    guard hosts.contains(where: { $0.lowercased() == context.hostName.lowercased() }) else {
      return .unknown(
        "\(context.hostName) is not one of the target's hosts",
        hint: "list it under `hosts`, or run the probe on \(hosts.first ?? "the server")")
    }
    var walk = FilePermissionWalk(deadline: .now + context.timeout)
    for path in paths { walk.look(at: path) }
    return Self.judge(walk.found, entries: walk.entries)
  }

  /// Fails on what is open to anybody; else unknown on what was not seen; else review, or pass.
  static func judge(_ files: [FilePermission], entries: Int) -> Finding {
    Finding(
      of: files.map(\.detail),
      passed: files.count.counted("file is", "files are") + " closed to other users",
      fix: manual.fix, wayOut: "run it as root, or as the user who owns the files",
      facts: Dictionary(
        files.map { (GitPath($0.path).factName, $0.mode.map { String($0, radix: 8) } ?? "unknown") }
      ) { first, _ in first },
      coverage: ["paths": files.count, "entries": entries])
  }
}
