package shop.legacy;

/** Code that nobody edits. */
public class Billing {

    public record Order(String id, int lineCount) {
        public int lines() {
            return lineCount;
        }
    }

    public record Receipt(long amount) {}

    private String name = "billing";

    public Receipt charge(Order order) {
        return new Receipt(quietly(order) * 100L);
    }

    public Receipt charge(Order order, String coupon) {
        return new Receipt(coupon.length());
    }

    public Receipt refuse(Order order) {
        throw new IllegalStateException(order.id());
    }

    public String getName() {
        return name;
    }

    @Override
    public String toString() {
        return "Billing " + name;
    }

    private int quietly(Order order) {
        return order.lines();
    }

    public abstract static class Shape {
        public abstract void draw();
    }
}
