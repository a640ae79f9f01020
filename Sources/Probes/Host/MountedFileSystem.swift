/// A line of `/proc/self/mountinfo` (proc_pid_mountinfo(5)).
struct MountedFileSystem: Equatable, Sendable {
  /// `253:0`; its first number is 0 where no single block device is behind it.
  var device: String
  var place: String
  var type: String
  var source: String

  static func read(_ table: String) -> [MountedFileSystem] {
    table.split(separator: "\n").compactMap { line in
      let fields = line.split(separator: " ")
      guard let dash = fields.firstIndex(of: "-"), dash >= 6, fields.count >= dash + 3 else {
        return nil
      }
      return MountedFileSystem(
        device: String(fields[2]), place: unescaped(fields[4]), type: String(fields[dash + 1]),
        source: unescaped(fields[dash + 2]))
    }
  }

  /// The mount on which a path lies: the longest place, and the last of several at one place.
  static func holding(_ path: String, _ mounts: [MountedFileSystem]) -> MountedFileSystem? {
    var found: MountedFileSystem?
    for mount in mounts
    where mount.place == "/" || path == mount.place || path.hasPrefix("\(mount.place)/") {
      if mount.place.utf8.count >= (found?.place.utf8.count ?? 0) { found = mount }
    }
    return found
  }

  /// Blank, tab, newline and backslash are written in octal.
  private static func unescaped(_ text: Substring) -> String {
    String(text).replacing("\\040", with: " ").replacing("\\011", with: "\t")
      .replacing("\\012", with: "\n").replacing("\\134", with: "\\")
  }
}

extension Machine {
  /// The folder of a block device below `/sys`, or nil where none is behind a mount.
  func device(of mount: MountedFileSystem) -> String? {
    if !mount.device.hasPrefix("0:") {
      let folder = "/sys/dev/block/\(mount.device)"
      return exists(folder) ? folder : nil
    }
    guard mount.source.hasPrefix("/dev/") else { return nil }
    var name = String(mount.source.dropFirst("/dev/".count))
    // /dev/mapper/data is a link to ../dm-0.
    if let target = link(mount.source) {
      name = String(target.split(separator: "/").last ?? "")
    }
    let folder = "/sys/class/block/\(name)"
    return !name.isEmpty && exists(folder) ? folder : nil
  }

  /// Whether every way from a device down to the disks is encrypted; nil where it is not seen.
  func isEncrypted(_ folder: String, depth: Int) -> Bool? {
    guard depth <= 16 else { return nil }
    if text("\(folder)/dm/uuid")?.hasPrefix("CRYPT-") == true { return true }
    // A partition lies on its disk, which is not listed as what it is made of.
    guard exists("\(folder)/slaves") else { return exists("\(folder)/partition") ? false : nil }
    guard let below = list("\(folder)/slaves") else { return nil }
    if below.isEmpty { return false }
    var all = true
    for name in below {
      guard let one = isEncrypted("\(folder)/slaves/\(name)", depth: depth + 1) else { return nil }
      all = all && one
    }
    return all
  }
}
