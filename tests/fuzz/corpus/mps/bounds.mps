NAME
ROWS
 N o
 G r
COLUMNS
 x0 o 1 r 1
 x1 o 1 r 1
 x2 o 1 r 1
 x3 o 1 r 1
 x4 o 1 r 1
 x5 o 1 r 1
 x6 o 1 r 1
 x7 o 1 r 1
 x8 o 1 r 1
BOUNDS
 UP B x0 4
 LO B x1 -1
 FX B x2 3
 FR B x3
 MI B x4
 PL B x5
 BV B x6
 UI B x7 8
 LI B x8 2
ENDATA
