import java.io.File;
import org.cyclonedx.Version;
import org.cyclonedx.exception.ParseException;
import org.cyclonedx.parsers.JsonParser;

/** Prints, for each file of the arguments, what CycloneDX's schema 1.6 finds wrong with it: a line each, with the file's name. */
final class Validate {
    public static void main(String[] files) throws Exception {
        for (String file : files) {
            for (ParseException fault : new JsonParser().validate(new File(file), Version.VERSION_16)) {
                System.out.println(file + ": " + fault.getMessage());
            }
        }
    }
}
