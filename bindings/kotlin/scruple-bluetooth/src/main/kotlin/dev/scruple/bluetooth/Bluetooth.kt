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
 * needs no answer from the person, but a scan does: `nearby` is null unless the host holds a permission for location
 * (the precise one, on Android 10 and 11) and location is on. No module adds one for it.
 *
 * The system delivers what a scan finds on the main thread: if that was blocked, `nearby` is null.
 */
@OptIn(ScrupleSourceApi::class)
public object Bluetooth : Source(Source.bluetooth(BluetoothReader())) {
    /** What the host asks the person for, in one request, before it collects: nothing up to Android 11. */
    @get:JvmStatic
    public val permissions: List<String>
        get() = if (SDK_INT >= VERSION_CODES.S) listOf(BLUETOOTH_SCAN) else emptyList()
}
