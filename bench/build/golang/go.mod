module buildgo

go 1.19

require dcalloc v0.0.0

replace dcalloc => ../../../bindings/go
