package dev.scruple.device

import android.content.Context
import dev.scruple.AndroidSession
import dev.scruple.DeviceInformation
import dev.scruple.Item
import dev.scruple.Missing
import dev.scruple.Session
import dev.scruple.Unavailable
import dev.scruple.robolectric.agreed
import dev.scruple.robolectric.application
import dev.scruple.robolectric.everything
import dev.scruple.robolectric.lacks
import dev.scruple.robolectric.offMain
import dev.scruple.robolectric.reads

/** A session with everything switched on and agreed to. */
internal fun session(context: Context = application): Session =
    offMain { AndroidSession.openBlocking(context, everything()) }.agreed()

/** What one item is. */
internal fun <T> value(
    item: Item,
    context: Context = application,
    get: DeviceInformation.() -> T?,
): T? = session(context).use { session -> session.reads(item).use { it.device.get() } }

/** Why one item is not. */
internal fun lack(
    item: Item,
    context: Context = application,
): Missing? = session(context).use { it.lacks(item) }

/** What a text may be that is no value, and why. */
internal val nonsense: Map<String?, Unavailable> =
    mapOf(
        null to Unavailable.NOT_STATED,
        "" to Unavailable.NOT_STATED,
        " \t" to Unavailable.NOT_STATED,
        "x".repeat(10_000_000) to Unavailable.TOO_LONG,
        "\u20ac".repeat(200) to Unavailable.TOO_LONG,
        "a NUL \u0000 inside" to Unavailable.MALFORMED,
        "two\nlines" to Unavailable.MALFORMED,
        "half \ud83d" to Unavailable.MALFORMED,
        "\udc00 the other half" to Unavailable.MALFORMED,
    )
