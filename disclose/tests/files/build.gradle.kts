plugins {
    alias(libs.plugins.android.application) // an app
}
/* comment */
dependencies {
    implementation("dev.scruple:scruple-nfc:0.1.0")
    implementation(libs.scruple.location.precise)
    testImplementation("dev.scruple:scruple-testing:0.1.0")
}
