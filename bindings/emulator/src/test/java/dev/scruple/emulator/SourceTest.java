package dev.scruple.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A source on the host's side is called back through its table, on a thread of the library's own. */
class SourceTest {
    private static final String CANARY = "Canary/4711 (Linux; Android 14)";
    private static final int ERROR = 1;
    private static final int UNEXPECTED = 2;

    /** What the system says, in the library's order. */
    private enum Permission { GRANTED, DENIED }

    /** Why a source gives nothing, in the library's order. */
    private enum Why { UNSUPPORTED, DISABLED, NOT_READY }

    private final Phone phone = new Phone();
    private final Rust rust = new Rust(phone);

    @BeforeEach
    void install() {
        phone.install(new Device().context);
    }

    @AfterEach
    void close() {
        phone.close();
    }

    @Test
    void valuesAreRead() throws Refused {
        Source source = source(Permission.GRANTED, 0, CANARY.getBytes(StandardCharsets.UTF_8));
        assertEquals(CANARY, read(source).get("value").asText());
        assertNotEquals(phone.mainThread(), source.thread);
        assertTrue(source.deadline > 0 && source.deadline <= 5000, () -> "milliseconds: " + source.deadline);
    }

    @Test
    void errorsAreReasons() throws Refused {
        Source source = source(Permission.GRANTED, ERROR, new Writer().of(Why.NOT_READY).bytes());
        assertEquals("not_ready", read(source).get("unavailable").asText());
    }

    @Test
    void whatAnUnexpectedExceptionSaysIsDropped() throws Refused {
        Source source = source(Permission.GRANTED, UNEXPECTED, CANARY.getBytes(StandardCharsets.UTF_8));
        assertEquals("read_failed", read(source).get("unavailable").asText());
        assertEquals(List.of(), phone.find(CANARY.getBytes(StandardCharsets.UTF_8)));
        assertTrue(phone.log().stream().noneMatch(line -> line.contains("Canary")), () -> phone.log().toString());
    }

    @Test
    void whatTheSystemDeniesIsNotRead() throws Refused {
        Source source = source(Permission.DENIED, 0, CANARY.getBytes(StandardCharsets.UTF_8));
        assertEquals("system", read(source).get("withheld").get("layer").asText());
        assertEquals(0, source.reads);
    }

    private Source source(Permission permission, int status, byte[] value) {
        Source.Answer says = new Source.Answer(0, rust.lower(new Writer().of(permission).bytes()));
        return new Source(phone, says, new Source.Answer(status, rust.lower(value)));
    }

    private JsonNode read(Source source) throws Refused {
        Session session = Session.open(rust, Policy.with(Category.WEB_VIEW), source.alone());
        session.grant(Category.WEB_VIEW);
        return session.collect().item("web_view.user_agent");
    }
}
