* a comment
NAME n $ x

ROWS
 N o
 L r $ here
COLUMNS
 x o 1 $ two
*
RHS
	RHS	r	4
ENDATA
after
