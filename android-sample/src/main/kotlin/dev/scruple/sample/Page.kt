package dev.scruple.sample

/** A part of the screen. */
fun interface Page {
    /** Shows its part, and nothing of what was there before. */
    fun show(screen: Screen)
}
