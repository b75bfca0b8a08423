package shop.legacy;

public class Ledger {

    private int balance;

    public Ledger() {
        this(0);
    }

    private Ledger(int balance) {
        this.balance = balance;
    }

    public int post(int amount) {
        return postQuietly(amount);
    }

    private int postQuietly(int amount) {
        balance += hidden(amount);
        return balance;
    }

    protected void postProtected() {}

    public void postNothing() {}

    int hidden(int amount) {
        return amount;
    }

    public int getBalance() {
        return balance;
    }
}
