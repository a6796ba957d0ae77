NAME
 XU a tie
 XU b low
 XU d any
ENDATA
