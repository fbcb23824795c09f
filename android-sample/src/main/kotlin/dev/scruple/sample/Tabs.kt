package dev.scruple.sample

import android.view.View
import android.view.ViewGroup
import android.widget.RadioButton
import android.widget.ViewAnimator

/** The pages, one of which is open, and their names in the same order. */
class Tabs(
    main: View,
) {
    private val names: ViewGroup = main.findViewById(R.id.tabs)
    private val strip = names.parent as View
    private val pages: ViewAnimator = main.findViewById(R.id.pages)

    /** Which one is open. */
    val open: Int get() = pages.displayedChild

    init {
        for (at in 0 until names.childCount) names.getChildAt(at).setOnClickListener { open(at) }
    }

    /** The place of a page by its name. */
    fun place(name: Int): Int = names.indexOfChild(names.findViewById(name))

    /** Opens a page, and has its name on the screen. */
    fun open(place: Int) {
        pages.displayedChild = place
        val name = names.getChildAt(place) as RadioButton
        name.isChecked = true
        // In the middle, so that one sees that there are more on both sides.
        name.post { strip.scrollTo(name.left + (name.width - strip.width) / 2, 0) }
    }
}
