package dev.scruple.sample

import android.content.Intent
import android.view.View
import android.view.ViewGroup
import dev.scruple.SystemInfo

/** What a mini-program would be told, by the names of the platform's interface; and a process like those it runs in. */
class MiniProgramPage(
    activity: MainActivity,
    main: View,
) : Page {
    private val context = main.context
    private val page = main.findViewById<ViewGroup>(R.id.mini_program)
    private val child = Card(page, R.string.child, R.string.child_hint)
    private val systemInfo = Card(page, R.string.get_system_info, R.string.get_system_info_hint)
    private val appDeviceInfo = Card(page, R.string.get_app_device_info, R.string.get_app_device_info_hint)
    private val location = Card(page, R.string.get_fuzzy_location, R.string.get_fuzzy_location_hint)
    private val userAgent = Card(page, R.string.user_agent, R.string.user_agent_hint)

    init {
        child.button(R.string.open_child) { activity.startActivity(Intent(activity, MiniProgramActivity::class.java)) }
        child.show(activity !is MiniProgramActivity)
    }

    override fun show(screen: Screen) {
        val values = screen.values
        val place = values?.features?.fuzzyLocation
        systemInfo.answer(values?.systemInfo?.fields().orEmpty())
        appDeviceInfo.answer(values?.appDeviceInfo.orEmpty())
        location.answer(mapOf("latitude" to place?.latitude, "longitude" to place?.longitude))
        userAgent.answer(mapOf("User-Agent" to values?.features?.userAgent))
    }

    /** What has no value is not in the answer. */
    private fun Card.answer(fields: Map<String, Any?>) =
        show(
            fields
                .filterValues { it != null }
                .map { (name, value) -> context.getString(R.string.pair, name, "$value") }
                .ifEmpty { listOf(context.getText(R.string.no_answer)) },
        )

    /** By the names that a mini-program knows. */
    private fun SystemInfo.fields(): Map<String, Any?> =
        mapOf(
            "brand" to brand,
            "model" to model,
            "pixelRatio" to pixelRatio,
            "screenWidth" to screenWidth,
            "screenHeight" to screenHeight,
            "system" to system,
            "platform" to platform,
            "cpuType" to cpuType,
            "deviceAbi" to deviceAbi,
        )
}
