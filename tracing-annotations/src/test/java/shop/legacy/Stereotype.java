package shop.legacy;

public @interface Stereotype {}
