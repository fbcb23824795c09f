package dev.scruple.sample

import android.view.LayoutInflater
import android.view.View
import android.view.ViewGroup
import android.widget.Button
import android.widget.TextView

/** A part of a page: a heading, a sentence about it, and lines. */
class Card(
    page: ViewGroup,
    heading: Int,
    hint: Int,
) {
    private val inflater = LayoutInflater.from(page.context)
    private val view = inflater.inflate(R.layout.card, page, false) as ViewGroup
    private val lines: ViewGroup = view.findViewById(R.id.lines)

    init {
        page.addView(view)
        view.findViewById<TextView>(R.id.heading).setText(heading)
        view.findViewById<TextView>(R.id.hint).setText(hint)
        lines.keepFromTheSystem()
    }

    /** Shows these lines, and nothing of what was there before. */
    fun show(texts: List<CharSequence>) {
        lines.removeAllViews()
        for (text in texts) {
            val line = inflater.inflate(R.layout.line, lines, false) as TextView
            line.text = text
            lines.addView(line)
        }
    }

    /** Adds a button below the sentence. */
    fun button(
        text: Int,
        act: () -> Unit,
    ): Button {
        val button = inflater.inflate(R.layout.button, view, false) as Button
        button.setText(text)
        button.setOnClickListener { act() }
        view.addView(button, view.indexOfChild(lines))
        return button
    }

    /** Shows the card, or leaves it out. */
    fun show(isThere: Boolean) {
        view.visibility = if (isThere) View.VISIBLE else View.GONE
    }
}
