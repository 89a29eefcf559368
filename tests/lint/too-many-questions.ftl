short-best-hopes = How are you? What do you hope for?
    .again = You asked “{ $answer }”. What do you hope for?
    .idea = More sleep? More company?
