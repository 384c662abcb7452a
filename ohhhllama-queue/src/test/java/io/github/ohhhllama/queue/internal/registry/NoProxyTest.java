package io.github.ohhhllama.queue.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NoProxyTest {

    private static final List<String> LISTS = List.of(
            "",
            "*",
            "foo.example",
            "FOO.example",
            ".foo.example",
            "*.foo.example",
            "foo.example:443",
            "foo.example:8443",
            "10.0.0.0/8",
            "10.1.2.3",
            "10.1.2.3:5000",
            " bar , foo.example ,,",
            "a,*,b",
            "192.168.0.0/33,foo.example",
            "[2001:db8::1]:443",
            "2001:db8::/32",
            "2001:db8::1",
            ":80",
            "oo.example",
            "10.1.2",
            "10.*");

    /** What golang.org/x/net/http/httpproxy v0.46 said when it was run: d for direct, p for proxy, one for each list. */
    @ParameterizedTest
    @CsvSource({
        "https://foo.example/, pdddppdppppdddppppppp",
        "https://x.foo.example/, pddddddppppdddppppppp",
        "https://barfoo.example/, pdppppppppppdpppppppp",
        "https://foo.example:8443/, pdddpppdpppdddppppppp",
        "https://10.1.2.3/, pdppppppddppdpppppppp",
        "http://10.1.2.3:5000/, pdppppppdddpdpppppppp",
        "https://[2001:db8::1]/, pdppppppppppdpdddpppp",
        "https://localhost/, ddddddddddddddddddddd",
        "http://localhost:5000/, ddddddddddddddddddddd",
        "https://127.9.9.9/, ddddddddddddddddddddd",
        "https://[::1]:5000/, ddddddddddddddddddddd",
        "https://Foo.Example/, pdddppdppppdddppppppp",
        "https://localhost.localdomain/, pdppppppppppdpppppppp",
        "https://0.0.0.0/, pdppppppppppdpppppppp"
    })
    void saysWhatGoSays(URI uri, String expected) {
        int port = uri.getPort() < 0 ? 443 : uri.getPort();
        StringBuilder said = new StringBuilder();
        for (String list : LISTS) {
            said.append(new NoProxy(list).matches(uri.getHost(), port) ? 'd' : 'p');
        }

        assertThat(said).hasToString(expected);
    }
}
