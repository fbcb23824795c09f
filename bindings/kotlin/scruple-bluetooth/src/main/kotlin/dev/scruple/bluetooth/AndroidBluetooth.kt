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
 * Reads [Item.BLUETOOTH_INFORMATION] and [Item.BLUETOOTH_TROUBLESHOOTING], for a [Session]: the adapter, and the
 * devices near it that advertise themselves by Low Energy. It scans for half of the deadline. It reads no addresses.
 *
 * It never prompts the person. The adapter's state needs no permission from Android 12. Up to Android 11 it needs
 * BLUETOOTH, for which Android does not ask the person. Without it the first item is [Withheld.Denied].
 *
 * `nearby` is null where Android would hide the devices nearby. From Android 12, Android shows them to an app that
 * holds BLUETOOTH_SCAN and whose own manifest flags it `neverForLocation`. Any other app, and every app up to Android
 * 11, also has to hold a permission for location (the precise one, from Android 10), and location has to be on. No
 * module of Scruple adds that permission or that flag.
 *
 * The system delivers a scan's results on the main thread. If that thread was blocked, `nearby` is null.
 */
@OptIn(ScrupleSourceApi::class)
public object AndroidBluetooth : Source(Source.bluetooth(BluetoothReader())) {
    /**
     * The permissions that the host requests from the person, in one request, before it collects. Up to Android 11
     * there are none.
     */
    @get:JvmStatic
    public val permissions: List<String>
        get() = if (SDK_INT >= VERSION_CODES.S) listOf(BLUETOOTH_SCAN) else emptyList()
}
