package com.example.built;

import io.spanloom.annotation.SpanAnnotation;
import io.spanloom.annotation.Subsegment;
import io.spanloom.annotation.Traced;

/** Annotated like any service. */
class Shop {

    /** What is thrown has to arrive as it is. */
    static final IllegalStateException SOLD_OUT = new IllegalStateException("sold out");

    @Traced
    String order(@SpanAnnotation("article") String article) {
        return "ordered " + reserve(article);
    }

    @Subsegment("reserve")
    private String reserve(String article) {
        return article;
    }

    @Traced("refuse")
    static void refuse() {
        throw SOLD_OUT;
    }
}
