package dev.scruple.sample

import android.content.res.ColorStateList
import android.os.Build
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
    private val values = ValueText(context)
    private val view = LayoutInflater.from(context).inflate(R.layout.item, parent, false)
    private val name: TextView = view.findViewById(R.id.name)
    private val standing: TextView = view.findViewById(R.id.standing)
    private val detail: TextView = view.findViewById(R.id.detail)

    init {
        parent.addView(view)
        name.text =
            SpannableStringBuilder(context.getText(item.label)).apply {
                append("  ").append(item.id, TextAppearanceSpan(context, R.style.Id), Spanned.SPAN_EXCLUSIVE_EXCLUSIVE)
            }
        // Values are none of the system's content capture's business.
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.R) {
            view.importantForContentCapture = View.IMPORTANT_FOR_CONTENT_CAPTURE_NO_EXCLUDE_DESCENDANTS
        }
    }

    /** Shows what became of the item, and nothing of what was there before. */
    fun show(outcome: Outcome?) {
        when (outcome) {
            null -> show("", null)
            is Outcome.Unread -> show(context.getString(R.string.not_read), R.string.standing_permitted)
            is Outcome.None -> show(words(outcome.why), outcome.why.standing)
            is Outcome.Value -> show(values.of(item, outcome.values).orEmpty(), null)
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
        view.contentDescription =
            if (chip == null) {
                context.getString(R.string.spoken, context.getText(item.label), text)
            } else {
                context.getString(R.string.spoken_standing, context.getText(item.label), standing.text, text)
            }
    }

    private fun words(why: Missing) =
        when (why) {
            is Withheld -> context.getString(R.string.withheld_by, context.getString(why.layer.label), reason(why))
            is Unavailable -> context.getString(why.label)
        }

    private fun reason(why: Withheld) =
        if (why is Withheld.TooSoon) {
            // Up to the next second: asked again then, the answer is yes.
            context.getString(why.label, (why.remainingMs + 999) / 1000)
        } else {
            context.getString(why.label)
        }

    private val Missing.standing
        get() =
            when (this) {
                is Withheld -> R.string.standing_withheld
                is Unavailable -> R.string.standing_unavailable
            }
}
