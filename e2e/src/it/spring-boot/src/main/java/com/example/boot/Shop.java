package com.example.boot;

import io.spanloom.annotation.SpanAnnotation;
import io.spanloom.annotation.Subsegment;
import io.spanloom.annotation.Traced;

/** Annotated like any service. */
class Shop {

    @Traced
    String order(@SpanAnnotation("article") String article) {
        return "ordered " + reserve(article);
    }

    @Subsegment("reserve")
    private String reserve(String article) {
        return article;
    }
}
