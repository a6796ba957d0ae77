NAME
ROWS
 N o
 E e
 E f
 L l
 G g
COLUMNS
 x o 1 e 1
 x f 1 l 1
 x g 1
RHS
 R e 4 f 5
 R l 6 g 7
RANGES
 S e 2 f -2
 S l 3 g -3
ENDATA
