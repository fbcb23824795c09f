package dev.scruple.sample

import android.text.SpannableStringBuilder
import android.text.Spanned
import android.text.style.TextAppearanceSpan
import android.view.LayoutInflater
import android.view.View
import android.view.ViewGroup
import android.widget.RadioButton
import android.widget.Switch
import android.widget.TextView
import dev.scruple.Age
import dev.scruple.Category
import dev.scruple.Item
import dev.scruple.LocationAccuracy
import dev.scruple.Purpose
import java.text.DateFormat
import java.util.Date

/** A part of the screen. */
fun interface Page {
    /** Shows its part, and nothing of what was there before. */
    fun show(screen: Screen)
}

/** What the person and the app choose. */
class ConsentPage(
    private val main: View,
    private val model: Model,
) : Page {
    private val all: Switch = main.findViewById(R.id.all)
    private val categories = Category.entries.associateWith(::switch)
    private val ages =
        choices(
            Age.UNKNOWN to R.id.age_unknown,
            Age.BELOW_MINIMUM to R.id.age_below_minimum,
            Age.AT_LEAST_MINIMUM to R.id.age_at_least_minimum,
        ) { model.state(it) }
    private val purposes =
        choices(
            Purpose.FEATURE to R.id.purpose_feature,
            Purpose.TROUBLESHOOTING to R.id.purpose_troubleshooting,
        ) { model.choose(it) }
    private val accuracies =
        choices(
            LocationAccuracy.FUZZY to R.id.policy_fuzzy,
            LocationAccuracy.PRECISE to R.id.policy_precise,
        ) { model.choose(it) }

    init {
        all.setOnClickListener { model.switch(categories.keys, all.isChecked) }
    }

    override fun show(screen: Screen) {
        ages.getValue(screen.age).isChecked = true
        purposes.getValue(screen.purpose).isChecked = true
        accuracies.getValue(screen.accuracy).isChecked = true
        all.isChecked = screen.chosen.containsAll(categories.keys)
        categories.forEach { (category, switch) -> switch.isChecked = category in screen.chosen }
    }

    private fun <T> choices(
        vararg ids: Pair<T, Int>,
        choose: (T) -> Unit,
    ): Map<T, RadioButton> =
        ids.associate { (choice, id) ->
            val button = main.findViewById<RadioButton>(id)
            button.setOnClickListener { choose(choice) }
            choice to button
        }

    private fun switch(category: Category): Switch {
        val parent = main.findViewById<ViewGroup>(R.id.categories)
        val switch = LayoutInflater.from(main.context).inflate(R.layout.category, parent, false) as Switch
        switch.text = name(category)
        switch.setOnClickListener { model.switch(setOf(category), switch.isChecked) }
        parent.addView(switch)
        return switch
    }

    /** With a second line for those that Android asks about, too. */
    private fun name(category: Category): CharSequence {
        val context = main.context
        val name = SpannableStringBuilder(context.getText(category.label))
        if (category == Category.LOCATION || category == Category.BLUETOOTH) {
            val style = TextAppearanceSpan(context, R.style.Body)
            name.append("\n").append(context.getText(R.string.asks_permission), style, Spanned.SPAN_EXCLUSIVE_EXCLUSIVE)
        }
        return name
    }
}

/** The items, by category. */
class ItemsPage(
    main: View,
) : Page {
    private val rows = mutableMapOf<Item, ItemRow>()

    init {
        val parent = main.findViewById<ViewGroup>(R.id.items)
        for ((category, items) in Item.ALL.groupBy { it.category }) {
            val group = LayoutInflater.from(main.context).inflate(R.layout.group, parent, false)
            group.findViewById<TextView>(R.id.category).setText(category.label)
            items.associateWithTo(rows) { ItemRow(group.findViewById(R.id.card), it) }
            parent.addView(group)
        }
    }

    override fun show(screen: Screen) = rows.forEach { (item, row) -> row.show(screen.outcomes[item]) }
}

/** What was read, when and what for. */
class AuditPage(
    main: View,
) : Page {
    private val parent: ViewGroup = main.findViewById(R.id.audit)
    private val context = main.context

    override fun show(screen: Screen) {
        val time = DateFormat.getTimeInstance()
        val lines =
            screen.audit.take(LINES).map {
                val (item, purpose) = context.getText(it.item.label) to context.getText(it.purpose.label)
                context.getString(R.string.audit_entry, time.format(Date(it.atMs)), item, purpose)
            }
        parent.removeAllViews()
        for (line in lines.ifEmpty { listOf(context.getString(R.string.audit_empty)) }) {
            val entry = LayoutInflater.from(context).inflate(R.layout.audit_entry, parent, false) as TextView
            entry.text = line
            parent.addView(entry)
        }
    }

    private companion object {
        /** The latest; the session remembers more. */
        const val LINES = 100
    }
}
