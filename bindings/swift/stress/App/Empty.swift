// With a file in Swift Xcode links Swift's own libraries.
