short-best-hopes = What do you hope for?
    .again = What do you want?
    .again = What do you wish for?
    .idea = { "" }
this line is no message
short-best-hopes = What would be better?
-bot = Cairn
short-a = { -bot } and { short-best-hopes } at { DATETIME($answer) }
short-b = A brace { is open
