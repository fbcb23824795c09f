import Foundation

/* A comment /* in a comment */ with UserDefaults */
#if DEBUG
let debug = UserDefaults.standard
#elseif os(iOS) && !FLAG
let text = "a \(UserDefaults.standard.string(forKey: "b") ?? #"c \#(d) "e""#) f"
#endif
let long = """
    "stat(1)" \(ProcessInfo.processInfo.systemUptime)
    """
func free() throws -> Any? {
    var record = stat()
    stat("/", &record)
    return try FileManager.default.attributesOfItem(atPath: "/")[.creationDate]
}
