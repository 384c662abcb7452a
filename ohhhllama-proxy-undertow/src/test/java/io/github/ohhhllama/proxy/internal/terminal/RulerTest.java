package io.github.ohhhllama.proxy.internal.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.Window;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RulerTest {

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin,       2026-11-23T21:00:00Z, 2026-11-24T05:00:00Z, 32, '22  23  00  01  02  03  04  05  06'",
        "Europe/Berlin,       2026-11-23T21:00:00Z, 2026-11-24T05:00:00Z, 16, '22  00  02  04  06'",
        "Europe/Berlin,       2026-11-23T21:30:00Z, 2026-11-24T01:30:00Z, 16, '  23  00  01  02'",
        "Europe/Berlin,       2026-11-23T21:00:30Z, 2026-11-24T01:00:30Z, 16, '    23  00  01  02'",
        "Europe/Berlin,       2026-10-24T23:00:00Z, 2026-10-25T03:00:00Z, 16, '01  02  02  03  04'",
        "Europe/Berlin,       2026-03-28T23:00:00Z, 2026-03-29T03:00:00Z, 16, '00  01  03  04  05'",
        "Australia/Lord_Howe, 2026-04-04T13:00:00Z, 2026-04-04T17:00:00Z, 32, '00      01          02      03'",
        "Asia/Kolkata,        2026-11-23T16:00:00Z, 2026-11-23T20:00:00Z, 16, '  22  23  00  01'",
        "Europe/Berlin,       2026-11-23T21:00:00Z, 2026-11-24T05:00:00Z,  1, '00'"
    })
    void hoursStandWhereTheyBegin(ZoneId zone, Instant opens, Instant closes, int columns, String hours) {
        assertThat(new Ruler(new Window(opens, closes), columns, zone).hours()).isEqualTo(hours);
    }
}
