internal import Foundation

/// A note in a file of its own, which only this user can read and which goes with this value.
///
/// The file lies in a folder of its own, because editors put others beside it.
struct NoteFile: ~Copyable {
  let path: String
  private let folder: String

  /// - Throws: where the file cannot be made.
  init(_ text: String, named name: String, in parent: String) throws {
    Self.sweep(parent)
    folder = "\(parent)/\(Self.prefix)\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
    path = "\(folder)/\(Self.harmless(name)).txt"
    let content = Array((text.isEmpty || text.hasSuffix("\n") ? text : text + "\n").utf8)
    do {
      try FileManager.default.createDirectory(
        atPath: parent, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw Problem("\(parent) cannot be made", hint: "make room in it, or type the note here")
    }
    guard mkdir(folder, 0o700) == 0, Self.store(content, at: path) else {
      let reason = String(cString: strerror(errno))
      try? FileManager.default.removeItem(atPath: folder)
      throw Problem(
        "the note cannot be written to a file: \(reason)",
        hint: "make room in \(parent), or type the note here")
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// What stands in it now, without blank lines at its end.
  ///
  /// - Throws: where it is empty, no file any more, or larger than that many bytes.
  func text(limit: Int) throws -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw Problem("the editor has left no file", hint: "the note is as it was")
    }
    defer { close(descriptor) }
    // Only this user can put another one there meanwhile.
    let type = try FileManager.default.attributesOfItem(atPath: path)[.type]
    guard type as? FileAttributeType == .typeRegular else {
      throw Problem("what the editor has left is no file", hint: "the note is as it was")
    }
    let bytes = Self.bytes(of: descriptor, upTo: limit + 1)
    guard bytes.count <= limit else {
      throw Problem(
        "what the editor has left is longer than \(limit >> 10) KiB",
        hint: "the note is as it was; attach a long text as a file")
    }
    var text = String(decoding: bytes, as: UTF8.self)
    while let last = text.last, last.isWhitespace { text.removeLast() }
    guard !text.isEmpty else {
      throw Problem("the editor has left nothing", hint: "the note is as it was")
    }
    return text
  }

  private static let prefix = "note-"

  /// Removes what a killed program has left.
  private static func sweep(_ parent: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
    for name in names where name.hasPrefix(prefix) {
      let number = name.dropFirst(prefix.count).prefix { $0 != "-" }
      guard let process = pid_t(number), kill(process, 0) != 0, errno == ESRCH else { continue }
      try? FileManager.default.removeItem(atPath: "\(parent)/\(name)")
    }
  }

  /// The name as far as it consists of ASCII letters, digits, dots and hyphens.
  private static func harmless(_ name: String) -> String {
    let kept = name.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "-.".contains($0)) }
    return kept.first.map { $0.isLetter || $0.isNumber } ?? false
      ? "note-\(kept.prefix(40))" : "note"
  }

  private static func store(_ bytes: [UInt8], at path: String) -> Bool {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  private static func bytes(of descriptor: Int32, upTo limit: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: limit)
    var length = 0
    while length < limit {
      let count = bytes.withUnsafeMutableBytes {
        read(descriptor, $0.baseAddress.map { $0 + length }, limit - length)
      }
      if count < 0 && errno == EINTR { continue }
      if count <= 0 { break }
      length += count
    }
    return Array(bytes.prefix(length))
  }
}
