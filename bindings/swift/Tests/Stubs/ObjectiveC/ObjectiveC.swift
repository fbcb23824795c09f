/// The runtime's, whose name reaches every file that imports one of Apple's frameworks.
public typealias Category = OpaquePointer

public func autoreleasepool<Result>(invoking body: () throws -> Result) rethrows -> Result {
    try body()
}
