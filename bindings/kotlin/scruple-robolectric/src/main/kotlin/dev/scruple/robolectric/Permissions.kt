package dev.scruple.robolectric

import org.robolectric.Shadows.shadowOf

/** The person grants these. */
fun grant(vararg permissions: String) = shadowOf(application).grantPermissions(*permissions)

/** The person refuses these, or takes them back. */
fun deny(vararg permissions: String) = shadowOf(application).denyPermissions(*permissions)
