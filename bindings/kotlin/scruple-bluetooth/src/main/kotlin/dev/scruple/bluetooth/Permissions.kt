package dev.scruple.bluetooth

import android.Manifest.permission.ACCESS_COARSE_LOCATION
import android.Manifest.permission.ACCESS_FINE_LOCATION
import android.Manifest.permission.BLUETOOTH
import android.Manifest.permission.BLUETOOTH_SCAN
import android.content.Context
import android.content.pm.PackageInfo.REQUESTED_PERMISSION_NEVER_FOR_LOCATION
import android.content.pm.PackageManager.GET_PERMISSIONS
import android.content.pm.PackageManager.PERMISSION_GRANTED
import android.location.LocationManager
import android.os.Build.VERSION.SDK_INT
import android.os.Build.VERSION_CODES
import android.os.Process.myPid
import android.os.Process.myUid

/** What the system permits the app to do with Bluetooth. */
internal class Permissions(
    private val context: Context,
) {
    /** Whether the adapter tells the app where it stands: from Android 12 it tells everybody. */
    val state: Boolean
        get() = SDK_INT >= VERSION_CODES.S || held

    /** Whether the app holds what a scan takes: from Android 12 the person's permission, up to 11 the manifest's. */
    val held: Boolean
        get() = holds(if (SDK_INT >= VERSION_CODES.S) BLUETOOTH_SCAN else BLUETOOTH)

    /**
     * Whether a scan would find anything. What is near tells where one is, so the system hides it from who may not locate;
     * from Android 12 not if the app promises never to locate by it.
     */
    val scan: Boolean
        get() =
            when {
                !held -> false
                SDK_INT >= VERSION_CODES.S && isNeverForLocation -> true
                SDK_INT >= VERSION_CODES.Q -> holds(ACCESS_FINE_LOCATION) && isLocationOn
                else -> (holds(ACCESS_FINE_LOCATION) || holds(ACCESS_COARSE_LOCATION)) && isLocationOn
            }

    private fun holds(permission: String) = context.checkPermission(permission, myPid(), myUid()) == PERMISSION_GRANTED

    /** What the merged manifest says of the scan, whoever wrote it. */
    private val isNeverForLocation: Boolean
        get() {
            val app = context.packageManager.getPackageInfo(context.packageName, GET_PERMISSIONS)
            val at = app.requestedPermissions?.indexOf(BLUETOOTH_SCAN) ?: -1
            return at >= 0 && app.requestedPermissionsFlags[at] and REQUESTED_PERMISSION_NEVER_FOR_LOCATION != 0
        }

    private val isLocationOn: Boolean
        get() {
            val manager = context.getSystemService(Context.LOCATION_SERVICE) as LocationManager? ?: return false
            return if (SDK_INT >= VERSION_CODES.P) {
                manager.isLocationEnabled
            } else {
                manager.isProviderEnabled(LocationManager.NETWORK_PROVIDER) ||
                    manager.isProviderEnabled(LocationManager.GPS_PROVIDER)
            }
        }
}
