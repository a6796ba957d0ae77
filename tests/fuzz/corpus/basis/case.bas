name
 xu a R1
 ul C2
endata
