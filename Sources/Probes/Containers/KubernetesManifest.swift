import Checklist

/// The containers and services of a document for Kubernetes.
struct KubernetesManifest: Sendable {
  private let root: YAMLNode
  private let kind: String

  /// A document that says what it is; nil for anything else.
  init?(_ document: YAMLNode) {
    guard document["apiVersion"]?.text != nil, let kind = document["kind"]?.text else { return nil }
    root = document
    self.kind = kind
  }

  /// Kinds that start containers or open ports.
  static let kinds: Set<String> = [
    "Pod", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job",
    "CronJob", "Service", "List", "PodTemplate",
  ]

  /// Whether a text may hold such a document, before it is parsed.
  static func isLikely(_ text: String) -> Bool {
    guard text.contains("apiVersion") else { return false }
    return text.split(whereSeparator: \.isNewline).contains { line in
      var rest = line.drop { $0 == " " || $0 == "-" }
      if rest.first == "\"" { rest = rest.dropFirst() }
      guard rest.hasPrefix("kind") else { return false }
      let value = rest.dropFirst(4).drop { "\": '".contains($0) }
      return kinds.contains(String(value.prefix { $0.isLetter }))
    }
  }

  /// The containers, and services that open ports, as far as the document has any.
  var workloads: [Workload] {
    switch kind {
    case "List":
      (root["items"]?.elements ?? []).compactMap(KubernetesManifest.init).flatMap(\.workloads)
    case "Service": [service].compactMap { $0 }
    case _ where Self.kinds.contains(kind): pod.map { containers($0) } ?? []
    default: []
    }
  }

  private var name: String { "\(kind)/\(root.at("metadata", "name")?.text ?? "?")" }

  private var pod: YAMLNode? {
    switch kind {
    case "Pod": root["spec"]
    case "CronJob": root.at("spec", "jobTemplate", "spec", "template", "spec")
    case "PodTemplate": root.at("template", "spec")
    default: root.at("spec", "template", "spec")
    }
  }

  private func containers(_ pod: YAMLNode) -> [Workload] {
    let all = ["containers", "initContainers", "ephemeralContainers"].flatMap {
      pod[$0]?.elements ?? []
    }
    // A container without an image is a patch of one that stands elsewhere.
    return all.filter { $0["image"] != nil }.map { container in
      var workload = Workload(
        name: "\(name) \(container["name"]?.text ?? "?")", line: container.line)
      Self.note(pod, &workload)
      Self.note(container: container, pod: pod, &workload)
      return workload
    }
  }

  private static func note(_ pod: YAMLNode, _ workload: inout Workload) {
    for key in ["hostNetwork", "hostPID", "hostIPC"] where pod[key]?.isTrue == true {
      workload.note(.hostNamespaces, .review, "\(key) is true", line: pod[key]?.line ?? 0)
    }
    for volume in pod["volumes"]?.elements ?? [] {
      guard let path = volume.at("hostPath", "path")?.text else { continue }
      workload.noteMount(path, line: volume.line)
    }
  }

  private static func note(
    container: YAMLNode, pod: YAMLNode, _ workload: inout Workload
  ) {
    let security = container["securityContext"]
    if security?["privileged"]?.isTrue == true {
      workload.note(.privileged, .fail, "it is privileged", line: security?.line ?? 0)
    }
    if security?["allowPrivilegeEscalation"]?.isTrue == true {
      workload.note(
        .capabilities, .review, "allowPrivilegeEscalation is true", line: security?.line ?? 0)
    }
    let added = security?.at("capabilities", "add")
    workload.noteCapabilities(
      added?.elements?.compactMap(\.text) ?? [], line: added?.line ?? workload.line)
    workload.user = user(security, pod["securityContext"])
    if let limit = container.at("resources", "limits", "memory")?.text {
      workload.memory =
        switch Workload.isLimit(limit) {
        case true?: .limited(limit)
        case false?: .unlimited
        case nil: .unclear("is \(limit)")
        }
    }
    for port in container["ports"]?.elements ?? [] {
      guard let number = port["hostPort"]?.text,
        let published = PublishedPort(
          address: port["hostIP"]?.text ?? "", published: number,
          target: port["containerPort"]?.text ?? number)
      else { continue }
      workload.notePort(published, line: port.line)
    }
  }

  // What the container says counts before what the pod says.
  private static func user(_ container: YAMLNode?, _ pod: YAMLNode?) -> Workload.User {
    let number = container?["runAsUser"]?.text ?? pod?["runAsUser"]?.text
    if let number {
      return Int(number) == 0 ? .root("user 0") : .other("user \(number)")
    }
    let nonRoot = container?["runAsNonRoot"] ?? pod?["runAsNonRoot"]
    return nonRoot?.isTrue == true ? .other("a user other than root") : .unsaid
  }

  private var service: Workload? {
    let type = root.at("spec", "type")?.text ?? "ClusterIP"
    guard ["NodePort", "LoadBalancer"].contains(type) else { return nil }
    var workload = Workload(name: name, line: root.line)
    // It starts nothing, so that only its ports are judged.
    workload.memory = .limited("that of its pods")
    workload.user = .other("the user of its pods")
    for port in root.at("spec", "ports")?.elements ?? [] {
      let number = port["port"]?.text ?? ""
      guard
        let published = PublishedPort(
          address: "", published: number, target: port["targetPort"]?.text ?? number)
          ?? PublishedPort(address: "", published: nil, target: number)
      else { continue }
      guard published.isDatabase else { continue }
      workload.note(
        .databasePorts, type == "LoadBalancer" ? .fail : .review,
        "a \(type) opens the database port \(number)", line: port.line)
    }
    return workload
  }
}
