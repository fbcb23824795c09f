package dev.scruple.sample

import android.text.Editable
import android.text.TextWatcher
import android.view.LayoutInflater
import android.view.View
import android.view.ViewGroup
import android.widget.EditText
import android.widget.TextView
import dev.scruple.Item

/** The items by category, and a field to look for one. */
class ItemsPage(
    main: View,
    model: Model,
) : Page {
    private val search: EditText = main.findViewById(R.id.search)
    private val nothing: View = main.findViewById(R.id.nothing_found)
    private val groups: Map<View, Map<Item, ItemRow>>

    init {
        val parent = main.findViewById<ViewGroup>(R.id.items)
        groups =
            Item.ALL.groupBy { it.category }.entries.associate { (category, items) ->
                val group = LayoutInflater.from(main.context).inflate(R.layout.group, parent, false)
                group.findViewById<TextView>(R.id.category).setText(category.label)
                parent.addView(group)
                group to items.associateWith { ItemRow(group.findViewById(R.id.card), it) }
            }
        search.addTextChangedListener(Changes { model.search(it) })
    }

    override fun show(screen: Screen) {
        if (search.text.toString() != screen.query) search.setText(screen.query)
        for ((group, rows) in groups) {
            for ((item, row) in rows) {
                row.show(screen.outcomes[item], screen.values)
                row.find(screen.query)
            }
            group.visibility = if (rows.values.any { it.isFound }) View.VISIBLE else View.GONE
        }
        nothing.visibility = if (groups.keys.any { it.visibility == View.VISIBLE }) View.GONE else View.VISIBLE
    }

    private class Changes(
        private val tell: (String) -> Unit,
    ) : TextWatcher {
        override fun afterTextChanged(text: Editable) = tell(text.toString())

        override fun beforeTextChanged(
            text: CharSequence,
            start: Int,
            count: Int,
            after: Int,
        ) = Unit

        override fun onTextChanged(
            text: CharSequence,
            start: Int,
            before: Int,
            count: Int,
        ) = Unit
    }
}
