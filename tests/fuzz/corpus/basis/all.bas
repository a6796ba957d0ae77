* note
NAME blend Rows 4 Cols 4
 XU a cap
 XL b two
 UL c
 LL d
 BS c
ENDATA
