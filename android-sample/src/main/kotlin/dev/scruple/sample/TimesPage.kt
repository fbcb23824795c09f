package dev.scruple.sample

import android.view.View
import android.view.ViewGroup
import kotlin.time.Duration
import kotlin.time.DurationUnit

/** How long reading took. */
class TimesPage(
    main: View,
    model: Model,
) : Page {
    private val context = main.context
    private val page = main.findViewById<ViewGroup>(R.id.times)
    private val together = Card(page, R.string.times_together, R.string.times_together_hint)
    private val alone = Card(page, R.string.times_alone, R.string.times_alone_hint)
    private val measure = alone.button(R.string.measure) { model.measure() }

    override fun show(screen: Screen) {
        measure.isEnabled = screen.isReady && screen.agreed.isNotEmpty()
        together.show(listOf(screen.elapsed?.let(::words) ?: context.getText(R.string.not_measured)))
        val lines =
            screen.times.entries.sortedByDescending { it.value.elapsed }.map { (item, time) ->
                val took = context.getString(R.string.pair, context.getText(item.label), words(time.elapsed))
                time.missing?.let { context.getString(R.string.time_without_value, took, context.words(it)) } ?: took
            }
        alone.show(lines.ifEmpty { listOf(context.getText(R.string.not_measured)) })
    }

    private fun words(elapsed: Duration) =
        context.getString(R.string.milliseconds, elapsed.toDouble(DurationUnit.MILLISECONDS))
}
