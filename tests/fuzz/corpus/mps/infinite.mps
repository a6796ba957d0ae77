NAME
ROWS
 N o
 L r
 G s
COLUMNS
 x o 1 r 1
 x s 1
RHS
 R r 1e20 s -inf
BOUNDS
 UP B x 1e30
 LO B x -Inf
ENDATA
