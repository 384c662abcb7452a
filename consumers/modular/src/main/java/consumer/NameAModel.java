package consumer;

import io.github.ohhhllama.ModelName;

/** Uses the words on the module path, with none of what they were annotated with. */
public final class NameAModel {

    private NameAModel() {}

    public static void main(String... arguments) {
        System.out.println(ModelName.parse("phi3") + " of " + ModelName.class.getModule());
    }
}
