short-best-hopes = What do you hope for?
short-difference = What difference would “{ $hope }” make?
    .again = You said “{ $answer }”. What difference would it make?
short-scale-now = Where are you today?
    .idea = Your number for “{ $difference }”.
short-sign = You are at { $score }. What would tell you that you are at { $next-score }?
short-goodbye = Look out for “{ $sign }”.
