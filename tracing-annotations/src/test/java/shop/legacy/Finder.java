package shop.legacy;

@Stereotype
public class Finder {

    public int findAll(String name, int[] pages) {
        return pages.length;
    }

    public int findAll(String name) {
        return 0;
    }
}
