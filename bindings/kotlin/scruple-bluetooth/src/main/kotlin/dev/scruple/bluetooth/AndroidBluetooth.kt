package dev.scruple.bluetooth

import android.Manifest.permission.BLUETOOTH_SCAN
import android.os.Build.VERSION.SDK_INT
import android.os.Build.VERSION_CODES
import dev.scruple.Item
import dev.scruple.ScrupleSourceApi
import dev.scruple.Session
import dev.scruple.Source
import dev.scruple.Withheld

/**
 * Reads [Item.BLUETOOTH_INFORMATION] and [Item.BLUETOOTH_TROUBLESHOOTING], for [Session]: the adapter, and for half of the
 * deadline what advertises itself near it by Low Energy. Addresses are not read.
 *
 * It asks nobody for anything. From Android 12 the first item is [Withheld.Denied] without the permission to scan, whether
 * the person refused or was never asked: Android tells these apart for an activity only. Up to Android 11 the adapter
 * needs no answer from the person, but a scan does.
 *
 * `nearby` is null where Android would hide what is near. From Android 12 it shows it to an app whose own manifest says
 * `neverForLocation` of BLUETOOTH_SCAN. Any other app, and every app up to Android 11, has to hold a permission for location
 * (the precise one, from Android 10), and location has to be on. No module adds that permission, nor those words.
 *
 * The system delivers what a scan finds on the main thread: if that was blocked, `nearby` is null.
 */
@OptIn(ScrupleSourceApi::class)
public object AndroidBluetooth : Source(Source.bluetooth(BluetoothReader())) {
    /** What the host asks the person for, in one request, before it collects: nothing up to Android 11. */
    @get:JvmStatic
    public val permissions: List<String>
        get() = if (SDK_INT >= VERSION_CODES.S) listOf(BLUETOOTH_SCAN) else emptyList()
}
