package shop.legacy;

import io.spanloom.annotation.Traced;

public class Annotated {

    @Traced
    public void in() {}

    @Traced
    public void out() {}
}
