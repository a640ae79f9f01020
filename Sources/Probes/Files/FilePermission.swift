import Checklist
import Glibc

/// A file of the machine with its mode, or why nothing is known about it.
struct FilePermission: Equatable, Sendable {
  /// How private a file has to be.
  enum Kind: Equatable, Sendable {
    /// Nobody but its owner may read it.
    case secret
    /// Anybody may read it, and nobody but its owner may change it.
    case unit
  }

  var path: String
  /// The twelve bits of the mode; nil where it could not be asked for.
  var mode: Int?
  var kind: Kind
  var trouble: String?

  /// What the mode comes to.
  var detail: Finding.Detail {
    guard let mode else { return .init(.unknown, "\(path): \(trouble ?? "not looked at")") }
    let spelled = String(mode, radix: 8)
    if mode & 0o002 != 0 { return .init(.fail, "\(path): anybody may change it (mode \(spelled))") }
    switch kind {
    case .unit:
      return mode & 0o020 != 0
        ? .init(.review, "\(path): its group may change it (mode \(spelled))")
        : .init(.pass, "\(path): mode \(spelled)")
    case .secret:
      if mode & 0o004 != 0 { return .init(.fail, "\(path): anybody may read it (mode \(spelled))") }
      return mode & 0o060 != 0
        ? .init(.review, "\(path): its group may read or change it (mode \(spelled))")
        : .init(.pass, "\(path): mode \(spelled)")
    }
  }

  private static let unitEndings = [".service", ".timer", ".socket", ".mount", ".path"]
  private static let secretEndings = [
    ".key", ".pem", ".p12", ".pfx", ".jks", ".keystore", ".kdbx", ".sql", ".dump", ".sql.gz",
    ".bak", ".pgpass", ".htpasswd", ".netrc", ".ovpn",
  ]
  private static let secretNames: Set<String> = [
    "id_rsa", "id_dsa", "id_ecdsa", "id_ed25519", "credentials", "master.key", ".git-credentials",
  ]

  /// What a file of that name has to be, when it is found in a folder; nil for all others.
  static func kind(_ name: String) -> Kind? {
    if unitEndings.contains(where: name.hasSuffix) { return .unit }
    let isSecret =
      EnvFile.isOne(name) || secretNames.contains(name)
      || secretEndings.contains { name.lowercased().hasSuffix($0) }
    return isSecret ? .secret : nil
  }
}

/// Walks folders and asks for modes, without following links.
struct FilePermissionWalk: Sendable {
  static let entryLimit = 100_000
  static let depthLimit = 12

  private(set) var found: [FilePermission] = []
  private(set) var entries = 0
  private let deadline: ContinuousClock.Instant

  init(deadline: ContinuousClock.Instant) { self.deadline = deadline }

  /// Looks at a path that somebody named: a file is judged whatever its name is.
  mutating func look(at path: String) {
    var status = stat()
    // A named path may be a link; what it leads to is what is used.
    guard stat(path, &status) == 0 else {
      found.append(.init(path: path, mode: nil, kind: .secret, trouble: Self.reason()))
      return
    }
    if status.st_mode & S_IFMT == S_IFDIR {
      let before = found.count
      walk(path, depth: 1)
      if found.count == before {
        found.append(
          .init(
            path: path, mode: nil, kind: .secret,
            trouble: "the folder holds no key, env file, backup or unit"))
      }
    } else {
      let name = path.split(separator: "/").last.map(String.init) ?? path
      note(path, status, FilePermission.kind(name) ?? .secret)
    }
  }

  private mutating func note(_ path: String, _ status: stat, _ kind: FilePermission.Kind) {
    guard status.st_mode & S_IFMT == S_IFREG else {
      found.append(.init(path: path, mode: nil, kind: kind, trouble: "it is no regular file"))
      return
    }
    found.append(.init(path: path, mode: Int(status.st_mode & 0o7777), kind: kind))
  }

  private mutating func walk(_ folder: String, depth: Int) {
    guard let directory = opendir(folder) else {
      found.append(.init(path: folder, mode: nil, kind: .secret, trouble: Self.reason()))
      return
    }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name != ".", name != ".." else { continue }
      entries += 1
      guard entries <= Self.entryLimit, depth <= Self.depthLimit, deadline > .now else {
        found.append(
          .init(path: folder, mode: nil, kind: .secret, trouble: "there is more than is looked at"))
        return
      }
      let path = folder + "/" + name
      var status = stat()
      guard lstat(path, &status) == 0 else { continue }
      if status.st_mode & S_IFMT == S_IFDIR {
        walk(path, depth: depth + 1)
      } else if status.st_mode & S_IFMT == S_IFREG, let kind = FilePermission.kind(name) {
        note(path, status, kind)
      }
    }
  }

  private static func reason() -> String {
    switch errno {
    case ENOENT, ENOTDIR: "it is not there"
    case EACCES, EPERM: "it may not be looked at"
    default: "it cannot be looked at"
    }
  }
}
