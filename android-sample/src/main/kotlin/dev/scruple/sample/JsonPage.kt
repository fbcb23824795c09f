package dev.scruple.sample

import android.app.Activity
import android.content.Intent
import android.view.View

/** The snapshot as JSON. Only the person's tap hands it to another app, and no file is written. */
class JsonPage(
    private val activity: Activity,
    main: View,
) : Page {
    private var json: String? = null
    private val card = Card(main.findViewById(R.id.json), R.string.json, R.string.json_hint)
    private val button = card.button(R.string.share) { json?.let(::share) }

    override fun show(screen: Screen) {
        json = screen.values?.json
        // Between processes Android carries a megabyte, and a letter takes two bytes.
        button.isEnabled = (json?.length ?: Int.MAX_VALUE) < LIMIT
        card.show(listOf(json?.let(::indented) ?: activity.getText(R.string.no_json)))
    }

    private fun share(json: String) {
        val text = Intent(Intent.ACTION_SEND).setType("text/plain").putExtra(Intent.EXTRA_TEXT, json)
        activity.startActivity(Intent.createChooser(text, activity.getText(R.string.share)))
    }

    private companion object {
        const val LIMIT = 200_000
    }
}
