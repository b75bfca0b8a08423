package shop;

/** A class that nobody edits, and no annotation is on. */
class Stock {

    record Item(String sku, int pieces) {}

    private int all;

    Stock() {}

    public Item take(Item item, int pieces) {
        all += kept(pieces);
        return new Item(item.sku(), item.pieces() - pieces);
    }

    public void refill(Item item) {
        all += item.pieces();
    }

    public int getAll() {
        return all;
    }

    int kept(int pieces) {
        return pieces;
    }
}
