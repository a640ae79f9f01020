extension Evidence {
  /// The whole file: a constant first line, then one record a line with its comma in front.
  ///
  /// Two people's additions to different places then stay different lines, and `merge=union` of
  /// git keeps the file valid.
  public var rendered: [UInt8] {
    var output = Array("[{\"format\":\"launchgate-evidence\",\"version\":1}\n".utf8)
    for entry in entries {
      output.append(UInt8(ascii: ","))
      output += entry.line
      output.append(0x0a)
    }
    output += "]\n".utf8
    return output
  }
}
