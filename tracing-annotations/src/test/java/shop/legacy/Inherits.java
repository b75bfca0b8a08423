package shop.legacy;

import io.spanloom.annotation.NotTraced;
import io.spanloom.annotation.Traced;

public class Inherits implements Port {

    @Override
    public void call() {}

    @Traced("own")
    public void own() {}

    @NotTraced
    public void quiet() {}

    public void included() {}
}
