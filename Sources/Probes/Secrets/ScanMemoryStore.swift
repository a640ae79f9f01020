internal import Crypto
import Glibc
internal import SystemPackage

/// Where the memory of a repository is kept: in the user's cache folder, for this user alone.
///
/// Never inside the repository, whose owner could write there that all is well. Whatever is not
/// exactly as it was written, or not this user's own, counts as not there.
struct ScanMemoryStore: Sendable {
  private static let sizeLimit = 64 << 20

  private let folder: String
  private let file: String
  private let scanner: String

  /// The store of the repository with that shared folder; nil where there is no safe place.
  init?(environment: [String: String], repository: GitRepository, commonFolder: String) {
    guard let base = Self.base(environment), let scanner = Self.scanner,
      let place = Self.nearestExisting(base),
      !FileBytes.sameOrInside(place, repository.top), !FileBytes.sameOrInside(place, commonFolder)
    else { return nil }
    self.init(folder: base + "/launchgate/secrets", commonFolder: commonFolder, scanner: scanner)
  }

  init(folder: String, commonFolder: String, scanner: String) {
    self.folder = folder
    self.scanner = scanner
    file = folder + "/" + Self.hex(SHA256.hash(data: Array(commonFolder.utf8)))
  }

  /// What was kept, if it is as it was written, by the same scanner.
  func load() -> ScanMemory? {
    guard Self.isPrivate(folder, S_IFDIR) else { return nil }
    let descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, Self.isPrivate(status, S_IFREG),
      case .content(let bytes) = FileBytes.read(file, limit: Self.sizeLimit)
    else { return nil }
    return ScanMemory(bytes, scanner: scanner)
  }

  /// Keeps it; where that is not possible, the next scan looks at everything again.
  func save(_ memory: ScanMemory) {
    guard let bytes = memory.encoded(scanner: scanner), bytes.count <= Self.sizeLimit,
      Self.make(folder), Self.isPrivate(folder, S_IFDIR)
    else { return }
    let temporary = "\(file).\(getpid()).\(UInt32.random(in: 0...UInt32.max))"
    guard
      let descriptor = try? FileDescriptor.open(
        FilePath(temporary), .writeOnly,
        options: [.create, .exclusiveCreate, .closeOnExec, .noFollow],
        permissions: .ownerReadWrite)
    else { return }
    let isWritten = (try? descriptor.closeAfter { try descriptor.writeAll(bytes) }) != nil
    if !isWritten || rename(temporary, file) != 0 { unlink(temporary) }
  }

  /// The cache folder of the XDG base directory specification; relative ones do not count.
  private static func base(_ environment: [String: String]) -> String? {
    if let folder = environment["XDG_CACHE_HOME"], folder.hasPrefix("/") { return folder }
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    return home + "/.cache"
  }

  private static func nearestExisting(_ path: String) -> String? {
    var path = FilePath(path)
    var status = stat()
    while stat(path.string, &status) != 0 {
      guard path.removeLastComponent() else { return nil }
    }
    return path.string
  }

  private static func make(_ folder: String) -> Bool {
    var path = FilePath(folder)
    var missing: [String] = []
    var status = stat()
    while lstat(path.string, &status) != 0 {
      missing.append(path.string)
      guard path.removeLastComponent() else { return false }
    }
    return missing.reversed().allSatisfy { mkdir($0, 0o700) == 0 || errno == EEXIST }
  }

  private static func isPrivate(_ path: String, _ kind: mode_t) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && isPrivate(status, kind)
  }

  private static func isPrivate(_ status: stat, _ kind: mode_t) -> Bool {
    status.st_mode & S_IFMT == kind && status.st_uid == geteuid() && status.st_mode & 0o077 == 0
  }

  /// Which rules look: those of this very program file, since rules are code.
  static let scanner: String? = {
    var status = stat()
    guard stat("/proc/self/exe", &status) == 0 else { return nil }
    let parts =
      [
        Int(status.st_dev), Int(status.st_ino), Int(status.st_size), Int(status.st_mtim.tv_sec),
        Int(status.st_mtim.tv_nsec), Int(status.st_ctim.tv_sec), Int(status.st_ctim.tv_nsec),
        SecretSearch.sizeLimit,
      ].map(String.init) + SecretRules.all.map(\.id) + RunRules.all.map(\.id)
    return hex(SHA256.hash(data: Array(parts.joined(separator: "\n").utf8)))
  }()

  private static func hex(_ digest: SHA256.Digest) -> String {
    digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
}
