/// What Swift puts the C functions with this name's beginning into.
public enum UIAccessibility {}
