package dev.scruple.robolectric

import android.app.Application
import dev.scruple.Age
import dev.scruple.Category
import dev.scruple.Item
import dev.scruple.LocationAccuracy
import dev.scruple.Missing
import dev.scruple.Policy
import dev.scruple.Purpose
import dev.scruple.Session
import dev.scruple.Snapshot
import org.robolectric.RuntimeEnvironment

/** The app under test. */
val application: Application get() = RuntimeEnvironment.getApplication()

/** Everything switched on, and nothing to wait for between two reads. */
fun everything(
    deadlineMs: Long = 5_000,
    accuracy: LocationAccuracy = LocationAccuracy.PRECISE,
): Policy =
    Policy {
        locationAccuracy = accuracy
        for (category in Category.values()) {
            enable(category) {
                minimumIntervalMs = 0
                this.deadlineMs = deadlineMs
                if (category == Category.DEVICE) item(Item.DEVICE_NAME)
            }
        }
    }

/** Agrees to everything. */
fun Session.agreed(): Session =
    apply {
        updateConsent {
            age = Age.AT_LEAST_MINIMUM
            grant(*Category.values())
        }
    }

/** Collects these items, for troubleshooting, which every item is for. */
fun Session.reads(vararg items: Item): Snapshot = offMain { collectBlocking(Purpose.TROUBLESHOOTING, items.toSet()) }

/** Why there is no value; null if there is one. */
fun Session.lacks(item: Item): Missing? = reads(item).use { it.missing[item] }
