import com.android.manifmerger.ManifestMerger2;
import com.android.manifmerger.ManifestMerger2.Invoker.Feature;
import com.android.manifmerger.ManifestMerger2.MergeType;
import com.android.manifmerger.ManifestSystemProperty;
import com.android.manifmerger.MergingReport;
import com.android.utils.NullLogger;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Google's manifest merger over a table of projects, each a folder: `sdk` has the app's minSdkVersion and targetSdkVersion, `app` its
 * manifests by strength (`0.xml`, …, the main one last), and `library-0` and on its libraries' in the same form. A library
 * is merged by itself first, as Gradle does it. The folder gets `merged.xml`, or `failed` with the reasons.
 */
final class Merger {
    public static void main(String[] arguments) throws Exception {
        for (File project : folders(new File(arguments[0]), "")) {
            try {
                MergingReport report = app(project);
                String merged = report.getMergedDocument(MergingReport.MergedManifestKind.MERGED);
                if (report.getResult().isError() || merged == null) {
                    write(project, "failed", reasons(report));
                } else {
                    write(project, "merged.xml", merged);
                }
            } catch (ManifestMerger2.MergeFailureException | RuntimeException failure) {
                // Some mistakes it does not see, and stumbles over.
                write(project, "failed", failure.toString());
            }
        }
    }

    private static MergingReport app(File project) throws Exception {
        ManifestMerger2.Invoker invoker = invoker(new File(project, "app"), MergeType.APPLICATION);
        String[] sdk = Files.readString(project.toPath().resolve("sdk")).trim().split(" ");
        levels(invoker, sdk);
        invoker.withFeatures(Feature.REMOVE_TOOLS_DECLARATIONS);
        for (File library : folders(project, "library-")) {
            invoker.addLibraryManifest(library(library));
        }
        return invoker.merge();
    }

    private static File library(File folder) throws Exception {
        File[] manifests = manifests(folder);
        if (manifests.length == 1) {
            return manifests[0];
        }
        MergingReport report = invoker(folder, MergeType.LIBRARY).merge();
        String merged = report.getMergedDocument(MergingReport.MergedManifestKind.MERGED);
        if (report.getResult().isError() || merged == null) {
            throw new IllegalArgumentException(folder + ": " + reasons(report));
        }
        return write(folder, "merged.xml", merged);
    }

    private static ManifestMerger2.Invoker invoker(File folder, MergeType type) throws Exception {
        File[] manifests = manifests(folder);
        int main = manifests.length - 1;
        ManifestMerger2.Invoker invoker = ManifestMerger2.newMerger(manifests[main], new NullLogger(), type);
        invoker.addFlavorAndBuildTypeManifests(Arrays.copyOf(manifests, main));
        return invoker.withFeatures(Feature.USES_SDK_IN_MANIFEST_LENIENT_HANDLING);
    }

    private static void levels(ManifestMerger2.Invoker invoker, String[] sdk) {
        invoker.setOverride(ManifestSystemProperty.UsesSdk.MIN_SDK_VERSION, sdk[0]);
        invoker.setOverride(ManifestSystemProperty.UsesSdk.TARGET_SDK_VERSION, sdk[1]);
    }

    private static String reasons(MergingReport report) {
        return report.getLoggingRecords().stream().map(Object::toString).collect(Collectors.joining("\n"));
    }

    private static File[] manifests(File folder) {
        File[] files = folder.listFiles((parent, name) -> name.matches("[0-9]+\\.xml"));
        Arrays.sort(files);
        return files;
    }

    private static File[] folders(File parent, String prefix) {
        File[] folders = parent.listFiles(file -> file.isDirectory() && file.getName().startsWith(prefix));
        Arrays.sort(folders);
        return folders;
    }

    private static File write(File folder, String name, String text) throws Exception {
        return Files.writeString(Path.of(folder.getPath(), name), text).toFile();
    }
}
