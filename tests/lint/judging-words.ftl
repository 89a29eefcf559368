short-whats-better = Well done! Your streak is three days. What is better?
    .again = You should have tried it. Why didn’t you?
    .again-2 = You said “{ $answer }”. What is better?
