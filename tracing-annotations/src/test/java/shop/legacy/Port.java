package shop.legacy;

import io.spanloom.annotation.Traced;

interface Port {

    @Traced("inherited")
    void call();
}
