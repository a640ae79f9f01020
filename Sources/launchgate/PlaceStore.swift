internal import Checklist
internal import Evidence
internal import Foundation
internal import Session

/// Keeps where somebody was, for each evidence file, outside of the repository.
///
/// Losing it costs a key or two, so that nothing is said where it cannot be read or written.
struct PlaceStore: Sendable {
  private let path: String
  private let name: String

  /// The place that belongs to that evidence file (XDG base directory specification).
  init(evidence: String, environment: [String: String]) {
    let full = URL(fileURLWithPath: evidence).standardizedFileURL.path
    name = Digest(of: full.utf8).short
    path = StateFolder.path(environment) + "/ui.json"
  }

  /// Where the user was; nil where that is not known.
  func load() -> Place? {
    guard let all = read(), let mouse = all["mouse"]?.string else { return nil }
    let place = all["places"]?[name]
    return Place(
      control: place?["control"]?.string, filter: place?["filter"]?.string,
      isMouseOn: mouse != "off", theme: all["theme"]?.string.flatMap(ThemeName.init))
  }

  /// Remembers where the user is; of other launches the latest hundred are kept.
  func save(_ place: Place) {
    let known = read()
    var places = known?["places"]?.object ?? [:]
    if places.count > 100 { places = [:] }
    var value: [String: JSONValue] = [:]
    if let control = place.control { value["control"] = .string(control) }
    if let filter = place.filter { value["filter"] = .string(String(filter.prefix(200))) }
    places[name] = .object(value)
    var all: [String: JSONValue] = [
      "mouse": .string(place.isMouseOn ? "on" : "off"), "places": .object(places),
    ]
    if let theme = place.theme?.rawValue ?? known?["theme"]?.string {
      all["theme"] = .string(theme)
    }
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    try? FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try? EvidenceFile(path: path).replace(with: CanonicalJSON.bytes(.object(all)))
  }

  private func read() -> JSONValue? {
    guard let data = FileManager.default.contents(atPath: path), data.count < 1 << 20 else {
      return nil
    }
    return CanonicalText.value(Array(data))
  }
}

/// Where the program keeps what belongs to this user on this machine.
enum StateFolder {
  /// `launchgate` under `XDG_STATE_HOME`, or under its default.
  static func path(_ environment: [String: String]) -> String {
    let configured = environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    return (configured ?? "\(environment["HOME"] ?? NSHomeDirectory())/.local/state")
      + "/launchgate"
  }
}
