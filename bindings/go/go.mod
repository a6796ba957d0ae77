module dcalloc

go 1.19
