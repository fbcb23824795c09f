package dev.scruple.robolectric

/**
 * Waits until it is so, ten seconds at most: for a source at its end. Nobody waits for one whose consent was taken back,
 * and a thread that was told to end does so in a moment. What has to be so is for the test to assert.
 */
fun eventually(isSo: () -> Boolean) = repeat(1_000) { if (!isSo()) Thread.sleep(10) }
