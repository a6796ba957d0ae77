NAME          A NAME
ROWS
 N  COST ROW
 L  LIM 1
COLUMNS
    X ONE     COST ROW           1.0   LIM 1              1.0
RHS
    RHS       LIM 1              4.0
BOUNDS
 UP BND       X ONE              4.0
ENDATA
