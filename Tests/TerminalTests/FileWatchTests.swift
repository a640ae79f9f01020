import Foundation
import Glibc
import Terminal
import Testing

@Suite struct FileWatchTests {
  /// Waits for the watch to report, generously; false where it does not.
  private func hasReported(_ mailbox: Mailbox<Int>, within milliseconds: CInt = 20_000) -> Bool {
    var entry = pollfd(fd: mailbox.descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&entry, 1, milliseconds) == 1 else { return false }
    _ = mailbox.drain()
    return true
  }

  @Test func whateverHappensToTheFileIsReported() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("watch-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("evidence.json")
    let mailbox = try Mailbox<Int>()
    let isWatched = FileWatch.start(path: file.path) { mailbox.send(1) }
    #expect(isWatched)

    try Data("one".utf8).write(to: file)
    #expect(hasReported(mailbox))
    try Data("two".utf8).write(to: folder.appendingPathComponent("evidence.json.new"))
    rename(file.path + ".new", file.path)
    #expect(hasReported(mailbox))
    unlink(file.path)
    #expect(hasReported(mailbox))
    // Beside it anything may happen.
    try Data("other".utf8).write(to: folder.appendingPathComponent("other.json"))
    try Data("three".utf8).write(to: file)
    #expect(hasReported(mailbox))
    #expect(mailbox.drain().isEmpty)
  }

  @Test func aFolderThatIsNotThereIsNotWatched() {
    #expect(!FileWatch.start(path: "/nonexistent/folder/file") {})
  }
}
