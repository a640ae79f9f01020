internal import Foundation
internal import Synchronization

/// The evidence file on disk: read strictly, written so that nothing acknowledged is ever lost.
public struct EvidenceFile: Sendable {
  /// Why the file could not be read or written; the old file is whole in every case.
  public struct Failure: Error, Equatable, Sendable {
    /// In lower case and without a full stop.
    public var reason: String
    /// What a person can do.
    public var hint: String
    /// Whether the new content is in place although its durability is not certain.
    public var isWritten = false
  }

  /// As it was given; symbolic links are followed and kept.
  public let path: String

  /// How long a writer waits for another one, in seconds.
  private let patience: Int

  /// The file at that path, which need not exist yet.
  public init(path: String) { self.init(path: path, patience: 10) }

  init(path: String, patience: Int) {
    self.path = path
    self.patience = patience
  }

  /// Whether there is a file.
  public var exists: Bool { FileManager.default.fileExists(atPath: path) }

  /// The evidence in the file, signatures checked; nil where there is no file.
  ///
  /// - Parameter known: where many files are read, the checklists that stood in others.
  /// - Throws: `EvidenceDamage`, `Failure`, or `SSHKeygen.Failure`.
  public func read(knowing known: KnownChecklists? = nil) throws -> Evidence? {
    guard let bytes = try contents() else { return nil }
    let digest = Digest(of: bytes)
    if let last = Self.last.withLock({ $0 }), last.digest == digest { return last.evidence }
    let evidence = try EvidenceReader.read(bytes, knowing: known)
    try SignatureCheck.check(evidence)
    Self.last.withLock { $0 = LastReading(digest: digest, evidence: evidence) }
    return evidence
  }

  /// What was read last.
  ///
  /// One command asks several times for what it writes to, the last time under the lock; the same
  /// bytes say the same, and checking them again would take as long again.
  private struct LastReading: Sendable {
    var digest: Digest
    var evidence: Evidence
  }

  private static let last = Mutex<LastReading?>(nil)

  /// Adds entries: lock, read again, check, unite, write, and only then return.
  ///
  /// The parents of each entry are what its writer saw; what others wrote meanwhile is kept.
  /// - Returns: the evidence as it is on disk now.
  /// - Throws: as `read`; nothing was changed then, unless the failure says that it is written.
  @discardableResult
  public func add(_ entries: [Entry]) throws -> Evidence {
    // What cannot be read again is never written.
    try SignatureCheck.check(entries)
    let target = realPath
    let lock = try FileLock(of: target, seconds: patience)
    defer { lock.release() }
    DurableWrite.sweep(besides: target)
    let current = try EvidenceFile(path: target).read() ?? Evidence()
    let united = try Evidence(current.entries + entries)
    let bytes = united.rendered
    guard bytes.count <= Limits.fileBytes else {
      throw Failure(
        reason: "the file would be larger than \(Limits.fileBytes) bytes",
        hint: "nothing was changed; begin a new launch")
    }
    try DurableWrite.replace(target, with: bytes)
    return united
  }

  /// The raw bytes, at most `Limits.fileBytes` and one more; nil where there is no file.
  func contents() throws(Failure) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw Failure(
        reason: "\(path) cannot be read: \(String(cString: strerror(errno)))",
        hint: "check its permissions")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw Failure(reason: "\(path) is not a file", hint: "give the path of an evidence file")
    }
    var bytes = [UInt8](repeating: 0, count: min(Int(status.st_size), Limits.fileBytes) + 1)
    var length = 0
    while length < bytes.count {
      let count = bytes.withUnsafeMutableBytes {
        Foundation.read(descriptor, $0.baseAddress.map { $0 + length }, $0.count - length)
      }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else {
        throw Failure(
          reason: "\(path) cannot be read: \(String(cString: strerror(errno)))",
          hint: "check the disk")
      }
      if count == 0 { break }
      length += count
    }
    bytes.removeLast(bytes.count - length)
    return bytes
  }

  /// The path behind symbolic links, so that a link stays a link even where it leads to no file.
  private var realPath: String {
    var target = path
    // As many links as Linux follows.
    for _ in 0..<40 {
      guard let link = try? FileManager.default.destinationOfSymbolicLink(atPath: target) else {
        break
      }
      let folder = URL(fileURLWithPath: target).deletingLastPathComponent()
      target = URL(fileURLWithPath: link, relativeTo: folder).path
    }
    guard let resolved = realpath(target, nil) else { return target }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}

extension EvidenceFile {
  /// Puts evidence into the place of a file that is not intact, under the lock.
  ///
  /// The file as it was is kept beside it with the ending `.broken`, or `.broken-2` and so on
  /// where that name is taken. An intact file is left alone.
  /// - Parameter unite: makes evidence of the file's bytes.
  /// - Returns: the evidence, and where the file as it was is kept; nil where it was left alone.
  /// - Throws: what `unite` throws, or a `Failure`.
  public func repair(
    _ unite: ([UInt8]) throws -> Evidence
  ) throws -> (evidence: Evidence, kept: String?) {
    let target = realPath
    let lock = try FileLock(of: target, seconds: patience)
    defer { lock.release() }
    guard let bytes = try contents() else {
      throw Failure(reason: "\(path) cannot be read: there is no such file", hint: "check the path")
    }
    let evidence = try unite(bytes)
    let rendered = evidence.rendered
    guard bytes != rendered else { return (evidence, nil) }
    var kept = "\(target).broken"
    var number = 1
    while access(kept, F_OK) == 0 {
      number += 1
      kept = "\(target).broken-\(number)"
    }
    try DurableWrite.replace(kept, with: bytes)
    try DurableWrite.replace(target, with: rendered)
    return (evidence, kept)
  }

  /// Replaces a file beside the evidence by those bytes, durably; a new one may be read by
  /// everybody whom the umask lets.
  ///
  /// - Parameter isPrivate: whether a new file is for its owner alone.
  /// - Throws: where it cannot be written; the old file is whole then.
  public func replace(with bytes: [UInt8], isPrivate: Bool = false) throws(Failure) {
    try DurableWrite.replace(realPath, with: bytes, mode: isPrivate ? 0o600 : 0o666)
  }

  /// Keeps those bytes in a file that only its owner may read, durably, and makes the folders
  /// that are missing; what a killed writer left is removed.
  ///
  /// - Throws: where it cannot be written; the old file is whole then.
  public func keepPrivately(_ bytes: [UInt8]) throws(Failure) { try keepPrivately { _ in bytes } }

  /// The same for what others may have changed: it is read under the lock.
  ///
  /// - Parameter change: makes the new content of the present one, which is nil where there is no
  ///   file or it cannot be read; for nil the file is removed.
  public func keepPrivately(_ change: ([UInt8]?) -> [UInt8]?) throws(Failure) {
    try DurableWrite.makeFolder(URL(fileURLWithPath: path).deletingLastPathComponent().path)
    let lock = try FileLock(of: path, seconds: 1)
    defer { lock.release() }
    DurableWrite.sweep(besides: path)
    // Bytes that cannot be read hold nothing that could be kept.
    if let bytes = change((try? contents()) ?? nil) {
      try DurableWrite.replace(path, with: bytes)
    } else {
      unlink(path)
    }
  }
}
