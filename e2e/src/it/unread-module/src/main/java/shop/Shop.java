package shop;

import io.spanloom.annotation.Traced;

/** Annotated like any service. */
public class Shop {

    @Traced
    public String order(String article) {
        return "ordered " + article;
    }
}
