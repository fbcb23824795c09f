package dev.scruple.sample

import android.text.SpannableStringBuilder
import android.text.Spanned
import android.text.style.TextAppearanceSpan
import android.view.LayoutInflater
import android.view.View
import android.view.ViewGroup
import android.widget.RadioButton
import android.widget.Switch
import dev.scruple.Age
import dev.scruple.Category
import dev.scruple.LocationAccuracy
import dev.scruple.Purpose

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
