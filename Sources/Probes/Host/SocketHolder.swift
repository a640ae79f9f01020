/// A process that holds a socket.
struct SocketHolder: Hashable, Sendable {
  var name: String
  /// Its effective user.
  var user: Int
}

extension Machine {
  /// Who holds which socket, by inode.
  func socketHolders() -> [Int: [SocketHolder]] {
    var holders: [Int: [SocketHolder]] = [:]
    let ids = (list("/proc") ?? []).filter { $0.allSatisfy(\.isNumber) }.prefix(32_768)
    for id in ids {
      let inodes = (list("/proc/\(id)/fd") ?? []).compactMap { number -> Int? in
        guard let target = link("/proc/\(id)/fd/\(number)"), target.hasPrefix("socket:["),
          target.hasSuffix("]")
        else { return nil }
        return Int(target.dropFirst(8).dropLast())
      }
      guard !inodes.isEmpty, let holder = holder(id) else { continue }
      for inode in Set(inodes) { holders[inode, default: []].append(holder) }
    }
    return holders
  }

  private func holder(_ id: String) -> SocketHolder? {
    guard let status = text("/proc/\(id)/status") else { return nil }
    var name: String?
    var user: Int?
    for line in status.split(separator: "\n") {
      let fields = line.split(whereSeparator: { $0 == "\t" || $0 == " " })
      if fields.first == "Name:" { name = fields.dropFirst().joined(separator: " ") }
      // Real, effective, saved, file system.
      if fields.first == "Uid:", fields.count == 5 { user = Int(fields[2]) }
    }
    guard let name, let user else { return nil }
    return SocketHolder(name: name, user: user)
  }
}
