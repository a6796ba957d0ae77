NAME
 XU a cap
 XU a cap
 BS a
ENDATA
