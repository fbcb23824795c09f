package dev.scruple.sample

import android.view.View
import java.text.DateFormat
import java.util.Date

/** What was read, when and what for. */
class AuditPage(
    main: View,
) : Page {
    private val context = main.context
    private val card = Card(main.findViewById(R.id.audit), R.string.audit, R.string.audit_hint)

    override fun show(screen: Screen) {
        val time = DateFormat.getTimeInstance()
        val lines =
            screen.audit.take(LINES).map {
                val (item, purpose) = context.getText(it.item.label) to context.getText(it.purpose.label)
                context.getString(R.string.audit_entry, time.format(Date(it.atMs)), item, purpose)
            }
        card.show(lines.ifEmpty { listOf(context.getText(R.string.audit_empty)) })
    }

    private companion object {
        /** The latest; the session remembers more. */
        const val LINES = 100
    }
}
