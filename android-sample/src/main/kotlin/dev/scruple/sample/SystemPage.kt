package dev.scruple.sample

import android.view.View
import android.view.ViewGroup
import dev.scruple.Item
import dev.scruple.Policy

/** What a report of a fault begins with: versions, the process, and what Android permits. */
class SystemPage(
    private val activity: MainActivity,
    main: View,
) : Page {
    private val page = main.findViewById<ViewGroup>(R.id.system)
    private val permissions = Card(page, R.string.permissions, R.string.permissions_hint)
    private val versions = Card(page, R.string.versions, R.string.versions_hint)
    private val version = activity.packageManager.getPackageInfo(activity.packageName, 0).versionName
    private val process = activity.packageManager.getActivityInfo(activity.componentName, 0).processName

    override fun show(screen: Screen) {
        val items = asking
        permissions.show(
            items.map { (item, needed) -> pair(activity.getText(item.label), text(activity.standing(needed))) } +
                activity.getString(R.string.permissions_others, Item.ALL.size - items.size),
        )
        val build = if (activity.isDebuggable) R.string.build_debuggable else R.string.build_release
        versions.show(
            listOf(
                // The build takes it from the library's.
                pair(text(R.string.version_scruple), version.orEmpty()),
                pair(text(R.string.version_agreement), Policy.AGREEMENT),
                pair(text(R.string.version_build), text(build)),
                pair(text(R.string.version_process), process),
                pair(text(R.string.consent), text(consent(screen))),
                // Of this process; the device's are an item.
                pair(text(R.string.version_processor), System.getProperty("os.arch").orEmpty()),
            ),
        )
    }

    private fun consent(screen: Screen) =
        if (screen.underWay == 0) R.string.consent_everywhere else R.string.consent_under_way

    private fun text(id: Int) = activity.getText(id)

    private fun pair(
        name: CharSequence,
        value: CharSequence,
    ) = activity.getString(R.string.pair, name, value)
}
