package dev.scruple.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session from its policy to its end, by the calls that the generated Kotlin makes. */
class SessionTest {
    private static final String RECORDS = "{\"application\": {\"name\": \"Läden 店\", \"creator_id\": \"creator-4711\"}}";

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
    void valuesAreReadBack() throws Refused {
        Snapshot snapshot = collected();
        assertEquals("Läden 店", snapshot.item("application.name").get("value").asText());
        Reader application = snapshot.group("application");
        final Object noPicture = application.optional(Reader::text);
        assertEquals(null, noPicture);
        assertEquals("creator-4711", application.optional(Reader::text));
        assertEquals("Läden 店", application.optional(Reader::text));
    }

    @Test
    void withoutConsentNothingIsRead() throws Refused {
        Session session = Session.open(rust, Category.APPLICATION);
        session.supply(RECORDS);
        assertEquals("consent", layer(session.collect(), "application.name"));
    }

    @Test
    void whatThePolicyLeavesOffIsWithheld() throws Refused {
        Session session = Session.open(rust, Category.DEVICE);
        session.grant(Category.values());
        session.supply(RECORDS);
        assertEquals("policy", layer(session.collect(), "application.name"));
    }

    @Test
    void revocationWipes() throws Refused {
        Session session = session();
        Snapshot snapshot = session.collect();
        session.revoke(Category.APPLICATION);
        assertEquals(Refused.Why.REVOKED, assertThrows(Refused.class, () -> snapshot.group("application")).why);
        assertEquals("revoked", snapshot.item("application.name").get("withheld").get("reason").asText());
    }

    @Test
    void closedSnapshotsSaySo() throws Refused {
        Snapshot snapshot = collected();
        snapshot.end();
        assertEquals(Refused.Why.CLOSED, assertThrows(Refused.class, () -> snapshot.group("application")).why);
    }

    @Test
    void closedSessionsSaySo() throws Refused {
        Session session = session();
        Snapshot snapshot = session.collect();
        session.end();
        assertEquals(Refused.Why.CLOSED, assertThrows(Refused.class, session::collect).why);
        assertEquals(Refused.Why.CLOSED, assertThrows(Refused.class, snapshot::items).why);
    }

    @Test
    void errorsNameTheirField() {
        String policy = Policy.with(Category.DEVICE).replace("true", "\"yes\"");
        Refused refused = assertThrows(Refused.class, () -> Session.open(rust, policy));
        assertEquals(Refused.Input.WRONG_TYPE, refused.input);
        assertEquals("categories.device.enabled", refused.field);
    }

    private Session session() throws Refused {
        Session session = Session.open(rust, Category.APPLICATION);
        session.grant(Category.APPLICATION);
        session.supply(RECORDS);
        return session;
    }

    private Snapshot collected() throws Refused {
        return session().collect();
    }

    private static String layer(Snapshot snapshot, String item) throws Refused {
        return snapshot.item(item).get("withheld").get("layer").asText();
    }
}
