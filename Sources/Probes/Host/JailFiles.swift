import Checklist

/// The configuration of fail2ban's jails, merged in its own order.
struct JailFiles: Equatable, Sendable {
  /// Settings by section and name.
  private(set) var sections: [String: [String: String]] = [:]
  private(set) var gaps: [String] = []

  init(_ machine: Machine) {
    let folder = "/etc/fail2ban"
    let extra = (machine.list("\(folder)/jail.d") ?? []).map { "jail.d/\($0)" }
    let order =
      ["jail.conf"] + extra.filter { $0.hasSuffix(".conf") } + ["jail.local"]
      + extra.filter { $0.hasSuffix(".local") }
    for name in order where machine.exists("\(folder)/\(name)") {
      guard let text = machine.text("\(folder)/\(name)") else {
        gaps.append("\(folder)/\(name) cannot be read")
        continue
      }
      read(text)
    }
  }

  private mutating func read(_ text: String) {
    var section = ""
    for line in text.split(whereSeparator: \.isNewline) {
      // A line that begins with a space continues a value that matters to nobody here.
      guard let first = line.first, !first.isWhitespace, first != "#", first != ";" else {
        continue
      }
      if first == "[", let end = line.firstIndex(of: "]") {
        section = String(line[line.index(after: line.startIndex)..<end])
      } else if let sign = line.firstIndex(where: { $0 == "=" || $0 == ":" }) {
        let name = line[..<sign].trimmed.lowercased()
        let value = line[line.index(after: sign)...].prefix { $0 != "#" && $0 != ";" }.trimmed
        sections[section, default: [:]][name] = String(value)
      }
    }
  }

  /// How a jail stands in the files.
  func detail(_ jail: String) -> Finding.Detail {
    if let gap = gaps.first { return .init(.unknown, gap) }
    guard let own = sections[jail] else {
      return .init(.fail, "the files of fail2ban have no jail \(jail)")
    }
    let value = own["enabled"] ?? sections["DEFAULT"]?["enabled"] ?? "false"
    switch value.lowercased() {
    case "true", "yes", "on", "1":
      return .init(.pass, "fail2ban runs, and enables its jail \(jail)")
    case "false", "no", "off", "0": return .init(.fail, "fail2ban runs without its jail \(jail)")
    default: return .init(.unknown, "fail2ban's jail \(jail) has enabled = \(value)")
    }
  }
}
