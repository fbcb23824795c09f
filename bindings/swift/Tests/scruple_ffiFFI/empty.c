// SwiftPM wants a source file of a C target; the code is in the library.
