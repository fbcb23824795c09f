package dev.scruple.sample

import android.content.res.ColorStateList
import android.text.SpannableStringBuilder
import android.text.Spanned
import android.text.style.TextAppearanceSpan
import android.view.LayoutInflater
import android.view.View
import android.view.ViewGroup
import android.widget.TextView
import dev.scruple.Item
import dev.scruple.Missing
import dev.scruple.Unavailable
import dev.scruple.Withheld

/**
 * One item in the table. It is made once and then only changes its texts: a list that recycles rows would keep the texts
 * of those that are out of sight.
 */
class ItemRow(
    parent: ViewGroup,
    private val item: Item,
) {
    private val context = parent.context
    private val text = ValueText(context)
    private val view = LayoutInflater.from(context).inflate(R.layout.item, parent, false)
    private val name: TextView = view.findViewById(R.id.name)
    private val standing: TextView = view.findViewById(R.id.standing)
    private val detail: TextView = view.findViewById(R.id.detail)

    /** What is searched, in lower case. */
    private val searched =
        listOf(item.id, context.getText(item.label), context.getText(item.about)).joinToString("\n").lowercase()

    /** Whether it was found, or nothing is looked for. */
    val isFound: Boolean get() = view.visibility == View.VISIBLE

    init {
        parent.addView(view)
        name.text =
            SpannableStringBuilder(context.getText(item.label)).apply {
                append("  ").append(item.id, TextAppearanceSpan(context, R.style.Id), Spanned.SPAN_EXCLUSIVE_EXCLUSIVE)
            }
        view.findViewById<TextView>(R.id.about).setText(item.about)
        view.keepFromTheSystem()
    }

    /** Shows what became of the item, and nothing of what was there before. */
    fun show(
        outcome: Outcome?,
        values: Values?,
    ) {
        when (outcome) {
            null -> show("", null)
            is Outcome.Unread -> show(context.getString(R.string.not_read), R.string.standing_permitted)
            is Outcome.None -> show(context.words(outcome.why), outcome.why.standing)
            is Outcome.Value -> show(values?.let { text.of(item, it) }.orEmpty(), null)
        }
    }

    private fun show(
        text: String,
        chip: Int?,
    ) {
        detail.text = text
        standing.visibility = if (chip == null) View.GONE else View.VISIBLE
        standing.text = chip?.let(context::getText)
        val (colour, surface) =
            when (chip) {
                R.string.standing_withheld -> R.color.withheld to R.color.withheld_surface
                R.string.standing_unavailable -> R.color.unavailable to R.color.unavailable_surface
                else -> R.color.accent to R.color.background
            }
        standing.setTextColor(context.getColor(colour))
        standing.backgroundTintList = ColorStateList.valueOf(context.getColor(surface))
        val (name, about) = context.getText(item.label) to context.getText(item.about)
        view.contentDescription =
            if (chip == null) {
                context.getString(R.string.spoken, name, text, about)
            } else {
                context.getString(R.string.spoken_standing, name, standing.text, text, about)
            }
    }

    /** Leaves the row out unless each word of this is in its id, its name or its description. */
    fun find(query: String) {
        val words = query.lowercase().split(' ')
        view.visibility = if (words.all { it in searched }) View.VISIBLE else View.GONE
    }

    private val Missing.standing
        get() =
            when (this) {
                is Withheld -> R.string.standing_withheld
                is Unavailable -> R.string.standing_unavailable
            }
}
