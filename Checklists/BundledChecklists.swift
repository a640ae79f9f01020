/// The checklists that are compiled into the program, so that it runs from any folder.
public enum BundledChecklists {
  /// Their names, the default first.
  public static let names = ["production-25", "go-live-20"]

  /// The YAML of that checklist, or nil for an unknown name.
  public static func yaml(_ name: String) -> String? {
    switch name {
    case "production-25": String(decoding: PackageResources.production_25_yaml, as: UTF8.self)
    case "go-live-20": String(decoding: PackageResources.go_live_20_yaml, as: UTF8.self)
    default: nil
    }
  }

  /// Where each statement of that checklist's source went, one a line with tabs between `id`,
  /// `kind`, `figures` and `places`; nil for an unknown name.
  public static func sources(_ name: String) -> String? {
    switch name {
    case "production-25":
      String(decoding: PackageResources.production_25_sources_tsv, as: UTF8.self)
    case "go-live-20": String(decoding: PackageResources.go_live_20_sources_tsv, as: UTF8.self)
    default: nil
    }
  }
}
