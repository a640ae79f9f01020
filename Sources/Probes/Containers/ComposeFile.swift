import Checklist

/// The services of a Compose file.
struct ComposeFile: Sendable {
  private let root: YAMLNode

  /// A document with services; nil for anything else.
  init?(_ document: YAMLNode) {
    guard document["services"]?.members != nil else { return nil }
    root = document
  }

  /// Whether an orchestrator takes a file of that name by itself, or by convention.
  static func isName(_ name: String) -> Bool {
    let name = name.lowercased()
    guard name.hasSuffix(".yml") || name.hasSuffix(".yaml") else { return false }
    return ["docker-compose", "compose", "docker-stack", "podman-compose"].contains { start in
      name.hasPrefix(start)
        && [".", "-", "_"].contains { name.dropFirst(start.count).hasPrefix($0) }
    }
  }

  /// The services, as containers.
  var workloads: [Workload] {
    (root["services"]?.members ?? []).map { name, service in Self.workload(name, service) }
  }

  /// Places whose content is not read here.
  var gaps: [(line: Int, text: String)] {
    guard let include = root["include"] else { return [] }
    return [(include.line, "it includes other files; name them with `files` if they matter")]
  }

  private static func workload(_ name: String, _ service: YAMLNode) -> Workload {
    var workload = Workload(name: name, line: service.line)
    if let base = service["extends"] {
      for check in OrchestrationCheck.allCases {
        workload.note(
          check, .review, "what it extends may say more about \(check.rawValue)", line: base.line)
      }
    }
    if let user = value(service["user"]) { workload.user = Self.user(user) }
    workload.memory = memory(service)
    if let privileged = service["privileged"] {
      let isVariable = privileged.text?.contains("$") ?? true
      if privileged.isTrue || privileged.text?.lowercased() == "true" {
        workload.note(.privileged, .fail, "it is privileged", line: privileged.line)
      } else if isVariable {
        workload.note(.privileged, .review, "a variable decides", line: privileged.line)
      }
    }
    workload.noteCapabilities(texts(service["cap_add"]), line: service["cap_add"]?.line ?? 0)
    for option in texts(service["security_opt"]) where isUnconfined(option) {
      workload.note(
        .capabilities, .review, "\(option) takes a protection away",
        line: service["security_opt"]?.line ?? 0)
    }
    for key in ["network_mode", "pid", "ipc", "userns_mode", "uts", "cgroup"] {
      guard let mode = service[key], value(mode) == "host" else { continue }
      workload.note(.hostNamespaces, .review, "\(key) is the host's own", line: mode.line)
    }
    for volume in service["volumes"]?.elements ?? [] { mount(volume, &workload) }
    for port in service["ports"]?.elements ?? [] { publish(port, &workload) }
    for device in texts(service["devices"]) where device.hasPrefix("/dev/mem") {
      workload.note(.privileged, .fail, "the device \(device) is handed in", line: workload.line)
    }
    return workload
  }

  private static func isUnconfined(_ option: String) -> Bool {
    let option = option.lowercased().replacing("=", with: ":")
    return option.hasSuffix(":unconfined") || option == "label:disable"
  }

  private static func user(_ user: String) -> Workload.User {
    let name = user.prefix { $0 != ":" }
    guard !name.contains("$"), !name.isEmpty else { return .unsaid }
    return name.lowercased() == "root" || Int(name) == 0 ? .root(user) : .other(user)
  }

  private static func memory(_ service: YAMLNode) -> Workload.Memory {
    let places = [
      service["mem_limit"], service.at("deploy", "resources", "limits", "memory"),
    ]
    let found = places.compactMap { value($0) }
    guard !found.isEmpty else {
      return service["extends"] == nil
        ? .unlimited : .unclear("may come from the service that it extends")
    }
    if found.contains(where: { Workload.isLimit($0) == false }) { return .unlimited }
    if let limit = found.first(where: { Workload.isLimit($0) == true }) { return .limited(limit) }
    return .unclear("is \(found[0])")
  }

  private static func mount(_ volume: YAMLNode, _ workload: inout Workload) {
    if let source = value(volume["source"]) {
      workload.noteMount(source, line: volume.line)
    } else if let text = value(volume) {
      workload.noteMount(
        String(text.split(separator: ":", maxSplits: 1).first ?? ""), line: volume.line)
    }
  }

  private static func publish(_ port: YAMLNode, _ workload: inout Workload) {
    let read: PublishedPort?
    if port.members != nil {
      read = PublishedPort(
        address: value(port["host_ip"]) ?? "", published: value(port["published"]),
        target: value(port["target"]) ?? "")
    } else {
      read = value(port).flatMap(PublishedPort.init(short:))
    }
    guard let read else {
      workload.note(
        .databasePorts, .review, "the port \(value(port) ?? "") is not understood",
        line: port.line)
      return
    }
    workload.notePort(read, line: port.line)
  }

  private static func texts(_ node: YAMLNode?) -> [String] {
    node?.elements?.compactMap { value($0) } ?? value(node).map { [$0] } ?? []
  }

  /// A text with the defaults of its variables filled in; other variables stay as they are.
  private static func value(_ node: YAMLNode?) -> String? {
    guard let node, !node.isNull, let text = node.text else { return nil }
    let expanded = DockerfileWords.expand(text, [:])
    return expanded.isResolved ? expanded.text : text
  }
}
