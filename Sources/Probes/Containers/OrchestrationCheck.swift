/// What can be checked about a container that an orchestrator starts.
enum OrchestrationCheck: String, Sendable, CaseIterable {
  case privileged
  case capabilities
  case hostNamespaces = "host-namespaces"
  case containerSocket = "container-socket"
  case databasePorts = "database-ports"
  case memoryLimit = "memory-limit"
  case nonRoot = "non-root"
}
