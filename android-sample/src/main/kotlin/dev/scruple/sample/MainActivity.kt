package dev.scruple.sample

import android.app.Activity
import android.content.pm.PackageManager
import android.os.Bundle
import android.view.View
import android.widget.RadioButton
import android.widget.TextView
import android.widget.ViewAnimator
import dev.scruple.Category
import dev.scruple.LocationAccuracy
import dev.scruple.Withheld
import dev.scruple.bluetooth.AndroidBluetooth
import dev.scruple.location.FuzzyLocation
import dev.scruple.location.precise.PreciseLocation
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.launch

/** The only screen: the result above, three pages, and below them the buttons that agree and take back. */
class MainActivity : Activity() {
    private val model get() = (application as SampleApplication).model

    /** Immediate: when a revocation returns, the screen is empty already. */
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Main.immediate)
    private val tabs = listOf(R.id.tab_consent, R.id.tab_items, R.id.tab_audit)

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        keepOutOfRecents()
        setContentView(R.layout.main)
        val main = findViewById<View>(R.id.main)
        main.keepClearOfSystemBars()
        // The model outlives a rotation, and what was read belongs into no saved state.
        main.isSaveFromParentEnabled = false

        tabs.forEachIndexed { page, id -> findViewById<View>(id).setOnClickListener { open(page) } }
        findViewById<View>(R.id.agree).setOnClickListener { agree() }
        findViewById<View>(R.id.revoke).setOnClickListener { model.revoke() }
        open(savedInstanceState?.getInt(PAGE) ?: CONSENT)

        val pages = listOf(ConsentPage(main, model), ItemsPage(main), AuditPage(main))
        scope.launch {
            model.screen.collect { screen ->
                show(screen)
                pages.forEach { it.show(screen) }
            }
        }
    }

    override fun onSaveInstanceState(outState: Bundle) {
        super.onSaveInstanceState(outState)
        outState.putInt(PAGE, findViewById<ViewAnimator>(R.id.pages).displayedChild)
    }

    override fun onStop() {
        super.onStop()
        if (!isChangingConfigurations) model.leave()
    }

    override fun onDestroy() {
        scope.cancel()
        super.onDestroy()
    }

    /** Whatever the person answered: what Android does not permit is not read, and the table says so. */
    override fun onRequestPermissionsResult(
        requestCode: Int,
        permissions: Array<String>,
        grantResults: IntArray,
    ) {
        model.collect()
    }

    /** Consent first, then what Android asks, then the collection. */
    private fun agree() {
        model.agree()
        open(ITEMS)
        val asked = permissions().filter { checkSelfPermission(it) != PackageManager.PERMISSION_GRANTED }
        if (asked.isEmpty()) model.collect() else requestPermissions(asked.toTypedArray(), 0)
    }

    /** What Scruple's artifacts need for what is agreed to; none of them asks by itself. */
    private fun permissions(): List<String> {
        val screen = model.screen.value
        val precise = screen.accuracy == LocationAccuracy.PRECISE
        val location = if (precise) PreciseLocation.permissions else FuzzyLocation.permissions
        return location.takeIf { Category.LOCATION in screen.agreed }.orEmpty() +
            AndroidBluetooth.permissions.takeIf { Category.BLUETOOTH in screen.agreed }.orEmpty()
    }

    private fun open(page: Int) {
        findViewById<ViewAnimator>(R.id.pages).displayedChild = page
        findViewById<RadioButton>(tabs[page]).isChecked = true
    }

    private fun show(screen: Screen) {
        val status = findViewById<TextView>(R.id.status)
        val words = words(screen)
        // It is a live region, which speaks whenever its text is set.
        if (words != status.text.toString()) status.text = words
        findViewById<View>(R.id.agree).isEnabled = screen.outcomes.isNotEmpty() && screen.phase == Phase.IDLE
        findViewById<View>(R.id.revoke).isEnabled = screen.agreed.isNotEmpty()
    }

    private fun words(screen: Screen): String {
        val outcomes = screen.outcomes.values
        val values = outcomes.count { it is Outcome.Value }
        val unread = outcomes.count { it is Outcome.Unread }
        val withheld = outcomes.count { it is Outcome.None && it.why is Withheld }
        val unavailable = outcomes.size - values - unread - withheld
        return when {
            screen.failure != null -> getString(R.string.status_failed, screen.failure)
            screen.phase == Phase.OPENING -> getString(R.string.status_opening)
            screen.phase == Phase.COLLECTING -> getString(R.string.status_collecting)
            values + unavailable == 0 -> getString(R.string.status_unread, unread, withheld)
            else -> getString(R.string.status_read, values, withheld, unavailable)
        }
    }

    private companion object {
        const val PAGE = "page"
        const val CONSENT = 0
        const val ITEMS = 1
    }
}
