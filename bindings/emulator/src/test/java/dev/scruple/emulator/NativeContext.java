package dev.scruple.emulator;

/** Stands for the class of this name that declares the native method. */
final class NativeContext {
    private NativeContext() {}
}
