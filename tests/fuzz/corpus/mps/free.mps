NAME small FREE
ROWS
 N obj
 L cap
 G low
 E tie
COLUMNS
 a obj 1 cap 1
 a low 2.5
 b obj -3e0 tie 1
RHS
 RHS cap 4 low 1
 RHS tie -2
ENDATA
