public import Checklist

/// The effective parameters of one use of a probe, all placeholders filled in.
public struct Parameters: Hashable, Sendable {
  /// By name, as they are recorded in the evidence.
  public let values: [String: JSONValue]

  /// Parameters that were checked against the probe's manual.
  public init(_ values: [String: JSONValue] = [:]) { self.values = values }

  /// The text of that name, or nil where it is not set.
  public func text(_ name: String) -> String? { values[name]?.string }

  /// The number of that name, or nil where it is not set.
  public func integer(_ name: String) -> Int? { values[name]?.integer }

  /// The truth of that name, or nil where it is not set.
  public func flag(_ name: String) -> Bool? { values[name]?.bool }

  /// The period of that name, or nil where it is not set.
  public func period(_ name: String) -> Period? { values[name]?.string.flatMap(Period.init) }

  /// The texts of that name, or nil where it is not set.
  public func texts(_ name: String) -> [String]? { values[name]?.array?.compactMap(\.string) }

  /// One number or several of that name, or nil where it is not set.
  public func codes(_ name: String) -> [Int]? {
    values[name].map { value in (value.array ?? [value]).compactMap(\.integer) }
  }

  /// The numbers of that name, or nil where it is not set.
  public func integers(_ name: String) -> [Int]? { values[name]?.array?.compactMap(\.integer) }
}
