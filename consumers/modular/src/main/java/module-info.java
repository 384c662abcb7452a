module consumer {
    requires io.github.ohhhllama;
}
