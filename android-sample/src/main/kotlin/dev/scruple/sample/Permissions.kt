package dev.scruple.sample

import android.app.Activity
import android.content.pm.PackageManager
import dev.scruple.Category
import dev.scruple.Item
import dev.scruple.LocationAccuracy
import dev.scruple.bluetooth.AndroidBluetooth
import dev.scruple.location.FuzzyLocation
import dev.scruple.location.precise.PreciseLocation

/** What Scruple's artifacts need for these categories; none of them asks by itself. */
fun permissions(
    categories: Set<Category>,
    accuracy: LocationAccuracy,
): List<String> {
    val precise = accuracy == LocationAccuracy.PRECISE
    val location = if (precise) PreciseLocation.permissions else FuzzyLocation.permissions
    return location.takeIf { Category.LOCATION in categories }.orEmpty() +
        AndroidBluetooth.permissions.takeIf { Category.BLUETOOTH in categories }.orEmpty()
}

/** What Android asks the person before these items are read: nothing, for an empty list. It asks for no other item. */
val asking: Map<Item, List<String>>
    get() =
        mapOf(
            Item.LOCATION_FUZZY to FuzzyLocation.permissions,
            Item.LOCATION_PRECISE to PreciseLocation.permissions,
            Item.BLUETOOTH_INFORMATION to AndroidBluetooth.permissions,
        )

/** Where these permissions stand, in words. Before the first question Android answers as after a refusal for good. */
fun Activity.standing(permissions: List<String>): Int {
    val open = permissions.filterNot { holds(it) }
    return when {
        permissions.isEmpty() -> R.string.permission_not_needed
        open.isEmpty() -> R.string.permission_granted
        open.any { shouldShowRequestPermissionRationale(it) } -> R.string.permission_refused
        else -> R.string.permission_not_granted
    }
}

/** Whether the person, or the installation, granted it. */
fun Activity.holds(permission: String) = checkSelfPermission(permission) == PackageManager.PERMISSION_GRANTED
