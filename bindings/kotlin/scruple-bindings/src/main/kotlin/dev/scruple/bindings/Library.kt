package dev.scruple.bindings

import com.sun.jna.CallbackThreadInitializer
import com.sun.jna.Native

/** Loads the library and checks that it fits: nothing generated asks for that by itself. */
public fun load() {
    // JNA says so itself on Android, but only after it has made a directory to unpack into.
    if (System.getProperty("java.vm.name") == "Dalvik") System.setProperty("jna.nounpack", "true")
    // Else a source that hangs keeps the process from ending. JNA asks for it as the library takes the callbacks over.
    val daemon = CallbackThreadInitializer(true, true, "scruple-source")
    listOf(
        uniffiCallbackInterfaceBluetoothSource.permission,
        uniffiCallbackInterfaceBluetoothSource.read,
        uniffiCallbackInterfaceBluetoothSource.diagnose,
        uniffiCallbackInterfaceClipboardSource.permission,
        uniffiCallbackInterfaceClipboardSource.read,
        uniffiCallbackInterfaceClipboardSource.diagnose,
        uniffiCallbackInterfaceIdfaSource.permission,
        uniffiCallbackInterfaceIdfaSource.read,
        uniffiCallbackInterfaceLocationSource.permission,
        uniffiCallbackInterfaceLocationSource.read,
        uniffiCallbackInterfaceNfcSource.permission,
        uniffiCallbackInterfaceNfcSource.read,
        uniffiCallbackInterfaceProcessesSource.read,
        uniffiCallbackInterfaceWebViewSource.permission,
        uniffiCallbackInterfaceWebViewSource.read,
    ).forEach { Native.setCallbackThreadInitializer(it, daemon) }
    uniffiEnsureInitialized()
}
