// What is generated beside this file does not import what it needs; this import reaches it too.
@_exported import ScrupleBindings
