package shop.legacy;

public class Misses {

    public static int of(int number) {
        return number;
    }
}
