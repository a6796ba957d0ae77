NAME s
OBJSENSE
 MAX
OBJNAME
 second
ROWS
 N first
 N second
 L r
COLUMNS
 x first 1 second 2
 x r 1
RHS
 second -5
ENDATA
